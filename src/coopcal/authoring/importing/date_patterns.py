"""How dates are written in figures and words, as patterns."""

import re

DAY = r"(\d{1,2})(?:st|nd|rd|th|er|ro|o(?![a-z])|a(?![a-z])|[.°])?"
MONTH = r"([^\W\d_]{3,})\.?"
YEAR = r"(\d{4})"
SHORT_YEAR = r"(\d{4}|'?\d{2}(?![\d:h.])(?!\s*(?:h|uhr|am|pm|a\.m|p\.m)\b))"
ISO = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"

DATES = re.compile(r"(?<![\d.:])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d{2})(?!\d)")
ISO_DATES = re.compile(ISO)

_CENTURY = 2000


def full_year(year: str) -> int:
    """Return a year of four figures; one of two is of this century."""
    number = int(year.lstrip("'"))
    return number if number >= 100 else number + _CENTURY  # noqa: PLR2004 - two figures
