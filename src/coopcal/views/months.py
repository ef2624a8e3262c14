"""Months and weeks as they hang on a wall: rows of days, with what is on each."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import between

WEEKDAYS = 7

BARS = 3
"""Lanes of a week for what takes several days; what has no lane counts as more."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What is on a day; ``continues`` if it began on a day before. It is the ``number``-th day of it, where its days are counted."""

    shown: Occurrence
    day: date

    @property
    def continues(self) -> bool:
        """Whether it began on a day before."""
        return self.day > self.shown.first

    @property
    def number(self) -> int:
        """Which day of it this is, where its days are counted; 0 elsewhere."""
        return (self.day - self.shown.first).days + 1 if self.shown.days else 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day; ``inside`` if it is of the month that is shown."""

    day: date
    inside: bool
    placed: tuple[Placed, ...]

    @property
    def is_off(self) -> bool:
        """Return whether nothing of what was to be takes place."""
        return bool(self.placed) and all(placed.shown.off for placed in self.placed)


@dataclass(frozen=True, slots=True)
class Bar(Placed):
    """What takes several days, as one of them has it: ``days`` of this week from here on, all of it if it ``leads`` in that week."""

    days: int
    leads: bool

    @property
    def begins(self) -> bool:
        """Whether it begins on this day."""
        return not self.continues

    @property
    def ends(self) -> bool:
        """Whether it ends on this day."""
        return self.day == self.shown.last


@dataclass(frozen=True, slots=True)
class Cell:
    """What a day of a month has room for: ``bars`` by their lanes, None where one is free, ``single`` dates, and how many ``more`` there are."""

    day: Day
    bars: tuple[Bar | None, ...]
    single: tuple[Placed, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, and the number of the week (ISO 8601) that most of them are in."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks that touch a month. ``imprecise`` is what is known to be some time in it, or around it."""

    first: date
    weeks: tuple[Week, ...]
    imprecise: tuple[Occurrence, ...]

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the month itself."""
        return tuple(day for week in self.weeks for day in week.days if day.inside)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is on."""
        return not self.imprecise and not any(day.placed for day in self.days)


def month(occurrences: Sequence[Occurrence], year: int, number: int, first_weekday: int) -> Month:
    """Return a month of occurrences that are in order; ``first_weekday`` is 0 for Monday to 6 for Sunday.

    The first and the last month that dates can have raise OverflowError.
    """
    weeks = Calendar(first_weekday).monthdatescalendar(year, number)
    near = between(occurrences, weeks[0][0], weeks[-1][-1])
    by_day = _by_day(near, (day for week in weeks for day in week))
    first = date(year, number, 1)
    last = max(day for week in weeks for day in week if (day.year, day.month) == (year, number))
    return Month(
        first,
        tuple(_week(week, by_day, number) for week in weeks),
        tuple(occurrence for occurrence in between(near, first, last) if occurrence.when is None),
    )


def most_in_a_day(days: Iterable[Day], most: int) -> int:
    """Return how many occurrences of each day can be shown, where so many are shown in all; at least one."""
    counts = [len(day.placed) for day in days]
    shown = max(counts, default=0)
    while shown > 1 and sum(min(count, shown) for count in counts) > most:
        shown -= 1 + (sum(min(count, shown) for count in counts) - most) // (len(counts) + 1)
    return max(shown, 1)


def cells(week: Week, most: int) -> tuple[Cell, ...]:
    """Return the days of a week, each with at most so many dates; what takes several days is in the same lane on all of them."""
    lanes = _lanes(week.days)
    found = []
    for number, day in enumerate(week.days):
        bars = [
            _bar(placed.shown, day.day, WEEKDAYS - number, is_first=number == 0) if placed else None
            for placed in (
                next((one for one in day.placed if lanes.get(one.shown.address) == lane), None)
                for lane in range(min(BARS, most))
            )
        ]
        while bars and bars[-1] is None:
            bars.pop()
        drawn = {bar.shown.address for bar in bars if bar}
        single = [one for one in day.placed if one.shown.address not in drawn][: max(most - len(drawn), 0)]
        found.append(Cell(day, tuple(bars), tuple(single), len(day.placed) - len(drawn) - len(single)))
    return tuple(found)


def _lanes(days: Sequence[Day]) -> dict[str, int]:
    """Return the lane of each date that takes several days: the first one that is free on all of them; the longest come first."""
    taken = {placed.shown.address: placed.shown for day in days for placed in day.placed}
    several = sorted(
        (one for one in taken.values() if one.first != one.last),
        key=lambda one: (max(one.first, days[0].day), -(one.last - one.first).days, one.key),
    )
    free: list[date] = []
    lanes: dict[str, int] = {}
    for one in several:
        first = max(one.first, days[0].day)
        lane = next((number for number, since in enumerate(free) if since <= first), len(free))
        free[lane : lane + 1] = [min(one.last, days[-1].day) + timedelta(days=1)]
        lanes[one.address] = lane
    return lanes


def _bar(shown: Occurrence, day: date, left: int, *, is_first: bool) -> Bar:
    return Bar(shown, day, min((shown.last - day).days + 1, left), is_first or day == shown.first)


def week(occurrences: Sequence[Occurrence], days: Sequence[date]) -> Week:
    """Return seven days of occurrences that are in order; all are inside."""
    near = between(occurrences, days[0], days[-1])
    return _week(days, _by_day(near, days), None)


def _by_day(near: Iterable[Occurrence], days: Iterable[date]) -> dict[date, list[Placed]]:
    by_day: dict[date, list[Placed]] = {day: [] for day in days}
    known = [occurrence for occurrence in near if occurrence.when is not None]
    for day, placed in by_day.items():
        placed.extend(
            Placed(occurrence, day) for occurrence in known if occurrence.first <= day <= occurrence.last
        )
    return by_day


def _week(days: Sequence[date], by_day: dict[date, list[Placed]], number: int | None) -> Week:
    middle = days[len(days) // 2]
    return Week(
        middle.isocalendar().week,
        tuple(Day(day, number is None or day.month == number, tuple(by_day[day])) for day in days),
    )
