"""Days, and spans of them, as people write them in tables: ``2026-04-03``, ``3.4.2026``, “June 5-7, 2026”, “Herbst 2027”."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from coopcal.authoring.importing.date_order import Order, day_of_figures
from coopcal.authoring.importing.date_patterns import DAY, ISO, MONTH, SHORT_YEAR, YEAR, full_year
from coopcal.authoring.importing.plain_dates import without_words
from coopcal.authoring.importing.spelling import folded, month_names, season_names
from coopcal.model.when import Season


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included, and what stands ``behind`` (folded).

    ``said`` is how it is written where no day is told; ``several``: the cell tells more than one day, even if they are
    the same. ``counted``: it was a number that a spreadsheet counts days by.
    """

    first: date
    last: date
    behind: str = ""
    said: str | None = None
    several: bool = False
    counted: bool = False


_EARLIEST, _LATEST = 20_000, 80_000
"""What spreadsheets count from 1954 to 2119."""

_BEGINS = date(1899, 12, 30)
"""The day that spreadsheets count from."""

_TO = r"\s*(?:-|/|\b(?:to|through|thru|until|till|bis|au|al|a|ate|hasta|fino al|jusqu'au|and|und|et|e|y|en)\b|&|\+)\s*"
_AND = re.compile(r"and|und|et|\be\b|\by\b|&|\+")
_END = r"(?![\d:])"


def period_of(text: str, order: Order) -> Period | None:
    """Read a day or a span of days, in figures or words; None where there is none, or no year to it."""
    cell = folded(text).strip(" ,;")
    plain = without_words(cell)
    for pattern, read in _patterns():
        match = pattern.match(cell if read is _counted else plain)
        if match is None:
            continue
        try:
            period = read(match, order)
        except (ValueError, KeyError, OverflowError):
            continue
        if period is not None:
            return replace(period, behind=match.string[match.end() :].strip(" ,;"))
    return None


_Read = Callable[[re.Match[str], Order], Period | None]


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], _Read], ...]:
    """Return what days are read by, the longest first."""
    comma = r",?\s+"
    one = r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})"
    other = r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\6\s?(\d{4}|\d{2})"
    return tuple(
        (re.compile(pattern + _END), read)
        for pattern, read in (
            (ISO + _TO + r"(\d{4})([-/.])(\d{1,2})\6(\d{1,2})", _iso_to),
            (ISO + r"(?=t?\d|\D|$)", _iso),
            (r"(\d{4})(\d{2})(\d{2})(?=t|\s|$)", _compact),
            (one + _TO + other, _figures_to),
            (r"(\d{1,2})([./])(\d{1,2})\.?" + _TO + one.replace(r"\2", r"\5"), _figures_without_year),
            (r"(\d{1,2})\.?" + _TO + one.replace(r"\2", r"\3"), _figures_of_one_month),
            (one, _figures),
            (rf"{DAY}[\s-]*{MONTH}{comma}{YEAR}{_TO}{DAY}[\s-]*{MONTH}{comma}{YEAR}", _words(1, 2, 3, 4, 5, 6)),
            (rf"{DAY}\s*{MONTH}{_TO}{DAY}\s*{MONTH}{comma}{SHORT_YEAR}", _words(1, 2, 5, 3, 4, 5)),
            (rf"{DAY}{_TO}{DAY}\s*{MONTH}{comma}{SHORT_YEAR}", _words(1, 3, 4, 2, 3, 4)),
            (rf"{DAY}[\s-]*{MONTH}(?:{comma}|-){SHORT_YEAR}", _words(1, 2, 3)),
            (rf"{MONTH}\s*{DAY}{comma}{YEAR}{_TO}{MONTH}\s*{DAY}{comma}{YEAR}", _words(2, 1, 3, 5, 4, 6)),
            (rf"{MONTH}\s*{DAY}{_TO}{MONTH}\s*{DAY}{comma}{YEAR}", _words(2, 1, 5, 4, 3, 5)),
            (rf"{MONTH}\s*{DAY}{_TO}{DAY}{comma}{YEAR}", _words(2, 1, 4, 3, 1, 4)),
            (rf"{MONTH}\s*{DAY}{comma}{YEAR}", _words(2, 1, 3)),
            (r"(\d{5})(?:[.,](\d+))?$", _counted),
            (rf"{MONTH}{comma}{YEAR}{_TO}{MONTH}{comma}{YEAR}$", _months(1, 2, 3, 4)),
            (rf"{MONTH}{_TO}{MONTH}{comma}{YEAR}$", _months(1, 3, 2, 3)),
            (rf"{MONTH}{comma}{YEAR}(?:\s?/\s?\d\d(?:\d\d)?)?$", _month_or_season),
            (r"(?:q|t)([1-4])[\s/-]*(\d{4})$", _quarter),
            (r"([1-4])(?:st|nd|rd|th|er|eme|e|o)?\.?\s*(?:quartal|quarter|trimest[er]+)\s+(\d{4})$", _quarter),
            (r"(\d{4})-(\d{2})$", lambda match, _: _month(int(match[1]), int(match[2]))),
            (r"(\d{1,2})[./](\d{4})$", lambda match, _: _month(int(match[2]), int(match[1]))),
            (r"(\d{4})$", _year),
        )
    )  # fmt: skip


