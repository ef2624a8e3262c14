"""Days, and spans of them, as people write them in tables: ``2026-04-03``, ``3.4.2026``, “June 5-7, 2026”, “Herbst 2027”."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache

from coopcal.authoring.importing.spelling import folded, month_names, season_names, weekday_names
from coopcal.model.when import Season


class Order(Enum):
    """Whether the day or the month stands first in dates of figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNKNOWN = "unknown"


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


_CENTURY = 2000
_EARLIEST, _LATEST = 20_000, 80_000
"""What spreadsheets count from 1954 to 2119."""

_BEGINS = date(1899, 12, 30)
"""The day that spreadsheets count from."""

_SAID = (
    "of the on from de del dell' dall' di du d' la le les il lo el los das do da dal der den dem am im in en vom von "
    "l' dia dias jour jours giorno giorni tag ab zum"
)
_WORDS = frozenset(_SAID.split())
"""What may stand before a day, or within it, and says nothing."""

_TO = r"\s*(?:-|/|\b(?:to|through|thru|until|till|bis|au|al|a|ate|hasta|fino al|jusqu'au|and|und|et|e|y|en)\b|&|\+)\s*"
_AND = re.compile(r"and|und|et|\be\b|\by\b|&|\+")
_N = r"(\d{1,2})(?:st|nd|rd|th|er|ro|o(?![a-z])|a(?![a-z])|[.°])?"
_M = r"([^\W\d_]{3,})\.?"
_Y = r"(\d{4}|'?\d{2}(?![\d:h.])(?!\s*(?:h|uhr|am|pm|a\.m|p\.m)\b))"
_YEAR = r"(\d{4})"
_END = r"(?![\d:])"
_ISO = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"


def order_of(values: Iterable[str]) -> Order:
    """Return which stands first, from the dates of a table; UNKNOWN where all of them may mean either, or they disagree.

    A dot stands between day and month wherever dates are written so, so such a date tells nothing of a month before a day.
    """
    first, second, dotted, any_ = False, False, False, False
    for value in values:
        written = folded(value)
        dates = list(_DATES.finditer(_ISO_DATES.sub(" ", written)))
        for match in dates:
            if match[2] == ".":
                dotted = any_ = True
            elif match[1] != match[3]:
                any_ = True
                first, second = first or int(match[1]) > 12, second or int(match[3]) > 12  # noqa: PLR2004 - months
        order = _by_weekday(written, dates[0]) if len(dates) == 1 else None
        first, second = first or order is Order.DAY_FIRST, second or order is Order.MONTH_FIRST
    if (first or dotted) != second:
        return Order.MONTH_FIRST if second else Order.DAY_FIRST
    return Order.UNKNOWN if any_ else Order.DAY_FIRST


def _by_weekday(written: str, match: re.Match[str]) -> Order | None:
    """Return which stands first in a date, by the weekday written before it; None where it falls on that in both ways, or in none."""
    word = written.partition(match[0])[0].strip(" ,.(").rpartition(" ")[2].strip(",.")
    if word not in weekday_names() or match[1] == match[3]:
        return None
    year, fitting = re.search(r"\d+$", match[0]), []
    for order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        try:
            day = _of_figures(match[1], match[3], year[0] if year else "", order)
        except ValueError:
            continue
        if day.weekday() == weekday_names()[word]:
            fitting.append(order)
    return fitting[0] if len(fitting) == 1 else None


def no_such_day(text: str, order: Order) -> tuple[int, int, int] | None:
    """Return the year, the month and the day of a date in figures or words that is in no calendar; None for anything else."""
    plain = _without_words(folded(text).strip(" ,;"))
    if match := re.match(_ISO + r"(?!\d)", plain):
        written = (match[1], match[3], match[4])
    elif match := re.match(_DATES.pattern.replace(r"(?:\d{4}|\d{2})", r"(\d{4}|\d{2})"), plain):
        month_first = order is Order.MONTH_FIRST and match[2] != "."
        written = (match[4], match[1], match[3]) if month_first else (match[4], match[3], match[1])
    elif (match := re.match(rf"{_N}[\s-]*{_M}(?:,?\s+|-){_YEAR}", plain)) and match[2] in month_names():
        written = (match[3], str(month_names()[match[2]]), match[1])
    elif (match := re.match(rf"{_M}\s*{_N}(?:,?\s+){_YEAR}", plain)) and match[1] in month_names():
        written = (match[3], str(month_names()[match[1]]), match[2])
    else:
        return None
    year, month, day = _full(written[0]), int(written[1]), int(written[2])
    try:
        date(year, month, day)
    except ValueError:
        return year, month, day
    return None


def period_of(text: str, order: Order) -> Period | None:
    """Read a day or a span of days, in figures or words; None where there is none, or no year to it."""
    cell = folded(text).strip(" ,;")
    plain = _without_words(cell)
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


def _without_words(text: str) -> str:
    """Return a text without weekdays and words that say nothing of a day, before its time."""
    text = re.sub(r"\b(d|l|dell|dall)'(?=\w)", "", text)
    parts = re.split(r"([\s,]+)", text)
    words = [part.strip("(.:)") for part in parts[::2]]
    kept: list[str] = []
    for number, (word, behind) in enumerate(zip(parts[::2], [*parts[1::2], ""], strict=True)):
        name = words[number]
        if name in weekday_names() and (name not in month_names() or _is_weekday(words[number + 1 :])):
            kept.append(" ")
        elif name not in _WORDS:
            kept += (word, behind)
    written = re.sub(r"-[\s,]+", "- ", re.sub(r"\s*,[\s,]*", ", ", "".join(kept)))
    return re.sub(r"^(?:(?:a|au|en) )+(?=[a-z])|\s+", _blank, written).strip(" ,")


