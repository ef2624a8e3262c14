"""The first and the last day that an imprecise date allows."""

import calendar
from datetime import date

from coopcal.model.when import Approximately, Precision, Season

_NORTH = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}
_SOUTH = {Season.SPRING: 9, Season.SUMMER: 12, Season.AUTUMN: 3, Season.WINTER: 6}


def bounds(date_: Approximately, *, southern: bool) -> tuple[date, date]:
    """Return the first and last day of a year, a season (of three whole months), a month or a day.

    A season that goes over the end of the year is named for the year in which it begins.
    """
    match date_.precision:
        case Precision.YEAR:
            return date(date_.year, 1, 1), date(date_.year, 12, 31)
        case Precision.SEASON:
            assert date_.season is not None
            month = (_SOUTH if southern else _NORTH)[date_.season]
            last_year, last_month = (date_.year + 1, 2) if month == 12 else (date_.year, month + 2)  # noqa: PLR2004
            return date(date_.year, month, 1), _last_of(last_year, last_month)
        case Precision.MONTH:
            return date(date_.year, date_.month or 1, 1), _last_of(date_.year, date_.month or 1)
        case Precision.DAY:
            day = date(date_.year, date_.month or 1, date_.day or 1)
            return day, day


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
