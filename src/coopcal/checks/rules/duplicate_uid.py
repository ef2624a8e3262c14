"""UIDs that stand for two events."""

from collections.abc import Iterable, Iterator, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.happening import Happening
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems

DUPLICATE_UID = Code("duplicate-uid", "No two events have the same UID.")


Place = tuple[str, int, int, int]
"""A position: path, line, column and end column."""

Use = tuple[str, int, bool, Place]
"""A UID, the number in its organisation of the first event of the same key, whether the UID is pinned, and its place."""


def gather(view: View) -> Mapping[str, tuple[Use, ...]]:
    """Return the UIDs of each organisation, and what has them."""
    return {one: tuple(_uses(events)) for one, events in view.uids.items() if events}


def _uses(events: Iterable[tuple[str, Happening]]) -> Iterator[Use]:
    numbers: dict[str, int] = {}
    for number, (uid, event) in enumerate(events):
        at = event.details.position
        place = (at.path, at.line, at.column, at.end_column)
        yield uid, numbers.setdefault(event.key, number), event.uid is not None, place


def conclude(gathered: Mapping[str, tuple[Use, ...]], _overview: Overview, problems: Problems) -> None:
    """No two events share a UID (clients.md 2.2); two of the same key have been noted already."""
    owners: dict[str, tuple[str, Use]] = {}
    for one, uses in gathered.items():
        for use in uses:
            uid, number, is_pinned, place = use
            owner, first = owners.setdefault(uid, (one, use))
            if first is use or (owner, first[1]) == (one, number):
                continue
            path, line, *_ = first[3]
            where = msg("{path}, line {line}", path=path, line=line)
            mend = msg(
                "take “{key}” out of one of the two", key="uid" if is_pinned or first[2] else "formerly"
            )
            problems.tell(
                Position(*place),
                DUPLICATE_UID,
                msg("The event has the UID of another ({where}): {uid}", where=where, uid=uid),
                mend,
            )


def meetings(uses: Iterable[Use]) -> Iterator[str]:
    """Return the UIDs of an organisation."""
    return (uid for uid, *_ in uses)


RULE = WideRule((DUPLICATE_UID,), conclude, gather, meetings=meetings)
