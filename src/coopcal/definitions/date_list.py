"""A list in ``when``: the irregular dates of one event."""

from dataclasses import replace

from coopcal.definitions.codes.dates import BAD_WHEN
from coopcal.definitions.codes.series import TOO_MANY_DATES
from coopcal.definitions.override import Patch
from coopcal.definitions.repeats.date_identifiers import Signs, start, twice
from coopcal.definitions.repeats.keys import ALSO
from coopcal.definitions.source.node import Listing, Mapping
from coopcal.model.event import Event, further_date
from coopcal.model.happening import Details
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.zones.shift import day_of

MOST_DATES = 500
"""Dates that a list may have."""


def several_dates(
    node: Listing, usual: Details, patch: Patch, problems: Problems
) -> tuple[Details, tuple[tuple[str, Details], ...]]:
    """Return the first date and the further ones with their signs. What a date says of itself holds for it alone."""
    if not _few(node, problems):
        return usual, ()
    item, *others = node.items
    first, named = usual, item.get("id") if isinstance(item, Mapping) else None
    if isinstance(item, Mapping) and (patched := patch(usual, item, ALSO, None)):
        first = replace(patched.details, position=usual.position)
    signs = Signs(problems)
    signs.of(day_of(first.when), first.when, named)
    met = {start(first.when): item.position}
    further: list[tuple[str, Details]] = []
    for item in others:
        if (patched := patch(usual, item, ALSO, None)) is None:
            continue
        details = patched.details
        if start(details.when) in met:
            twice(item.position, msg("{day} stands in the list twice", day=day_of(details.when)), problems)
        met[start(details.when)] = item.position
        named = item.get("id") if isinstance(item, Mapping) else None
        further.append((signs.of(day_of(details.when), details.when, named), details))
    return first, tuple(further)


def listed(event: Event, first: Details, further: tuple[tuple[str, Details], ...]) -> Event:
    """Return an event on the dates of a list; where the first one has a title of its own, the event keeps its own, too."""
    return replace(
        event,
        details=first,
        whole_title=event.details.title if event.details.title != first.title else None,
        dates=tuple(further_date(event, sign, details) for sign, details in further),
    )


def _few(node: Listing, problems: Problems) -> bool:
    if not node.items:
        problems.tell(
            node.position, BAD_WHEN, msg("The list of dates is empty"), "when: [2026-03-14, 2026-03-21]"
        )
    elif len(node.items) > MOST_DATES:
        problems.tell(
            node.items[MOST_DATES].position,
            TOO_MANY_DATES,
            msg(
                "A list has {most} dates at most, and this one has {count}",
                most=MOST_DATES,
                count=len(node.items),
            ),
            msg("write “repeats” where they follow a rule"),
        )
    return 0 < len(node.items) <= MOST_DATES
