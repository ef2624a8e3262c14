"""Months and weeks as they hang on a wall: rows of days, with what is on each."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import between

WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """What is on a day; ``continues`` if it began on a day before."""

    shown: Occurrence
    continues: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day; ``inside`` if it is of the month that is shown."""

    day: date
    inside: bool
    placed: tuple[Placed, ...]


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


def week(occurrences: Sequence[Occurrence], days: Sequence[date]) -> Week:
    """Return seven days of occurrences that are in order; all are inside."""
    near = between(occurrences, days[0], days[-1])
    return _week(days, _by_day(near, days), None)


def _by_day(near: Iterable[Occurrence], days: Iterable[date]) -> dict[date, list[Placed]]:
    by_day: dict[date, list[Placed]] = {day: [] for day in days}
    known = [occurrence for occurrence in near if occurrence.when is not None]
    for day, placed in by_day.items():
        placed.extend(
            Placed(occurrence, day > occurrence.first)
            for occurrence in known
            if occurrence.first <= day <= occurrence.last
        )
    return by_day


def _week(days: Sequence[date], by_day: dict[date, list[Placed]], number: int | None) -> Week:
    middle = days[len(days) // 2]
    return Week(
        middle.isocalendar().week,
        tuple(Day(day, number is None or day.month == number, tuple(by_day[day])) for day in days),
    )
