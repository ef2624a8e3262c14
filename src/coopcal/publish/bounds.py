"""How far the months, weeks and years reach that stand as static files."""

from datetime import date, timedelta
from functools import cached_property

from coopcal.views.occurrence import Occurrence

MONTHS_BEFORE, MONTHS_AFTER = 3, 12
"""Months before and after this one that have pages, as weeks and dates of a series in them do: robots and disks have an end."""

EMBEDDED_BEFORE, EMBEDDED_AFTER = 1, 6
"""Months before and after this one that are embedded."""

WEEKS_BEFORE, WEEKS_AFTER = 1, 4
"""Weeks before and after this one that are embedded."""


class Bounds:
    """The months, weeks (ISO 8601) and years of a feed that have pages, by what is in it and what day it is."""

    def __init__(self, today: date, dates: tuple[Occurrence, ...]) -> None:
        self._today = today
        self._dates = dates

    @cached_property
    def months(self) -> frozenset[tuple[int, int]]:
        """The months from some before this one to the last that something is in, within bounds."""
        last = max((one.last for one in self._dates), default=self._today)
        first = min((one.first for one in self._dates), default=self._today)
        after = min(max(months_between(self._today, last), 0), MONTHS_AFTER)
        before = min(max(months_between(first, self._today), 0), MONTHS_BEFORE)
        return frozenset(month_after(self._today, ahead) for ahead in range(-before, after + 1))

    @cached_property
    def full_months(self) -> frozenset[tuple[int, int]]:
        """Those months that something is in."""
        return frozenset((day.year, day.month) for day in self._days) & self.months

    @cached_property
    def weeks(self) -> frozenset[tuple[int, int]]:
        """The weeks in those months that something is in, and this one."""
        inside = (day for day in self._days if (day.year, day.month) in self.months)
        return frozenset(day.isocalendar()[:2] for day in (*inside, self._today))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that something is in, and this one."""
        return frozenset((self._today.year, *(one.first.year for one in self._dates)))

    @cached_property
    def _days(self) -> frozenset[date]:
        """The days on which something is, as far as they can lie within bounds."""
        earliest = self._today - timedelta(days=31 * (MONTHS_BEFORE + 1))
        latest = self._today + timedelta(days=31 * (MONTHS_AFTER + 2))
        return frozenset(
            date.fromordinal(number)
            for one in self._dates
            for number in range(max(one.first, earliest).toordinal(), min(one.last, latest).toordinal() + 1)
        )


def months_between(day: date, other: date) -> int:
    """Return how many months the month of another day is after that of a day."""
    return (other.year - day.year) * 12 + other.month - day.month


def weeks_between(day: date, other: date) -> int:
    """Return how many weeks the week of another day is after that of a day."""
    monday, other_monday = (one - timedelta(days=one.weekday()) for one in (day, other))
    return (other_monday - monday).days // 7


def month_after(day: date, months: int) -> tuple[int, int]:
    """Return the year and the month that are so many months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
