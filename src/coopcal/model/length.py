"""Lengths of time as calendars count them."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A calendar length: whole years, months and days (a week is 7)."""

    years: int = 0
    months: int = 0
    days: int = 0


def later(day: date, length: Length, sign: int) -> date:
    """Return the day that lies a calendar length after (``sign`` 1) or before (-1); month ends are kept in."""
    months = day.year * 12 + day.month - 1 + sign * (length.years * 12 + length.months)
    year, month = divmod(months, 12)
    if not date.min.year < year < date.max.year:
        return date.max if sign > 0 else date.min
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last)) + timedelta(days=sign * length.days)
