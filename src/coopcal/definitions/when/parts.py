"""The parts that ``when`` is made of: days, times, offsets, and dates known less precisely (EDTF level 1)."""

import calendar
import re
from datetime import date, time, timedelta
from typing import NamedTuple

from coopcal.definitions.codes.dates import BAD_TIME, NO_SUCH_DAY, ODD_YEAR
from coopcal.definitions.when.diagnostics import Wrong, put
from coopcal.definitions.when.mends import FORMS, explain_part, too_few_days
from coopcal.definitions.when.names import seasons
from coopcal.model.message import msg
from coopcal.model.when import Approximately, Precision, Season

EARLIEST, LATEST = 1800, 2200
"""Years that dates may have."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})([?~%]?)")
_MONTH = re.compile(r"(\d{4})-(\d{2})([?~%]?)")
_YEAR = re.compile(r"(\d{4})([?~%]?)")
_SEASON = re.compile(r"([^\W\d]+)\s+(\d{4})([?~%]?)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(Z|[+-]\d{2}:?\d{2})?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+|T)(\S.*)")
_EDTF_SEASONS = {21: Season.SPRING, 22: Season.SUMMER, 23: Season.AUTUMN, 24: Season.WINTER}
_TWELVE = 12


class Piece(NamedTuple):
    """One side of ``when`` as written: a day, a time, both, or an imprecise date; and where it stands."""

    text: str
    start: int
    day: date | None = None
    clock: time | None = None
    offset: timedelta | None = None
    unknown_time: bool = False
    imprecise: Approximately | None = None

    @property
    def end(self) -> int:
        """The end of the piece in the whole text."""
        return self.start + len(self.text)

    @property
    def clock_bounds(self) -> tuple[int, int]:
        """The bounds of its time, without an offset, in the whole text."""
        clock = _CLOCK.search(self.text)
        assert clock is not None, "it has a time"
        return self.start + clock.start(), self.start + clock.end()


def read_piece(value: str, start: int, end: int, languages: tuple[str, ...]) -> Piece:
    """Read one side of ``when``, ``value[start:end]``; raise Wrong where it is none."""
    written = value[start:end]
    text = written.strip()
    start += len(written) - len(written.lstrip())
    end = start + len(text)
    if match := _MOMENT.fullmatch(text):
        day = read_day(value, match[1], start)
        at = start + match.start(2)
        if match[2] in ("??:??", "??"):
            return Piece(text, start, day=day, unknown_time=True)
        clock, offset = read_time(value, match[2], at, day)
        return Piece(text, start, day=day, clock=clock, offset=offset)
    if match := _DAY.fullmatch(text):
        day = read_day(value, text[:10], start)
        if match[4]:
            mark = match[4]
            return Piece(text, start, imprecise=_marked(Precision.DAY, mark, day.year, day.month, day.day))
        return Piece(text, start, day=day)
    if _TIME.fullmatch(text):
        clock, offset = read_time(value, text, start, None)
        return Piece(text, start, clock=clock, offset=offset)
    if (imprecise := _imprecise(text, start)) is not None:
        return Piece(text, start, imprecise=imprecise)
    raise explain_part(value, start, end, languages)


def read_day(value: str, text: str, start: int) -> date:
    """Read ``2026-03-14``; raise Wrong for a day or month that there is not."""
    year, month, day = map(int, text.split("-"))
    _year(year, start)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_such_day(value, start, year, month, day) from None


def _no_such_day(value: str, start: int, year: int, month: int, day: int) -> Wrong:
    """Return what is wrong with a day that there is not, or a month."""
    if not 1 <= month <= _TWELVE:
        swapped = put(value, start, start + 10, f"{year:04}-{day:02}-{month:02}")
        return Wrong(
            NO_SUCH_DAY,
            msg("There is no month {month}", month=month),
            msg("months go from 01 to 12"),
            start + 5,
            start + 7,
            instead=[swapped] if 1 <= day <= _TWELVE else (),
        )
    last = calendar.monthrange(year, month)[1]
    return Wrong(
        NO_SUCH_DAY,
        too_few_days(year, month, day),
        FORMS,
        start + 8,
        start + 10,
        instead=[put(value, start, start + 10, f"{year:04}-{month:02}-{last:02}")],
    )


def read_time(value: str, text: str, start: int, day: date | None) -> tuple[time, timedelta | None]:
    """Read ``9:30`` or ``02:30+02:00``; raise Wrong for anything else."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise explain_part(value, start, start + len(text), ())
    hour, minute = int(match[1]), int(match[2])
    if hour == 24 and minute == 0:  # noqa: PLR2004 - 24:00
        message = msg("The day ends at 00:00 of the next day; there is no 24:00")
        end = start + match.end(2)
        if day is None:
            raise Wrong(BAD_TIME, message, FORMS, start, end)
        begin = value.rindex(day.isoformat(), 0, start)
        following = f"{day + timedelta(days=1)} 00:00"
        raise Wrong(BAD_TIME, message, FORMS, start, end, instead=[put(value, begin, end, following)])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        raise Wrong(
            BAD_TIME,
            msg("There is no time {text}", text=text),
            msg("hours go from 00 to 23, minutes from 00 to 59"),
            start,
            start + len(text),
        )
    if match[3] == "Z":
        return time(hour, minute), timedelta(0)
    offset = None
    if match[3]:
        sign = -1 if match[3][0] == "-" else 1
        offset = sign * timedelta(hours=int(match[3][1:3]), minutes=int(match[3][-2:]))
    return time(hour, minute), offset


def _imprecise(text: str, start: int) -> Approximately | None:
    if match := _MONTH.fullmatch(text):
        year, number, mark = int(match[1]), int(match[2]), match[3]
        _year(year, start)
        if number in _EDTF_SEASONS:
            return _marked(Precision.SEASON, mark, year, season=_EDTF_SEASONS[number])
        if not 1 <= number <= _TWELVE:
            raise Wrong(
                NO_SUCH_DAY,
                msg("There is no month {number}", number=number),
                msg("months go from 01 to 12"),
                start + 5,
                start + 7,
            )
        return _marked(Precision.MONTH, mark, year, number)
    if match := _YEAR.fullmatch(text):
        _year(int(match[1]), start)
        return _marked(Precision.YEAR, match[2], int(match[1]))
    match = _SEASON.fullmatch(text)
    if match and match[1].lower() in seasons():
        _year(int(match[2]), start + match.start(2))
        return _marked(Precision.SEASON, match[3], int(match[2]), season=seasons()[match[1].lower()])
    return None


def _marked(
    precision: Precision,
    mark: str,
    year: int,
    month: int | None = None,
    day: int | None = None,
    season: Season | None = None,
) -> Approximately:
    return Approximately(
        precision, year, month, day, season, uncertain=mark in ("?", "%"), approximate=mark in ("~", "%")
    )


def _year(year: int, start: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise Wrong(
            ODD_YEAR,
            msg(
                "The year {year:04} lies outside {earliest} to {latest}",
                year=year,
                earliest=EARLIEST,
                latest=LATEST,
            ),
            msg("look at its four digits"),
            start,
            start + 4,
        )