def _is_weekday(behind: Sequence[str]) -> bool:
    """Return whether a word that may be March or Tuesday is the latter: “mar 3 mar 2026”."""
    if behind and (_DATES.search(behind[0]) or _ISO_DATES.search(behind[0])):
        return True
    return len(behind) > 1 and behind[0].isdigit() and behind[1] in month_names()


def _blank(match: re.Match[str]) -> str:
    return "" if match.start() == 0 else " "


_DATES = re.compile(r"(?<![\d.:])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d{2})(?!\d)")
_ISO_DATES = re.compile(_ISO)

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
            (_ISO + _TO + r"(\d{4})([-/.])(\d{1,2})\6(\d{1,2})", _iso_to),
            (_ISO + r"(?=t?\d|\D|$)", _iso),
            (r"(\d{4})(\d{2})(\d{2})(?=t|\s|$)", _compact),
            (one + _TO + other, _figures_to),
            (r"(\d{1,2})([./])(\d{1,2})\.?" + _TO + one.replace(r"\2", r"\5"), _figures_without_year),
            (r"(\d{1,2})\.?" + _TO + one.replace(r"\2", r"\3"), _figures_of_one_month),
            (one, _figures),
            (rf"{_N}[\s-]*{_M}{comma}{_YEAR}{_TO}{_N}[\s-]*{_M}{comma}{_YEAR}", _words(1, 2, 3, 4, 5, 6)),
            (rf"{_N}\s*{_M}{_TO}{_N}\s*{_M}{comma}{_Y}", _words(1, 2, 5, 3, 4, 5)),
            (rf"{_N}{_TO}{_N}\s*{_M}{comma}{_Y}", _words(1, 3, 4, 2, 3, 4)),
            (rf"{_N}[\s-]*{_M}(?:{comma}|-){_Y}", _words(1, 2, 3)),
            (rf"{_M}\s*{_N}{comma}{_YEAR}{_TO}{_M}\s*{_N}{comma}{_YEAR}", _words(2, 1, 3, 5, 4, 6)),
            (rf"{_M}\s*{_N}{_TO}{_M}\s*{_N}{comma}{_YEAR}", _words(2, 1, 5, 4, 3, 5)),
            (rf"{_M}\s*{_N}{_TO}{_N}{comma}{_YEAR}", _words(2, 1, 4, 3, 1, 4)),
            (rf"{_M}\s*{_N}{comma}{_YEAR}", _words(2, 1, 3)),
            (r"(\d{5})(?:[.,](\d+))?$", _counted),
            (rf"{_M}{comma}{_YEAR}{_TO}{_M}{comma}{_YEAR}$", _months(1, 2, 3, 4)),
            (rf"{_M}{_TO}{_M}{comma}{_YEAR}$", _months(1, 3, 2, 3)),
            (rf"{_M}{comma}{_YEAR}(?:\s?/\s?\d\d(?:\d\d)?)?$", _month_or_season),
            (r"(?:q|t)([1-4])[\s/-]*(\d{4})$", _quarter),
            (r"([1-4])(?:st|nd|rd|th|er|eme|e|o)?\.?\s*(?:quartal|quarter|trimest[er]+)\s+(\d{4})$", _quarter),
            (r"(\d{4})-(\d{2})$", lambda match, _: _month(int(match[1]), int(match[2]))),
            (r"(\d{1,2})[./](\d{4})$", lambda match, _: _month(int(match[2]), int(match[1]))),
            (r"(\d{4})$", _year),
        )
    )  # fmt: skip


def _full(year: str) -> int:
    number = int(year.lstrip("'"))
    return number if number >= 100 else number + _CENTURY  # noqa: PLR2004 - two figures


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


def _of_figures(one: str, other: str, year: str, order: Order) -> date:
    day, month = (other, one) if order is Order.MONTH_FIRST else (one, other)
    return date(_full(year), int(month), int(day))


def _figures(match: re.Match[str], order: Order) -> Period:
    day = _of_figures(match[1], match[3], match[4], order)
    return Period(day, day)


def _figures_to(match: re.Match[str], order: Order) -> Period | None:
    first = _of_figures(match[1], match[3], match[4], order)
    return _span(first, _of_figures(match[5], match[7], match[8], order), _between(match, 4, 5))


def _figures_without_year(match: re.Match[str], order: Order) -> Period | None:
    last = _of_figures(match[4], match[6], match[7], order)
    first = _of_figures(match[1], match[3], match[7], order)
    return _span(first, last, _between(match, 3, 4))


def _figures_of_one_month(match: re.Match[str], order: Order) -> Period | None:
    last = _of_figures(match[2], match[4], match[5], order)
    return (
        _span(last.replace(day=int(match[1])), last, _between(match, 1, 2))
        if match[3] == "." or order is Order.DAY_FIRST
        else None
    )


def _words(*groups: int) -> _Read:
    """Return what reads a day, or two, from the groups of its day, month and year."""

    def read(match: re.Match[str], _: Order) -> Period | None:
        days = [
            date(_full(match[year]), month_names()[match[month]], int(match[day]))
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
