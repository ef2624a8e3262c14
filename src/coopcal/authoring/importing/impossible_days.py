"""Dates that are in no calendar: ``31.2.2026``, “February 30, 2026”."""

import re
from datetime import date

from coopcal.authoring.importing.date_order import Order
from coopcal.authoring.importing.date_patterns import DATES, DAY, ISO, MONTH, YEAR, full_year
from coopcal.authoring.importing.plain_dates import without_words
from coopcal.authoring.importing.spelling import folded, month_names


def no_such_day(text: str, order: Order) -> tuple[int, int, int] | None:
    """Return the year, the month and the day of a date in figures or words that is in no calendar; None for anything else."""
    plain = without_words(folded(text).strip(" ,;"))
    if match := re.match(ISO + r"(?!\d)", plain):
        written = (match[1], match[3], match[4])
    elif match := re.match(DATES.pattern.replace(r"(?:\d{4}|\d{2})", r"(\d{4}|\d{2})"), plain):
        month_first = order is Order.MONTH_FIRST and match[2] != "."
        written = (match[4], match[1], match[3]) if month_first else (match[4], match[3], match[1])
    elif (match := re.match(rf"{DAY}[\s-]*{MONTH}(?:,?\s+|-){YEAR}", plain)) and match[2] in month_names():
        written = (match[3], str(month_names()[match[2]]), match[1])
    elif (match := re.match(rf"{MONTH}\s*{DAY}(?:,?\s+){YEAR}", plain)) and match[1] in month_names():
        written = (match[3], str(month_names()[match[1]]), match[2])
    else:
        return None
    year, month, day = full_year(written[0]), int(written[1]), int(written[2])
    try:
        date(year, month, day)
    except ValueError:
        return year, month, day
    return None
