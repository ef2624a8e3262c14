"""Events that are probably one, written twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.happening import Happening, Session
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity
from coopcal.model.when import Deadline, Timed, days_of

EVENTS_ALIKE = Code(
    "events-alike",
    "Two events with the same title and date are probably one, written twice; calendars may fold them into one.",
    Severity.WARNING,
    switchable=True,
)

Place = tuple[str, int, int, int]
"""A position: path, line, column and end column."""

Meeting = tuple[str | int, ...]
"""What events have in common that are held against each other: a title, the first and the last day (as ordinals); of sessions their event, too."""


Start = float | tuple[str, float]


class Likeness(NamedTuple):
    """An event as others are held against it.

    ``number`` is that of the first event of the same key in its organisation, ``start`` the instant at which it begins (in
    seconds), or until which it is open, where there is a time.
    """

    meetings: tuple[Meeting, ...]
    organisation: str
    number: int
    start: Start | None
    place: Place
    cities: tuple[str, ...]


Gathered = tuple[Any, ...]
"""The fields of a likeness: there is one for each event, so that they are kept as plain values."""


class _Alike:
    """The first event of a title and date, of each starting time; the first without a time stands for all."""

    def __init__(self) -> None:
        self._first: Likeness | None = None
        self._timeless: Likeness | None = None
        self._by_start: dict[Start, Likeness] = {}

    def meet(self, event: Likeness) -> Likeness | None:
        """Return the event that this one is like, and remember this one."""
        start = event.start
        other = self._first if start is None else self._by_start.get(start) or self._timeless
        self._first = self._first or event
        if start is None:
            self._timeless = self._timeless or event
        else:
            self._by_start.setdefault(start, event)
        return other


def check(view: View, problems: Problems) -> None:
    """Sessions of an event are not alike."""
    for events in view.events_by_organisation.values():
        _compare(tuple(_likenesses(events, of_sessions=True)), problems)


def gather(view: View) -> Mapping[str, tuple[Gathered, ...]]:
    """Return the events of each organisation that has any as others are held against them, without sessions."""
    return {
        one: tuple(map(tuple, _likenesses(events, of_sessions=False)))
        for one, events in view.events_by_organisation.items()
        if events
    }


def conclude(gathered: Mapping[str, tuple[Gathered, ...]], _overview: Overview, problems: Problems) -> None:
    """No two events have the same title at the same time, unless they are in different cities.

    vdirsyncer makes one of events that differ in nothing but the UID (clients.md 9.5).
    """
    counts = Counter(chain.from_iterable(map(meetings, gathered.values())))
    several = {meeting for meeting, count in counts.items() if count > 1}
    meeting = (
        Likeness(*event)
        for events in gathered.values()
        for event in events
        if not several.isdisjoint(event[0])
    )
    _compare(tuple(meeting), problems)


def meetings(events: Iterable[Gathered]) -> Iterator[Meeting]:
    """Return what the events of an organisation may have in common with others."""
    return chain.from_iterable(event[0] for event in events)


def _likenesses(events: Iterable[Happening], *, of_sessions: bool) -> Iterator[Likeness]:
    numbers: dict[str, int] = {}
    for number, event in enumerate(events):
        if isinstance(event, Session) is not of_sessions:
            continue
        at, around = event.details.position, event.path[:-1] if of_sessions else ()
        days = [day.toordinal() for day in days_of(event.details.when)]
        titles = {" ".join(title.casefold().split()) for _, title in event.details.title.by_language}
        yield Likeness(
            tuple((title, *days, *around) for title in sorted(titles)),
            event.organisation,
            numbers.setdefault(event.key, number),
            _start(event),
            (at.path, at.line, at.column, at.end_column),
            tuple(sorted(_cities(event))),
        )


def _compare(events: Sequence[Likeness], problems: Problems) -> None:
    """Hold events against each other, those first that are written first; only what meets another is looked at."""
    counts = Counter(meeting for event in events for meeting in event.meetings)
    several = {meeting for meeting, count in counts.items() if count > 1}
    met: dict[Meeting, _Alike] = {meeting: _Alike() for meeting in several}
    for event in events:
        others = [met[meeting].meet(event) for meeting in event.meetings if meeting in several]
        other = next((event for event in others if event is not None), None)
        if other is None or _is_same(event, other) or _is_elsewhere(event, other):
            continue
        path, line, *_ = other.place
        message = msg(
            "This event has the title and the date of the one in {path}, line {line}", path=path, line=line
        )
        mend = msg(
            "if they are one, keep one and name the other organisation in it; else tell them apart in the title"
        )
        problems.tell(Position(*event.place), EVENTS_ALIKE, message, mend)


def _start(event: Happening) -> Start | None:
    match event.details.when:
        case Timed(start=start):
            return start.timestamp()
        case Deadline(at=at):
            return "until", at.timestamp()
        case _:
            return None


def _is_same(event: Likeness, other: Likeness) -> bool:
    """Return whether both have one key."""
    return (event.organisation, event.number) == (other.organisation, other.number)


def _is_elsewhere(event: Likeness, other: Likeness) -> bool:
    """Return whether both name cities, and not one of them is the same in any language."""
    return bool(event.cities and other.cities) and set(event.cities).isdisjoint(other.cities)


def _cities(event: Happening) -> set[str]:
    return {
        name.casefold()
        for location in event.details.locations
        if location.city
        for _, name in location.city.by_language
    }


RULE = WideRule((EVENTS_ALIKE,), conclude, gather, check, meetings=meetings)
