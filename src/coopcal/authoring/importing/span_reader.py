"""When components take place, read from their lines."""

from datetime import date, datetime, time, timedelta

from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.spans import DAY, EARLIEST, LATEST, Span, on_clocks
from coopcal.authoring.importing.timezones import Timezones, at
from coopcal.authoring.importing.values import UTC_ID, Clock, Moment, duration, moment
from coopcal.model.message import msg

_MINUTE = timedelta(minutes=1)
_FIXED = ("UTC", "Etc/")
"""What zones are called whose clocks never change."""


class Spans:
    """Reads when components take place."""

    def __init__(self, timezones: Timezones, losses: Losses) -> None:
        """Take the zones of the calendar."""
        self._zones = timezones
        self._losses = losses

    def of(self, lines: dict[str, list[Line]], number: int, *, recurs: bool) -> Span | None:
        """Return when a component takes place; None, told, where it does not say so.

        What recurs in UTC goes on in UTC; what does not is said in the zone at home.
        """
        line = next(iter(lines.get("DTSTART", ())), None)
        start = moment(line.value, line.tzid) if line else None
        if line is None or start is None:
            self._losses.tell(
                line.number if line else number,
                LossCode.NO_START,
                line.value if line else "DTSTART",
                msg("it does not say when it takes place, and was left out"),
            )
            return None
        if not EARLIEST < (start.local if isinstance(start, Clock) else start).year < LATEST:
            self._losses.tell(
                line.number,
                LossCode.ODD_YEAR,
                line.value,
                msg(
                    "dates lie between {earliest} and {latest}, so it was left out",
                    earliest=EARLIEST,
                    latest=LATEST,
                ),
            )
            return None
        if (
            isinstance(start, Clock)
            and line.param("VALUE").upper() == "DATE"
            and start.local.time() == time(0)
        ):
            self._losses.tell(
                line.number,
                LossCode.WHOLE_DAYS,
                line.value,
                msg("it is marked as whole days, and was written so"),
            )
            start = start.local.date()
        if not isinstance(start, Clock):
            return self._days(start, lines)
        zone = self.zone(start, line, recurs=recurs)
        begins = self._begins(start, line, zone)
        ends = self._ends(begins, zone, lines, nominal=recurs and "RECURRENCE-ID" not in lines)
        length = None if ends is None else ends.replace(fold=0) - begins.replace(fold=0)
        exact = None if ends is None else at(ends, zone) - at(begins, zone)
        if recurs and length is not None and length > timedelta(0):
            exact = None
        return self._as_days(Span(begins, length, zone, exact), lines)

    def zone(self, written: Clock, line: Line, *, recurs: bool) -> str:
        """Return the zone that a time is said in."""
        if written.tzid == UTC_ID:
            return self._zones.stated or ("UTC" if recurs else self._zones.home)
        if written.tzid is None:
            self._losses.tell(
                line.number,
                LossCode.FLOATING,
                line.value,
                msg("it names no zone; {home} was taken", home=self._zones.home),
            )
        zone = self._zones.of(written.tzid, line.number, written.local)
        return self._zones.home if zone.startswith(_FIXED) and not recurs else zone

    def local(self, written: Moment, zone: str | None, line: Line) -> datetime:
        """Return what clocks of a zone show at a time; midnight for a day."""
        if not isinstance(written, Clock):
            return datetime.combine(written, time(0))
        if zone is None or written.tzid is None:
            return written.local
        source = self._zones.of(written.tzid, line.number, written.local)
        if source == zone and not self._zones.is_own(written.tzid):
            return written.local
        return on_clocks(self._zones.moment(written.local, written.tzid, line.number), zone)

    def own(self, line: Line) -> Clock | None:
        """Return what a line says on clocks that no zone has; None where a zone has them, or it says no time."""
        start = moment(line.value, line.tzid)
        return start if isinstance(start, Clock) and self._zones.is_own(start.tzid) else None

    def _begins(self, start: Clock, written: Line, zone: str) -> datetime:
        local = self.local(start, zone, written)
        if local.second:
            self._losses.tell(
                written.number,
                LossCode.SECONDS,
                written.value,
                msg("times go by minutes; the seconds were left out"),
            )
        return local.replace(second=0)

    def _days(self, start: date, lines: dict[str, list[Line]]) -> Span:
        begins = datetime.combine(start, time(0))
        length = DAY
        for line in lines.get("DTEND", ())[:1]:
            end = moment(line.value)
            last = end.local.date() if isinstance(end, Clock) else end
            if last is None or last <= start:
                code = LossCode.NO_END if last == start else LossCode.ENDS_BEFORE_START
                self._losses.tell(
                    line.number, code, line.value, msg("it is no day after the first; one day was taken")
                )
                continue
            if isinstance(end, Clock):
                self._losses.tell(
                    line.number,
                    LossCode.WHOLE_DAYS,
                    line.value,
                    msg("it begins on a day and ends at a time; days were taken"),
                )
            length = last - start
        if "DTEND" not in lines:
            for line in lines.get("DURATION", ())[:1]:
                read = duration(line.value)
                if read is not None and read >= DAY:
                    length = timedelta(days=read.days)
        return Span(begins, length, None)

    def _ends(
        self, begins: datetime, zone: str, lines: dict[str, list[Line]], *, nominal: bool
    ) -> datetime | None:
        """Return what clocks show at the end; ``nominal``: the length holds on the wall for all dates of a series."""
        number, ends = 0, None
        for line in lines.get("DTEND", ())[:1]:
            number, end = line.number, moment(line.value, line.tzid)
            if end is None:
                self._losses.tell(
                    number, LossCode.BAD_VALUE, line.value, msg("it is no time; the end was left out")
                )
                return None
            ends = self.local(end, zone, line)
        if ends is None:
            for line in lines.get("DURATION", ())[:1]:
                number, length = line.number, duration(line.value)
                if length is None:
                    self._losses.tell(
                        number, LossCode.BAD_VALUE, line.value, msg("it is no length; the end was left out")
                    )
                    return None
                ends = begins.replace(fold=0) + length if nominal else _after(begins, length, zone)
        if ends is None or at(ends, zone) == at(begins, zone):
            start = lines["DTSTART"][0]
            self._losses.tell(
                number or start.number,
                LossCode.NO_END,
                start.value,
                msg("it has no length; calendars show the usual one"),
            )
            return None
        if at(ends, zone) < at(begins, zone):
            self._losses.tell(
                number,
                LossCode.ENDS_BEFORE_START,
                f"{ends}",
                msg("it ends before it starts; the end was left out"),
            )
            return None
        if ends.second:
            self._losses.tell(
                number,
                LossCode.SECONDS,
                f"{ends:%H:%M:%S}",
                msg("times go by minutes; the end was moved to the next one"),
            )
            ends = ends.replace(second=0) + _MINUTE
        return ends

    def _as_days(self, span: Span, lines: dict[str, list[Line]]) -> Span:
        """Return whole days for what Outlook marks as such, though it writes midnights."""
        marked = any(
            line.value.strip().upper() == "TRUE" for line in lines.get("X-MICROSOFT-CDO-ALLDAYEVENT", ())
        )
        midnights = (
            span.length is not None and span.start.time() == time(0) and span.length % DAY == timedelta(0)
        )
        if not (marked and midnights):
            return span
        self._losses.tell(
            lines["DTSTART"][0].number,
            LossCode.WHOLE_DAYS,
            lines["DTSTART"][0].value,
            msg("it is marked as whole days, and was written so"),
        )
        return Span(span.start, span.length, None)


def _after(begins: datetime, length: timedelta, zone: str) -> datetime:
    """Return what clocks show at the end: days go by the calendar, hours by the time that goes by (RFC 5545, 3.3.6)."""
    full_days = timedelta(days=length.days) if length > timedelta(0) else timedelta(0)
    return on_clocks(at(begins + full_days, zone) + (length - full_days), zone)