def _span(first: date, last: date, between: str = "-") -> Period | None:
    """Return a span; None where it goes backwards, or two days are named that do not follow each other."""
    if last < first or (_AND.search(between) and last - first != timedelta(days=1)):
        return None
    return Period(first, last, several=True)


def _iso(match: re.Match[str], _: Order) -> Period:
    day = date(int(match[1]), int(match[3]), int(match[4]))
    return Period(day, day)


def _iso_to(match: re.Match[str], _: Order) -> Period | None:
    first = date(int(match[1]), int(match[3]), int(match[4]))
    return _span(first, date(int(match[5]), int(match[7]), int(match[8])), _between(match, 4, 5))


def _compact(match: re.Match[str], _: Order) -> Period:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return Period(day, day)


def _figures(match: re.Match[str], order: Order) -> Period:
    day = day_of_figures(match[1], match[3], match[4], order)
    return Period(day, day)


def _figures_to(match: re.Match[str], order: Order) -> Period | None:
    first = day_of_figures(match[1], match[3], match[4], order)
    return _span(first, day_of_figures(match[5], match[7], match[8], order), _between(match, 4, 5))


def _figures_without_year(match: re.Match[str], order: Order) -> Period | None:
    last = day_of_figures(match[4], match[6], match[7], order)
    first = day_of_figures(match[1], match[3], match[7], order)
    return _span(first, last, _between(match, 3, 4))


def _figures_of_one_month(match: re.Match[str], order: Order) -> Period | None:
    last = day_of_figures(match[2], match[4], match[5], order)
    return (
        _span(last.replace(day=int(match[1])), last, _between(match, 1, 2))
        if match[3] == "." or order is Order.DAY_FIRST
        else None
    )


def _words(*groups: int) -> _Read:
    """Return what reads a day, or two, from the groups of its day, month and year."""

    def read(match: re.Match[str], _: Order) -> Period | None:
        days = [
            date(full_year(match[year]), month_names()[match[month]], int(match[day]))
            for day, month, year in zip(groups[::3], groups[1::3], groups[2::3], strict=True)
        ]
        if len(days) == 1:
            return Period(days[0], days[0])
        return _span(days[0], days[1], _figureless(match[0]))

    return read


def _figureless(text: str) -> str:
    """Return what stands between the parts of two days."""
    return " ".join(part for part in re.split(r"[\s\d.,]+", text) if part and part not in month_names())


def _between(match: re.Match[str], one: int, other: int) -> str:
    return match.string[match.end(one) : match.start(other)]


def _counted(match: re.Match[str], _: Order) -> Period | None:
    number = int(match[1])
    if not _EARLIEST <= number <= _LATEST:
        return None
    minutes = round(float(f"0.{match[2] or 0}") * 1440)
    day = _BEGINS + timedelta(days=number)
    if minutes == 1440:  # noqa: PLR2004 - minutes of a day
        return Period(day + timedelta(days=1), day + timedelta(days=1), counted=True)
    clock = f"{minutes // 60:02}:{minutes % 60:02}" if minutes else None
    return Period(day, day, said=clock, counted=True)


def _month(year: int, month: int) -> Period:
    return _imprecise(date(year, month, 1), f"{year:04}-{month:02}")


def _months(*groups: int) -> _Read:
    """Return what reads two months from their groups and those of their years."""

    def read(match: re.Match[str], _: Order) -> Period | None:
        first = date(int(match[groups[1]]), month_names()[match[groups[0]]], 1)
        last = date(int(match[groups[3]]), month_names()[match[groups[2]]], 1)
        return _imprecise(first, f"{first:%Y-%m}/{last:%Y-%m}") if first < last else None

    return read


def _quarter(match: re.Match[str], _: Order) -> Period:
    year, month = match[2], 3 * int(match[1]) - 2
    return _imprecise(date(int(year), month, 1), f"{year}-{month:02}/{year}-{month + 2:02}")


_FIRST = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}


def _month_or_season(match: re.Match[str], _: Order) -> Period:
    if season := season_names().get(match[1]):
        return _imprecise(date(int(match[2]), _FIRST[season], 1), f"{season} {match[2]}")
    return _month(int(match[2]), month_names()[match[1]])


def _year(match: re.Match[str], _: Order) -> Period | None:
    return _imprecise(date(int(match[1]), 1, 1), match[1]) if 1900 < int(match[1]) < 2200 else None  # noqa: PLR2004 - years


def _imprecise(first: date, written: str) -> Period:
    return Period(first, first, said=written)
