"""Two events of one organisation at the same time and place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from coopcal.checks.rule import Rule
from coopcal.checks.texts import Written, as_written, written_for
from coopcal.checks.view import View
from coopcal.model.event import Event, has_dates
from coopcal.model.happening import Details, Session
from coopcal.model.message import listed, msg, plural
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.when import Timed, days_of
from coopcal.recurrence import days_until
from coopcal.zones.shift import shifted

SAME_TIME_AND_PLACE = Code(
    "same-time-and-place",
    "Two timed events of one organisation begin together, or overlap, at the same place; or are exactly at the same time, where neither has a place.",
    Severity.WARNING,
    switchable=True,
)

AHEAD = timedelta(days=366)
"""How far ahead events are held against each other."""

DATES = 60
"""Dates of a series that are looked at: a year of weeks, two months of days."""

LONGEST = timedelta(days=2)
"""What lasts longer is a place where others are held."""

MOST = 50
"""Events going on at once that another is held against, and pairs that are told of one organisation."""

NAMED = 3
"""Dates that are named of a pair."""

NOWHERE = ("nowhere",)

Spot = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A time at a place. ``sure`` tells whether its end is known."""

    start: datetime
    end: datetime
    sure: bool
    event: Written


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two events that clash at a place, and the days on which they do."""

    first: Written
    second: Written
    spot: Spot
    days: set[date] = field(default_factory=set)


def check(view: View, problems: Problems) -> None:
    """No two timed events of one organisation overlap at a place, nor are exactly at one time where both have none.

    One that lies within another is part of what is going on there. Sessions are held against each other only where they
    are in rooms of their own: those of an event may go on side by side at its place.
    """
    last = view.today + AHEAD
    for one in view.batch:
        spots: dict[Spot, list[Written]] = defaultdict(list)
        for event in one.events:
            for written in _single(event):
                for spot in _spots(written, view.today, last):
                    spots[spot].append(written)
        home = {event.path[0]: event.details for event in one.events}
        pairs: dict[tuple[str, str], _Pair] = {}
        for spot, events in spots.items():
            for earlier, later in _overlaps(events, view.today, last):
                if not _clash(earlier, later, spot, home):
                    continue
                first, second = sorted((earlier.event, later.event), key=lambda event: event.details.position)
                pair = pairs.setdefault((first.of.key, second.of.key), _Pair(first, second, spot))
                pair.days.add(later.start.date())
                if len(pairs) == MOST:
                    break
        for pair in list(pairs.values())[:MOST]:
            _tell(pair, problems)


def _single(event: Event) -> Iterator[Written]:
    """Return what takes place of an event: itself, its dates and their overrides; the sessions of one that is held once."""
    for happening in (event, *event.dates):
        yield from written_for(happening)
    if not has_dates(event):
        yield from map(as_written, event.details.sessions)


def _spots(event: Written, today: date, last: date) -> Iterator[Spot]:
    """Return the places that a timed event to come takes; none where it takes no certain one, but a city, say."""
    details, when = event.details, event.details.when
    if not isinstance(when, Timed) or details.is_off or when.usual_end - when.start > LONGEST:
        return
    if event.recurrence is not None or today <= when.start.date() <= last:
        yield from _places(details)


def _places(details: Details) -> Iterator[Spot]:
    if details.online is not None:
        yield ("online", details.online.url)
    elif not details.locations:
        yield NOWHERE
    for location in details.locations:
        if location.name or location.address:
            texts = (location.name, location.address, location.city)
            yield ("at", *(text.by_language[0][1].casefold() if text else "" for text in texts))


def _overlaps(events: list[Written], today: date, last: date) -> Iterator[tuple[_Taken, _Taken]]:
    """Return pairs of times that overlap, or begin together, the one that begins first first."""
    by_day: dict[date, list[tuple[Written, date]]] = defaultdict(list)
    for event in events if len(events) > 1 else ():
        for begins, ends in _days(event, today, last):
            for day in {begins, ends}:
                by_day[day].append((event, begins))
    for _, entries in sorted(by_day.items(), key=lambda item: item[0]):
        going_on: list[_Taken] = []
        taken = [_taken(event, day) for event, day in entries] if len(entries) > 1 else []
        for later in sorted(taken, key=lambda one: (one.start, one.event.details.position)):
            going_on = [one for one in going_on if one.end > later.start or one.start == later.start][-MOST:]
            yield from ((earlier, later) for earlier in going_on)
            going_on.append(later)


def _days(event: Written, today: date, last: date) -> Iterator[tuple[date, date]]:
    """Return the first and the last day of each date of an event to come."""
    begins, ends = days_of(event.details.when)
    if event.recurrence is None:
        if today <= begins <= last:
            yield begins, ends
        return
    apart = event.recurrence.days_apart
    until = days_until(event.details.when, event.recurrence, last)
    given = (day for day in until if day >= today and day not in apart)
    for day in islice(given, DATES):
        yield day, day + (ends - begins)


def _taken(event: Written, day: date) -> _Taken:
    when = shifted(event.details.when, day) if event.recurrence else event.details.when
    assert isinstance(when, Timed)
    return _Taken(when.start, when.end or when.usual_end, when.end is not None, event)


def _clash(first: _Taken, second: _Taken, spot: Spot, home: Mapping[str, Details]) -> bool:
    one, other = first.event.of, second.event.of
    if one.path[0] == other.path[0]:
        # Dates of one event, one and a session of it, or two sessions: these alone may be too many for a room.
        sessions = isinstance(one, Session) and isinstance(other, Session) and one.key != other.key
        if not sessions or spot in _places(home[one.path[0]]):
            return False
    if first.event.details.title == second.event.details.title:
        return False  # told as being alike
    if spot == NOWHERE:
        return first.sure and second.sure and (first.start, first.end) == (second.start, second.end)
    return first.start == second.start or (first.sure and first.end < second.end)


def _tell(pair: _Pair, problems: Problems) -> None:
    days = sorted(pair.days)
    named = listed([str(day) for day in days[:NAMED]])
    if len(days) > NAMED:
        named = plural("{days} and {count} more", "{days} and {count} more", len(days) - NAMED, days=named)
    words = {
        "event": pair.second.of.path[-1],
        "other": pair.first.of.path[-1],
        "path": pair.first.details.position.path,
        "line": pair.first.details.position.line,
        "days": named,
    }
    message = (
        msg(
            "“{event}” is at the same time as “{other}” ({path}, line {line}): {days}; where the two are is not told",
            **words,
        )
        if pair.spot == NOWHERE
        else msg(
            "“{event}” is at the same time and place as “{other}” ({path}, line {line}): {days}", **words
        )
    )
    mend = msg("move one, or tell the room that each is in; nothing need be done, if both fit in")
    problems.tell(pair.second.details.position, SAME_TIME_AND_PLACE, message, mend)


RULE = Rule((SAME_TIME_AND_PLACE,), check)
