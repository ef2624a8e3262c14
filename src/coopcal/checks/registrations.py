"""Registration, and when people can join at the latest."""

from collections.abc import Iterator
from datetime import date, datetime

from coopcal.checks.texts import Written
from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.happening import Happening
from coopcal.model.registration import Registration
from coopcal.model.when import Timed

Moment = date | datetime
"""A day, or a moment of one."""


def registrations(view: View) -> Iterator[tuple[Written, Registration, Moment | None]]:
    """Return events with their own registration, and until when people can join; None where that goes on for ever.

    What lasts for days may be joined until the last one, what has several dates until the last of these.
    """
    for event in view.written:
        registration, parent = event.details.registration, view.whole(event.of)
        if registration is not None and (_is(event, parent) or parent.details.registration != registration):
            yield event, registration, _latest(event, view)


def _is(event: Written, happening: Happening) -> bool:
    return event.of is happening and event.override is None


def _latest(event: Written, view: View) -> Moment | None:
    """Return the last moment, or day, at which people can join; None where it goes on for ever."""
    is_whole = _is(event, view.whole(event.of)) and isinstance(event.of, Event)
    dates = [happening.days for happening in view.events_of(event.of)] if is_whole else [event.days]
    last = max(until for _, until in dates)
    if (
        len(dates) == 1
        and isinstance(event.details.when, Timed)
        and not event.recurrence
        and last == event.days[0]
    ):
        return event.details.when.start
    return None if last == date.max else last


def is_later(one: Moment, other: Moment) -> bool:
    """Return whether one is after the other; a day and a moment are held against each other by their days."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return _day(one) > _day(other)


def _day(one: Moment) -> date:
    return one.date() if isinstance(one, datetime) else one


def written(one: Moment) -> str:
    """Return a day or a moment as people write it."""
    return f"{one:%Y-%m-%d %H:%M}" if isinstance(one, datetime) else str(one)
