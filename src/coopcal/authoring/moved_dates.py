"""Written dates, moved by a number of days."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from coopcal.authoring.text import Value
from coopcal.authoring.typed_dates import SPOKEN
from coopcal.definitions.when.names import weekdays

DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_WORD = re.compile(r"([^\W\d]+)\.?,?\s+(?=\d{4}-\d\d-\d\d)")
_OFFSET = re.compile(r"(?<=\d:\d\d)(?:Z|[+-]\d\d:?\d\d)")
_TIMES = re.compile(r"(?<=\d{4}-\d\d-\d\d)[ T]+(\S.*)")
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T\d{6}Z?)?")
_YEAR = 365.2425
_ABOUT = 31
"""Days by which an edition may lie off the same day of another year."""

_DOUBT = re.compile(r"\d[?~%]")


def first_day(written: str) -> date | None:
    """Return the first day that a ``when`` names as a whole; None where it is less precise, or in doubt."""
    match = DATE.search(written)
    if match is None or _DOUBT.search(written):
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None


def moved(written: str, days: int) -> str:
    """Return a ``when`` with all its days moved; what was so of the old days alone, weekdays and offsets, is taken out."""
    text = _WORD.sub(lambda word: "" if word[1].lower() in weekdays(SPOKEN) else word[0], written)
    return _OFFSET.sub("", DATE.sub(lambda day: _later(day[0], days), text))


def with_times(written: str, times: str) -> str:
    """Return a single day with times behind it."""
    day = DATE.search(written)
    return f"{day[0]} {times}" if day else written


def times_of(written: str) -> str | None:
    """Return the times that stand behind the only day of a ``when``; None where there are none, or more days."""
    days = DATE.findall(written)
    times = _TIMES.search(written)
    return times[1] if times and len(days) == 1 else None


def days_in(value: Value) -> list[date]:
    """Return every whole day that a value names, in order."""
    match value:
        case str():
            return [day for text in DATE.findall(value) if (day := first_day(text))]
        case Mapping():
            return [day for content in value.values() for day in days_in(content)]
        case _:
            return [day for item in value for day in days_in(item)]


def in_years(day: date, days: int) -> date:
    """Return a day moved by about as many days: by whole years where that is about what they are."""
    years = round(days / _YEAR)
    if years == 0 or abs(days - years * _YEAR) > _ABOUT:
        return day + timedelta(days=days)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def until_moved(rule: str, days: int) -> str:
    """Return a rule of RFC 5545 with its last day moved as ``in_years`` does."""

    def later(last: re.Match[str]) -> str:
        return f"UNTIL={in_years(date.fromisoformat(last[1]), days):%Y%m%d}"

    return _UNTIL.sub(later, rule)


def with_year(value: Value, old: int, new: int) -> Value:
    """Return texts with a year put in place of another; the second of two, as in 2026/27, goes with the first."""
    if isinstance(value, Mapping):
        return {key: with_year(content, old, new) for key, content in value.items()}
    if not isinstance(value, str):
        return [with_year(item, old, new) for item in value]
    return re.sub(
        rf"(?<!\d){old}(?:(\s?[/–-]\s?)({old + 1}|{(old + 1) % 100:02}))?(?!\d)",
        lambda year: f"{new}{year[1] or ''}" + (str(new + 1)[-len(year[2]) :] if year[2] else ""),
        value,
    )


def items_of(value: Value) -> list[Value]:
    """Return the items of a list, or the values of keys; anything else is one item."""
    match value:
        case str():
            return [value]
        case Mapping():
            return list(value.values())
        case _:
            return list(value)


def written_of(date_: Value) -> str:
    """Return when a date in a list is, which may say more than that."""
    date_written = (date_.get("when") or date_.get("date") or "") if isinstance(date_, Mapping) else date_
    return date_written if isinstance(date_written, str) else ""


def _later(written: str, days: int) -> str:
    try:
        return str(date.fromisoformat(written) + timedelta(days=days))
    except (ValueError, OverflowError):
        return written
