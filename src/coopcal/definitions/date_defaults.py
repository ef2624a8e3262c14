"""What a date has as usual where it says nothing else: its times in its zone, its opening hours, its sessions."""

import re
from dataclasses import replace
from datetime import date, timedelta

from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import WhenContext, decode_hours, decode_when, in_zone
from coopcal.model.happening import Session
from coopcal.model.problem import Problems
from coopcal.model.when import Deadline, Imprecise, Timed, When, WholeDays
from coopcal.recurrence import on_day
from coopcal.zones.shift import day_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def in_zone_around(when: When, node: Node, around: WhenContext, problems: Problems) -> When | None:
    """Return the same times on the wall in the zone around; ``node`` is what tells that zone.

    None, with a problem noted, where clocks there skip or repeat one of them.
    """
    match when:
        case Timed(start=start, end=end):
            local, text = start, f"{start:%Y-%m-%d %H:%M}" + (f"/{end:%Y-%m-%d %H:%M}" if end else "")
        case Deadline(at=at):
            local, text = at, f"until {at:%Y-%m-%d %H:%M}"
        case WholeDays(hours=hours):
            return replace(when, hours=in_zone(hours, when, around))
        case _:
            return when
    if around.zone_told(local.replace(tzinfo=None, fold=0)) == when.timezone:
        return when
    return decode_when(Scalar(text, node.position, plain=False), None, around, problems)


def with_hours(when: When, node: Node | None, around: WhenContext, problems: Problems) -> When:
    """Return whole days with the opening hours that their event has; those of single dates hold for these alone."""
    if node is None or not isinstance(when, WholeDays) or when.hours:
        return when
    if isinstance(node, Mapping):
        first, last = when.first.isoformat(), when.last.isoformat()
        fitting = (
            (key, value)
            for key, value in node.entries
            if not _DATE.fullmatch(key.text) or first <= key.text <= last
        )
        node = Mapping(tuple(fitting), node.position)
    return replace(when, hours=decode_hours(node, when, around, problems) or ())


def same_clock(one: When, other: When) -> bool:
    """Return whether two dates are written alike, whatever their zones and opening hours."""
    return _written(one) == _written(other)


def _written(when: When) -> object:
    match when:
        case Timed(start=start, end=end):
            return start.replace(tzinfo=None), end.replace(tzinfo=None) if end else None
        case Deadline(at=at):
            return at.replace(tzinfo=None)
        case WholeDays(first=first, last=last):
            return first, last
        case _:
            return when


def days_later(sessions: tuple[Session, ...], by: timedelta) -> tuple[Session, ...]:
    """Return sessions some days later."""
    return tuple(
        session
        if isinstance(session.details.when, Imprecise)
        else replace(session, details=on_day(session.details, day_of(session.details.when) + by))
        for session in sessions
    )


def days_between(when: When, day: date | None) -> timedelta:
    """Return how far a day lies behind that of ``when``; without one, nothing."""
    return day - day_of(when) if day else timedelta()
