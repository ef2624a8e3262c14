"""When a row of a table takes place → DTSTART, DTEND and RRULE; what of it cannot be read is told with its line."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coopcal.authoring.importing.date_order import Order
from coopcal.authoring.importing.impossible_days import no_such_day
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.periods import Period, period_of
from coopcal.authoring.importing.spans import EARLIEST, LATEST
from coopcal.authoring.importing.spelling import folded
from coopcal.authoring.importing.times_of_day import ALL_DAY, Clock, Clocks, clocks_of, parted
from coopcal.authoring.importing.weekly import weekly_of
from coopcal.authoring.text import Value
from coopcal.model.message import MONTHS, Message, msg

YES = frozenset(
    ("true", "yes", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "si", "vero", "verdadeiro", "sim", "ein", "an", "on")
)  # fmt: skip
_NOTHING = frozenset(("", "-", "--", "/"))
_DURATION = re.compile(r"(?:(\d{1,3})\s?(?:h|hours?|hrs?|stunden?|std\.?|heures?|horas?|ore?|:)\s?)?(?:(\d{1,4})\s?(?:m|min|minuten?|minutes?|minutos?|minuti|mins)?\.?)?")  # fmt: skip
_MINUTES, _LONGEST = 60, 10_000

Row = Mapping[str, str]
"""What a row says, by column; of a column in a language by ``title:fr``."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds for all rows: the zone, whether days stand before months, when weekly meetings begin."""

    zone: str
    order: Order
    starts: date | None = None


