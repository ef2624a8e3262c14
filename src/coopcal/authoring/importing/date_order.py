"""Whether the day or the month stands first in dates of figures."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

from coopcal.authoring.importing.date_patterns import DATES, ISO_DATES, full_year
from coopcal.authoring.importing.spelling import folded, weekday_names


class Order(Enum):
    """Whether the day or the month stands first in dates of figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNKNOWN = "unknown"


def order_of(values: Iterable[str]) -> Order:
    """Return which stands first, from the dates of a table; UNKNOWN where all of them may mean either, or they disagree.

    A dot stands between day and month wherever dates are written so, so such a date tells nothing of a month before a day.
    """
    first, second, dotted, any_ = False, False, False, False
    for value in values:
        written = folded(value)
        dates = list(DATES.finditer(ISO_DATES.sub(" ", written)))
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
            day = day_of_figures(match[1], match[3], year[0] if year else "", order)
        except ValueError:
            continue
        if day.weekday() == weekday_names()[word]:
            fitting.append(order)
    return fitting[0] if len(fitting) == 1 else None


def day_of_figures(one: str, other: str, year: str, order: Order) -> date:
    """Return the day of a date in figures, of which one is the day and the other the month; raise ValueError where there is none."""
    day, month = (other, one) if order is Order.MONTH_FIRST else (one, other)
    return date(full_year(year), int(month), int(day))
