"""Registration that opens or closes too late."""

from datetime import date, datetime

from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Timed

REGISTRATION_CLOSES_LATE = Code(
    "registration-closes-late",
    "Registration closes before the event begins; where that lasts for days, or has several dates, before the last of them.",
    Severity.WARNING,
    switchable=True,
)
REGISTRATION_OPENS_LATE = Code(
    "registration-opens-late",
    "Registration opens before it closes, and before the event begins.",
    Severity.WARNING,
    switchable=True,
)


def registrations(view: View, problems: Problems) -> None:
    """Registration opens before it closes, and both before the event begins.

    What lasts for days may be joined until the last one, what has several dates until the last of these.
    """
    for event in view.written:
        registration, whole = event.registration, view.whole(event)
        if registration is None or (whole is not event and whole.registration == registration):
            continue
        opens, closes = registration.opens, registration.closes
        latest = _latest(event, view)
        if opens and closes and _later(opens, closes):
            message = msg(
                "Registration opens on {opens}, and has closed on {closes} already",
                opens=_said(opens),
                closes=_said(closes),
            )
            place = registration.opens_place or event.place
            problems.tell(place, REGISTRATION_OPENS_LATE, message, msg("mend one of the two"))
        elif opens and latest and _later(opens, latest):
            message = msg(
                "Registration opens on {opens}, after the event begins on {latest}",
                opens=_said(opens),
                latest=_said(latest),
            )
            place = registration.opens_place or event.place
            problems.tell(place, REGISTRATION_OPENS_LATE, message, msg("mend one of the two dates"))
        if closes and latest and _later(closes, latest):
            message = msg(
                "Registration closes on {closes}, after the event begins on {latest}",
                closes=_said(closes),
                latest=_said(latest),
            )
            place = registration.closes_place or event.place
            problems.tell(place, REGISTRATION_CLOSES_LATE, message, msg("mend one of the two dates"))


def _latest(event: Event, view: View) -> date | datetime | None:
    """Return the last moment, or day, at which people can join; None where it goes on for ever."""
    dates = view.events_of(event) if view.whole(event) is event and len(event.path) == 1 else (event,)
    last = max(each.days[1] for each in dates)
    if len(dates) == 1 and isinstance(event.when, Timed) and not event.recurrence and last == event.days[0]:
        return event.when.start
    return None if last == date.max else last


def _later(one: date | datetime, other: date | datetime) -> bool:
    """Return whether one is after the other; a day and a moment are held against each other by their days."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return _day(one) > _day(other)


def _day(one: date | datetime) -> date:
    return one.date() if isinstance(one, datetime) else one


def _said(one: date | datetime) -> str:
    return f"{one:%Y-%m-%d %H:%M}" if isinstance(one, datetime) else str(one)
