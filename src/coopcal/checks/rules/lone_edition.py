"""Series with one edition alone."""

from collections import Counter
from collections.abc import Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.definitions.declared.spelling import nearest
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity

LONE_EDITION = Code(
    "lone-edition", "The editions of a series know each other by its name.", Severity.NOTE, switchable=True
)

SEVERAL = 2
"""Editions from which on a series is none with one alone."""

MOST_PAIRS = 20_000
"""Pairs of names that are held against each other: as many as take no more than a part of a second."""


Edition = tuple[str, str, Position]
"""The series of an event, its id and its position."""


def gather(view: View) -> Mapping[str, tuple[Edition, ...]]:
    """Return the editions of series in each organisation that has any: of a series no more than tell that it has several."""
    gathered = {}
    for one in view.batch:
        counts: Counter[str] = Counter()
        editions = []
        for event in one.events:
            if event.series:
                counts[event.series] += 1
                if counts[event.series] <= SEVERAL:
                    editions.append((event.series, event.path[-1], event.details.position))
        if editions:
            gathered[one.id] = tuple(editions)
    return gathered


def conclude(gathered: Mapping[str, tuple[Edition, ...]], overview: Overview, problems: Problems) -> None:
    """A series has more than one edition, or its name is perhaps misspelt.

    Where there are many series, the one that was meant is looked for in the same organisation alone.
    """
    if not overview.is_whole:
        return
    counts = Counter(series for editions in gathered.values() for series, _, _ in editions)
    lone = sum(count == 1 for count in counts.values())
    for editions in gathered.values():
        own = {series for series, _, _ in editions}
        others = counts.keys() if lone * len(counts) <= MOST_PAIRS else own
        for series, event, position in editions:
            if counts[series] == 1:
                _tell(event, position, series, nearest(series, others - {series}), problems)


def _tell(event: str, position: Position, series: str, near: str | None, problems: Problems) -> None:
    mend = (
        msg("did you mean “{near}”?", near=near)
        if near
        else msg("nothing need be done, if others are yet to come")
    )
    message = msg("“{event}” is the only edition of the series “{series}”", event=event, series=series)
    problems.tell(position, LONE_EDITION, message, mend)


RULE = WideRule((LONE_EDITION,), conclude, gather)
