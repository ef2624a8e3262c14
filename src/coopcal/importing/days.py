"""Days as people write them in tables."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache

from babel import Locale

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=\D|$)|(\d{4})(\d{2})(\d{2})(?=T|\s|$)")
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?=\D|$)")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?(?:\s+(?:de|of)\s+|[\s/-]+|(?<=\.))([^\W\d]+)\.?(?:\s+(?:de|del)\s+|[\s,/-]+)(\d{4}|\d{2})(?=\D|$)"
)
_NAME_DAY = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=\D|$)")
_WEEKDAY = re.compile(r"[^\W\d]+\.?,?\s+(?=\d|[^\W\d]+\.?\s+\d)")
_LANGUAGES = ("en", "fr", "es", "it", "pt", "de", "nl")
_CENTURY = 2000


class Order(Enum):
    """Whether the day or the month stands first in dates of figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNKNOWN = "unknown"


def order_of(values: Iterable[str]) -> Order:
    """Tell which stands first from the dates of a table; UNKNOWN where all of them may mean either, or they disagree."""
    first, second, any_ = False, False, False
    for value in values:
        match = _NUMBERS.match(_without_weekday(value)) if not _ISO.match(_without_weekday(value)) else None
        if match is None or match[1] == match[2]:
            continue
        any_ = True
        first, second = first or int(match[1]) > 12, second or int(match[2]) > 12  # noqa: PLR2004 - months
        if "." in value[match.start() : match.end()]:
            first = True  # the dot stands between day and month wherever dates are written so
    if first != second:
        return Order.DAY_FIRST if first else Order.MONTH_FIRST
    return Order.UNKNOWN if any_ else Order.DAY_FIRST


def day_of(text: str, order: Order) -> tuple[date | None, str]:
    """Read a day, and give what stands behind it; None where there is none."""
    text = _without_weekday(text.strip())
    try:
        if match := _ISO.match(text):
            year, month, day = (int(each) for each in match.groups() if each)
        elif match := _NUMBERS.match(text):
            one, other, year = int(match[1]), int(match[2]), int(match[3])
            day, month = (one, other) if order is Order.DAY_FIRST else (other, one)
        elif match := _DAY_NAME.match(text):
            day, month, year = int(match[1]), _months()[match[2].lower()], int(match[3])
        elif match := _NAME_DAY.match(text):
            day, month, year = int(match[2]), _months()[match[1].lower()], int(match[3])
        else:
            return None, text
        return date(year if year >= 100 else year + _CENTURY, month, day), text[match.end() :].strip(" ,T")  # noqa: PLR2004 - two figures
    except (ValueError, KeyError):
        return None, text


def _without_weekday(text: str) -> str:
    match = _WEEKDAY.match(text)
    return text[match.end() :] if match and match[0].strip(" .,").lower() in _weekdays() else text


@cache
def _months() -> dict[str, int]:
    return _names("months")


@cache
def _weekdays() -> dict[str, int]:
    return _names("days")


def _names(kind: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for names in getattr(Locale(language), kind).values():
            for width in ("wide", "abbreviated"):
                for number, name in names.get(width, {}).items():
                    found.setdefault(str(name).strip(".").lower(), int(number))
    return found
