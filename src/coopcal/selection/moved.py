"""Notices at the dates that something was moved away from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal.model.entry import MovedNotice
from coopcal.model.event import overrides_of
from coopcal.model.happening import Details, Happening
from coopcal.model.when import days_of


def moved_notices(happening: Happening, today: date) -> Iterator[MovedNotice]:
    """Return a notice for each date, not past yet, that something or an override of it was moved away from."""
    yield from _notice(happening, None, happening.details, today)
    for override in overrides_of(happening):
        yield from _notice(happening, override.day, override.details, today)


def _notice(of: Happening, day: date | None, details: Details, today: date) -> Iterator[MovedNotice]:
    old = details.moved_from
    if old is None or details.is_off or days_of(old)[1] < today:
        return
    shown = replace(details, when=old, moved_from=None, sessions=())
    yield MovedNotice(of=of, day=day, details=shown, moved_to=details.when)
