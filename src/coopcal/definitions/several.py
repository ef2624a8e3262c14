"""A list in ``when``: the irregular dates of one event."""

from dataclasses import replace

from coopcal.definitions.codes.dates import BAD_WHEN
from coopcal.definitions.codes.series import TOO_MANY_DATES
from coopcal.definitions.patch import Patch
from coopcal.definitions.repeats.keys import ALSO
from coopcal.definitions.repeats.signs import Signs, start, twice
from coopcal.definitions.source.node import Listing, Mapping
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.zones.shift import day_of

MOST_DATES = 500
"""Dates that a list may have."""


def several_dates(node: Listing, base: Event, patch: Patch, problems: Problems) -> Event:
    """Return an event of several dates; ``base`` has the first one. What a date says of itself holds for it alone."""
    if not _few(node, problems):
        return base
    first, *others = node.items
    usual = base.details
    if isinstance(first, Mapping) and (patched := patch(usual, first, ALSO, None)):
        base = replace(base, details=replace(patched.details, place=usual.place))
        if base.details.title != usual.title:
            base = replace(base, whole_title=usual.title)
    signs = Signs(problems)
    signs.of(
        day_of(base.details.when), base.details.when, first.get("id") if isinstance(first, Mapping) else None
    )
    met = {start(base.details.when): first.place}
    found = []
    for item in others:
        patched = patch(usual, item, ALSO, None)
        if patched is None:
            continue
        details = patched.details
        if start(details.when) in met:
            twice(item.place, msg("{day} stands in the list twice", day=day_of(details.when)), problems)
        met[start(details.when)] = item.place
        named = item.get("id") if isinstance(item, Mapping) else None
        sign = signs.of(day_of(details.when), details.when, named)
        found.append(replace(base, details=details, further=sign, whole_title=None))
    return replace(base, dates=tuple(found))


def _few(node: Listing, problems: Problems) -> bool:
    if not node.items:
        problems.tell(
            node.place, BAD_WHEN, msg("The list of dates is empty"), "when: [2026-03-14, 2026-03-21]"
        )
    elif len(node.items) > MOST_DATES:
        problems.tell(
            node.items[MOST_DATES].place,
            TOO_MANY_DATES,
            msg(
                "A list has {most} dates at most, and this one has {count}",
                most=MOST_DATES,
                count=len(node.items),
            ),
            msg("write “repeats” where they follow a rule"),
        )
    return 0 < len(node.items) <= MOST_DATES