class RowTimes:
    """Reads when a row takes place: ``said`` is what no line of a VEVENT can say."""

    def __init__(self, line: int, row: Row, usual: Usual, losses: Losses) -> None:
        self._line, self._row, self._usual, self._losses = line, row, usual, losses
        self.said: dict[str, Value] = {}

    def lines(self) -> list[str] | None:
        """Return DTSTART, DTEND and RRULE; None, told, where a row does not say when."""
        written = self._row.get("start", "")
        period = period_of(written, self._usual.order)
        rule: list[str] = []
        if period is None:
            weekly = weekly_of(written)
            if weekly is None or self._usual.starts is None:
                self._without_day(written, is_weekly=weekly is not None)
                return None
            day = weekly.first(self._usual.starts)
            period, rule = Period(day, day), [f"RRULE:{weekly.rule}"]
        if not _is_usual(period):
            why = msg("dates lie between {first} and {last}, so it was left out", first=EARLIEST, last=LATEST)
            self._losses.tell(self._line, LossCode.ODD_YEAR, written, why)
            return None
        if period.counted:
            self._counted(written, period.first)
        elif period.said is not None:
            return self._imprecise(period)
        else:
            self._part(period)
        return self._spanned(period) + rule

    def _part(self, period: Period) -> None:
        """Part a cell that says the days and times of both beginning and end: “3.9.2026 19:00 bis 4.9.2026 1:00”."""
        if period.several or {"start-time", "end", "end-time"} & self._row.keys() or clocks_of(period.behind):
            return
        for start, end in parted(period.behind):
            last = period_of(end, self._usual.order)
            if clocks_of(start) and last and last.said is None and not last.counted:
                self._row = {**self._row, "start-time": start, "end": end}
                return

    def _without_day(self, written: str, *, is_weekly: bool) -> None:
        what = written or self._row.get("title") or msg("row")
        if impossible := no_such_day(written, self._usual.order):
            self._losses.tell(self._line, LossCode.NO_START, what, _why_not(*impossible))
            return
        why = (
            msg("it names a weekday and no date, and was left out; to read it as every week: --starts 2026-09-01, with the first day")
            if is_weekly
            else msg("it does not say on which day of which year, and was left out; write a day, or a row for each of several")
        )  # fmt: skip
        self._losses.tell(self._line, LossCode.NO_START, what, why)

    def _counted(self, written: str, day: date) -> None:
        why = msg("it is a number of days, as spreadsheets count them, and was read as {day}", day=day)
        self._losses.tell(self._line, LossCode.SERIAL, written, why)

    def _imprecise(self, period: Period) -> list[str]:
        """Return a day for what is no better known than by its month, season or year."""
        self.said["when"] = period.said or ""
        for name in ("start-time", "end", "end-time"):
            if self._row.get(name, "") not in _NOTHING:
                why = msg("the day is not known, so this was left out")
                self._losses.tell(self._line, LossCode.BAD_VALUE, self._row[name], why)
        return [f"DTSTART;VALUE=DATE:{period.first:%Y%m%d}"]

    def _spanned(self, period: Period) -> list[str]:
        end, closes = self._end()
        last = end or (period.last if period.several else None)
        clocks, open_ = self._clocks(period)
        all_day = folded(self._row.get("all-day", "")) in YES
        if period.several and end is None and clocks and clocks.end and not all_day:
            self.said["hours"] = (
                f"{clocks.start.at:%H:%M}/{'24:00' if clocks.end.midnight else f'{clocks.end.at:%H:%M}'}"
            )
            return self._days(period.first, last)
        if all_day or clocks is None:
            if last and last > period.first and closes and closes.at == time(0) and not closes.midnight:
                last -= timedelta(days=1)  # Outlook's whole days end at the midnight after them
            if open_ and not all_day and last in (None, period.first):
                self.said["when"] = f"{period.first} ??:??"
            return self._days(period.first, last)
        return self._timed(period.first, clocks, last, closes or clocks.end)

    def _end(self) -> tuple[date | None, Clock | None]:
        """Return the day and the time at which a row says that it ends."""
        written, clock = self._row.get("end", ""), self._row.get("end-time", "")
        period = period_of(written, self._usual.order) if written not in _NOTHING else None
        period = period if period and _is_usual(period) else None
        if period and period.counted:
            self._counted(written, period.first)
        if period is None and written not in _NOTHING and not clock:
            written, clock = "", written
        if clock in _NOTHING and period:
            clock = (period.said or "") if period.counted else period.behind
        clocks = clocks_of(clock) if clock not in _NOTHING else None
        if (clock not in _NOTHING and clocks is None and folded(clock) not in ALL_DAY) or (
            written not in _NOTHING and (period is None or (period.said and not period.counted))
        ):
            why = msg("it is no end that can be read; it was left out")
            self._losses.tell(self._line, LossCode.BAD_VALUE, clock or written, why)
        day = period.last if period and (period.counted or not period.said) else None
        if clocks and clocks.start.counted:
            self._fraction(clock, clocks.start)
        return day, clocks.start if clocks else None

    def _clocks(self, period: Period) -> tuple[Clocks | None, bool]:
        """Return when a row begins, and whether it says something of that which is no time."""
        written = self._row.get("start-time", "") or (period.said or "" if period.counted else period.behind)
        if written in _NOTHING:
            return None, False
        clocks = clocks_of(written)
        if clocks is None and folded(written) in ALL_DAY:
            self._losses.tell(self._line, LossCode.TIME_WORD, written, msg("it was read as a whole day"))
            return None, False
        if clocks is None:
            why = msg("it is no time, so the day stands alone, with its time open")
            self._losses.tell(self._line, LossCode.TIME_WORD, written, why)
            return None, True
        if clocks.start.counted:
            self._fraction(written, clocks.start)
        return clocks, False

    def _fraction(self, written: str, clock: Clock) -> None:
        why = msg(
            "it is a part of a day, as spreadsheets count, and was read as {time}", time=f"{clock.at:%H:%M}"
        )
        self._losses.tell(self._line, LossCode.SERIAL, written, why)

    def _days(self, first: date, last: date | None) -> list[str]:
        if last is not None and last < first:
            why = msg("it ends before it starts; the end was left out")
            self._losses.tell(self._line, LossCode.ENDS_BEFORE_START, f"{last}", why)
            last = None
        following = (last or first) + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"]

    def _timed(self, day: date, clocks: Clocks, last: date | None, closes: Clock | None) -> list[str]:
        begin = clocks.start
        start = datetime.combine(day, begin.at) + timedelta(days=begin.midnight)
        moments = [self._moment("DTSTART", start, begin.offset)]
        if closes is not None:
            end = datetime.combine(last or day, closes.at) + timedelta(days=closes.midnight)
            offset = closes.offset or begin.offset
            if last is None and end <= start and offset == begin.offset:
                end += timedelta(days=1)
            moments.append(self._moment("DTEND", end, offset))
        elif last is not None and last > day:
            self._losses.tell(
                self._line,
                LossCode.NO_END,
                f"{last}",
                msg("it says on which day it ends, and not when; the end was left out"),
            )
        elif length := self._length():
            moments.append(f"DURATION:PT{length}M")
        return moments

    def _length(self) -> int | None:
        """Return the minutes that a row says it takes."""
        written = folded(self._row.get("duration", ""))
        if written in _NOTHING:
            return None
        iso = re.fullmatch(r"pt(?:(\d{1,3})h)?(?:(\d{1,4})m)?", written)
        match = iso or _DURATION.fullmatch(written)
        hours, minutes = (int(group or 0) for group in match.groups()) if match else (0, 0)
        length = hours * _MINUTES + minutes
        if not 0 < length < _LONGEST:
            self._losses.tell(
                self._line,
                LossCode.BAD_VALUE,
                self._row["duration"],
                msg("it is no length; the end was left out"),
            )
            return None
        return length

    def _moment(self, name: str, at: datetime, offset: str) -> str:
        if offset:
            return f"{name}:{at:%Y%m%dT%H%M%S}{offset}"
        zone = self._row.get("timezone", self._usual.zone).replace(chr(34), "")
        return f'{name};TZID="{zone}":{at:%Y%m%dT%H%M%S}'


def _is_usual(period: Period) -> bool:
    """Return whether it is in years that dates may have."""
    return EARLIEST < period.first.year <= period.last.year < LATEST


def _why_not(year: int, month: int, day: int) -> Message:
    """Tell why there is no such day."""
    if not 1 <= month <= len(MONTHS):
        return msg("there is no month {month}, so the row was left out; mend its day", month=month)
    if day < 1:
        return msg("no month has a day {day}, so the row was left out; mend its day", day=day)
    return msg(
        "{month} {year} has {last} days, so the row was left out; mend its day",
        month=MONTHS[month - 1],
        year=f"{year:04}",
        last=monthrange(year, month)[1],
    )
