"""When something is: as precise as what is known, never more (EDTF, ISO 8601, RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How precise one end of an imprecise date is."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Season(StrEnum):
    """A season of the year; its months depend on the hemisphere of the place."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours on the days they apply to: every day, one weekday (Monday is 0) or one date.

    ``timezone`` (IANA) is whose time that is, where it is told.
    """

    opens: time
    closes: time
    weekday: int | None = None
    day: date | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Whole days from ``first`` to ``last``, the last one included; perhaps with opening hours."""

    first: date
    last: date
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class DayOnly:
    """The day is known, the time is not yet (``2026-03-14 ??:??``)."""

    day: date


@dataclass(frozen=True, slots=True)
class Approximately:
    """One end of an imprecise date: a year, and perhaps a month, a day or a season in it.

    ``uncertain`` is EDTF's ``?`` and ``approximate`` its ``~``.
    """

    precision: Precision
    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Imprecise:
    """A date known no better than this: some time from ``first`` to ``last`` (both included).

    ``begin`` and ``end`` are as written (equal where one date was written); ``first`` and ``last`` are the
    earliest and the latest day that they allow.
    """

    begin: Approximately
    end: Approximately
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timed:
    """From one moment to another, in a time zone.

    ``start`` and ``end`` are aware, in ``ZoneInfo(timezone)``, with the fold that is meant; ``end`` is None
    where it is not known. ``usual_end`` is what calendars show as the end: ``end``, or the start and the
    usual length.
    """

    start: datetime
    end: datetime | None
    usual_end: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something is open until a moment (aware, in ``ZoneInfo(timezone)``)."""

    at: datetime
    timezone: str


When = WholeDays | DayOnly | Imprecise | Timed | Deadline


def days_of(when: When) -> tuple[date, date]:
    """Return the first and the last local day that ``when`` touches.

    A timed event that ends at midnight does not touch the day after.
    """
    match when:
        case Timed(start=start, usual_end=end):
            first, last = start.date(), end.date()
            if last > first and end.time() == time(0):
                last -= timedelta(days=1)
            return first, last
        case WholeDays(first, last) | Imprecise(first=first, last=last):
            return first, last
        case DayOnly(day):
            return day, day
        case Deadline(at):
            return at.date(), at.date()


def start_of(when: When) -> datetime:
    """Return the instant at which something starts; days start at midnight UTC, as they have no zone."""
    match when:
        case Timed(start=start):
            return start.astimezone(UTC)
        case Deadline(at):
            return at.astimezone(UTC)
        case _:
            return datetime.combine(days_of(when)[0], time(0), UTC)


def timezone_of(when: When) -> str | None:
    """Return the IANA name of the zone that ``when`` stands in, or None for whole days."""
    return when.timezone if isinstance(when, Timed | Deadline) else None


QUARTER = timedelta(minutes=15)
"""The length that a deadline has in calendars."""


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
