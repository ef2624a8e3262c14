"""What an event is made of, as its page shows it: its dates, and its sessions as a programme."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from coopcal.model.when import Deadline, Timed
from coopcal.site.details import Words
from coopcal.site.record import Record, as_whole
from coopcal.text import dates
from coopcal.views.agenda import Agenda
from coopcal.views.occurrence import Occurrence, occurrence
from coopcal.views.occurrences import coming, gone
from coopcal.views.sentence import in_words
from coopcal.web.pages.requested import Part, requested_part

MOST = 30
"""Dates of an event that search engines are told."""

ON_A_PAGE = 50
"""Dates that a page shows; further ones stand on the next."""

TRACKS = 6
"""Columns of a programme at the most; what takes place in more places at once is told in rows."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some dates in their order: the ``first`` and the ``last`` one by number, of how many (``count``)."""

    dates: Sequence[Occurrence]
    first: int
    last: int
    count: int

    @property
    def is_all(self) -> bool:
        """Whether there are no others."""
        return len(self.dates) == self.count


@dataclass(frozen=True, slots=True)
class Series:
    """An event of several dates.

    ``now`` is it as it is at its next date, or was at its last one; ``words`` say when it is; ``is_on`` if any is to come.
    ``told`` are its next dates, or its last ones. ``part`` is that of all dates which the address asks for: what is coming, the next one
    first, then what is over, the last one first; ``ahead`` and ``over`` are the two in it, each with its place among all of its kind.
    """

    now: Occurrence
    words: str
    told: Sequence[Occurrence]
    part: Part[Occurrence]
    ahead: Stretch
    over: Stretch
    is_on: bool


def pages_of(count: int, most: int) -> int:
    """Return on how many pages so many things stand."""
    return -(-count // most)


def series_of(event: Record, known: Agenda, instant: datetime, language: str, pages: int = 1) -> Series:
    """Return what is shown of an event that has several dates; other lists are on so many ``pages``."""
    dates_of_all = known.of_whole(event)
    ahead = coming(dates_of_all, instant)
    shown_here = [entry for entry in known.entries_of(event) if entry.page == event.page]
    on = {one.event.uid for one in ahead}
    now = next((entry for entry in shown_here if entry.uid in on), shown_here[-1])
    over = gone(dates_of_all, instant)
    part = requested_part((*ahead, *over), ON_A_PAGE, pages)
    coming_here = [one for one in part.shown if one.ends > instant]
    over_here = part.shown[len(coming_here) :]
    return Series(
        now=_as_a_whole(occurrence(as_whole(now)), ahead or dates_of_all),
        words=in_words(event, known, instant, language, None),
        told=ahead[:MOST] or dates_of_all[-MOST:],
        part=part,
        ahead=Stretch(coming_here, part.first, part.first + len(coming_here) - 1, len(ahead)),
        over=Stretch(
            over_here, part.last - len(over_here) + 1 - len(ahead), part.last - len(ahead), len(over)
        ),
        is_on=bool(ahead),
    )


def _as_a_whole(now: Occurrence, dates_of_all: Sequence[Occurrence]) -> Occurrence:
    """Return an event as it is; the first one of a list may be off while others take place."""
    if not now.off or all(one.off for one in dates_of_all):
        return now
    details = replace(now.details, status="confirmed", reason={})
    return replace(now, event=replace(now.event, details=details))


class Placed(NamedTuple):
    """A session in a programme: the number of its track, 0 for none, and when it is below the heading of its day."""

    track: int
    session: Occurrence
    words: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What begins at a time: ``clock`` says when, "" of what has none."""

    clock: str
    iso: str
    placed: Sequence[Placed]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a programme; ``tracks`` are the places that have a column each, none where nothing takes place at once."""

    day: date
    tracks: Sequence[Words]
    slots: Sequence[Slot]


def programme(sessions: Iterable[Occurrence], timezone: str, language: str) -> tuple[Day, ...]:
    """Return sessions by day and time, and what takes place at once in columns by place.

    Their times are those of ``timezone``; where that is "", each says whose it is.
    """
    by_day: dict[date, list[Occurrence]] = {}
    for session in sorted(sessions, key=lambda one: one.key):
        by_day.setdefault(session.first, []).append(session)
    return tuple(_day(day, one, timezone, language) for day, one in sorted(by_day.items()))


def _day(day: date, sessions: Sequence[Occurrence], timezone: str, language: str) -> Day:
    tracks = _tracks(sessions)
    numbers = {_place(place): number for number, place in enumerate(tracks, 1)}
    slots: dict[tuple[str, str], list[Placed]] = {}
    for session in sessions:
        number = numbers.get(_place(session.details.where_words), 0)
        clock, words = _times(session, timezone, language)
        slots.setdefault((clock, session.iso), []).append(Placed(number, session, words))
    return Day(day, tracks, [Slot(clock, iso, placed) for (clock, iso), placed in slots.items()])


def _times(session: Occurrence, timezone: str, language: str) -> tuple[str, str]:
    """Return at which time a session begins, and when it is."""
    if not isinstance(session.when, Timed | Deadline):
        return "", session.words_below_day(language, timezone)
    at = session.when.at if isinstance(session.when, Deadline) else session.when.start
    clock, words = dates.clock(at, language), dates.below(session.when, session.first, language)
    if not timezone:
        clock, words = (dates.zoned(said, session.event.timezone, language) for said in (clock, words))
    return clock, words if words != clock else ""


def _tracks(sessions: Sequence[Occurrence]) -> Sequence[Words]:
    """Return the places of what takes place while something else does, elsewhere; none where a page has no room for all."""
    timed = [session for session in sessions if isinstance(session.when, Timed | Deadline)]
    places: dict[str, Words] = {}
    for session in timed:
        key = _place(session.details.where_words)
        if key and any(
            _is_beside(session, other) and _place(other.details.where_words) != key for other in timed
        ):
            places.setdefault(key, session.details.where_words)
    return tuple(places.values()) if 1 < len(places) <= TRACKS else ()


def _is_beside(one: Occurrence, other: Occurrence) -> bool:
    return (
        one is not other
        and bool(other.details.where_words)
        and one.begins < other.ends
        and other.begins < one.ends
    )


def _place(words: Words) -> str:
    return next(iter(words.values()), "")


class Neighbours(NamedTuple):
    """What stands before something in a row, and what after it."""

    before: Occurrence | None
    after: Occurrence | None


def neighbours(row: Iterable[Occurrence], is_here: Callable[[Occurrence], bool]) -> Neighbours:
    """Return what stands before and after the one of a row that is here; nothing where none is."""
    ordered = sorted(row, key=lambda one: one.key)
    for number, one in enumerate(ordered):
        if is_here(one):
            after = ordered[number + 1] if number + 1 < len(ordered) else None
            return Neighbours(ordered[number - 1] if number else None, after)
    return Neighbours(None, None)
