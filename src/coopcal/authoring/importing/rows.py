"""A row of a table → a VEVENT; what a row says that cannot be read is told with its line."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coopcal.authoring.importing.clocks import ALL_DAY, Clock, Clocks, clocks_of, parted
from coopcal.authoring.importing.components import Component
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.periods import Order, Period, no_such_day, period_of
from coopcal.authoring.importing.spans import EARLIEST, LATEST
from coopcal.authoring.importing.spelling import folded
from coopcal.authoring.importing.weekly import weekly_of
from coopcal.authoring.text import Value
from coopcal.model.message import MONTHS, Message, msg

_YES = frozenset(
    ("true", "yes", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "si", "vero", "verdadeiro", "sim", "ein", "an", "on")
)  # fmt: skip
_SENSITIVE = frozenset(
    [
        "private",
        "confidential",
        "personal",
        "privat",
        "vertraulich",
        "personlich",
        "prive",
        "confidentiel",
        "personnel",
        "privado",
        "confidencial",
        "particular",
        "privato",
        "riservato",
        "personale",
        "pessoal",
    ]
)
"""How sensitive Outlook calls what is not for all."""

_NOTHING = frozenset(("", "-", "--", "/"))
_HTML = {";": "\\;", ",": "\\,", "\\": "\\\\", "\n": "\\n"}
_SHOWN = {
    "TRANSPARENT": "0 3 free frei disponible libre libero livre",
    "TENTATIVE": "1 tentative mit-vorbehalt provisoire provisional provvisorio provisorio",
    "OPAQUE": "2 4 5 busy gebucht beschaftigt occupe ocupado occupato out-of-office away abwesend absent absente fuera-de-la-oficina fuori-sede",
}  # fmt: skip
"""What Outlook shows a time as: its codes, and its words."""

_STATUS = {
    "CONFIRMED": "confirmed ok fixed live active scheduled started ended completed upcoming past fest bestatigt confirme confirmee confirmado confirmada confermato confermata publish published",
    "TENTATIVE": "tentative provisional vorlaufig unter-vorbehalt provisoire a-confirmer por-confirmar provvisorio da-confermare provisorio",
    "CANCELLED": "cancelled canceled abgesagt entfallt annule annulee cancelado cancelada annullato annullata",
    "DRAFT": "draft entwurf brouillon borrador bozza rascunho concept unpublished",
    "POSTPONED": "postponed verschoben reporte reportee aplazado aplazada pospuesto rinviato rinviata adiado adiada",
}  # fmt: skip
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


def event_of(line: int, row: Row, usual: Usual, losses: Losses) -> Component | None:
    """Return a VEVENT; None, told, where a row does not say when."""
    reader = _When(line, row, usual, losses)
    lines = reader.lines()
    if lines is None:
        return None
    made = Component(
        "VEVENT", line, [(line, each.encode()) for each in (*lines, *_texts(row), *_values(row))]
    )
    made.said = reader.said
    _state(made, line, row, losses)
    return made


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


def _texts(row: Row) -> list[str]:
    texts = []
    for name, column in (("SUMMARY", "title"), ("DESCRIPTION", "description"), ("LOCATION", "place")):
        for key in [column, *(each for each in row if each.startswith(f"{column}:"))]:
            said = _place(row, key) if name == "LOCATION" else row.get(key, "")
            language = key.partition(":")[2]
            if said or key == "title":
                texts.append(f"{name}{f';LANGUAGE={language}' if language else ''}:{escaped(said)}")
    for name, column in (("CONTACT", "contact"), ("COMMENT", "note")):
        if column in row:
            texts.append(f"{name}:{escaped(row[column])}")
    return texts


def _place(row: Row, key: str) -> str:
    """Return the place with its room, street, city and country, what is in it already but once."""
    written = ""
    parts = ("room", key, "address", "city", "country") if key == "place" else (key,)
    for part in filter(None, (row.get(name, "") for name in parts)):
        if part.casefold() not in written.casefold():
            written += f", {part}" if written else part
    return written


def _values(row: Row) -> list[str]:
    values = []
    if "tags" in row:
        tags = [escaped(tag) for tag in re.split(r"[;,|\n]", row["tags"]) if tag.strip()]
        values.append("CATEGORIES:" + ",".join(tags))
    values += [f"URL:{each}" for each in row.get("url", "").split("\n") if each.strip()]
    for name, column in (("UID", "uid"), ("CONFERENCE", "online"), ("RRULE", "rule"), ("GEO", "geo")):
        if column in row:
            values.append(f"{name}:{row[column].split(chr(10))[0]}")
    private = folded(row.get("private", "")) in _YES
    if private or folded(row.get("sensitivity", "")) in _SENSITIVE:
        values.append("CLASS:PRIVATE")
    return values


def _state(made: Component, line: int, row: Row, losses: Losses) -> None:
    status, shown = row.get("status", ""), row.get("shows-as", "")
    found, shown_as = _meant(status, _STATUS), _meant(shown, _SHOWN)
    if status and found is None:
        losses.tell(line, LossCode.BAD_VALUE, status, msg("no such status is known"))
    if shown and shown_as is None:
        losses.tell(line, LossCode.BAD_VALUE, shown, msg("it is not known how this shows the time"))
    if found == "POSTPONED":
        made.said["status"] = "postponed"
    elif found == "DRAFT":
        made.said["draft"] = "true"
    elif found or shown_as == "TENTATIVE":
        made.raw.append((line, f"STATUS:{found or shown_as}".encode()))
    if shown_as:
        made.raw.append((line, f"TRANSP:{'OPAQUE' if shown_as == 'TENTATIVE' else shown_as}".encode()))


def _meant(written: str, words: Mapping[str, str]) -> str | None:
    slug = folded(written).replace(" ", "-")
    return next((name for name, listed in words.items() if slug in listed.split()), None) if slug else None


def escaped(text: str) -> str:
    """Return a text as a value of iCalendar."""
    return "".join(_HTML.get(each, each) for each in text.replace("\r\n", "\n").replace("\r", "\n"))


class _When:
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
        all_day = folded(self._row.get("all-day", "")) in _YES
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
        found = clocks_of(clock) if clock not in _NOTHING else None
        if (clock not in _NOTHING and found is None and folded(clock) not in ALL_DAY) or (
            written not in _NOTHING and (period is None or (period.said and not period.counted))
        ):
            why = msg("it is no end that can be read; it was left out")
            self._losses.tell(self._line, LossCode.BAD_VALUE, clock or written, why)
        day = period.last if period and (period.counted or not period.said) else None
        if found and found.start.counted:
            self._fraction(clock, found.start)
        return day, found.start if found else None

    def _clocks(self, period: Period) -> tuple[Clocks | None, bool]:
        """Return when a row begins, and whether it says something of that which is no time."""
        written = self._row.get("start-time", "") or (period.said or "" if period.counted else period.behind)
        if written in _NOTHING:
            return None, False
        found = clocks_of(written)
        if found is None and folded(written) in ALL_DAY:
            self._losses.tell(self._line, LossCode.TIME_WORD, written, msg("it was read as a whole day"))
            return None, False
        if found is None:
            why = msg("it is no time, so the day stands alone, with its time open")
            self._losses.tell(self._line, LossCode.TIME_WORD, written, why)
            return None, True
        if found.start.counted:
            self._fraction(written, found.start)
        return found, False

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
        found = [self._moment("DTSTART", start, begin.offset)]
        if closes is not None:
            end = datetime.combine(last or day, closes.at) + timedelta(days=closes.midnight)
            offset = closes.offset or begin.offset
            if last is None and end <= start and offset == begin.offset:
                end += timedelta(days=1)
            found.append(self._moment("DTEND", end, offset))
        elif last is not None and last > day:
            self._losses.tell(
                self._line,
                LossCode.NO_END,
                f"{last}",
                msg("it says on which day it ends, and not when; the end was left out"),
            )
        elif length := self._length():
            found.append(f"DURATION:PT{length}M")
        return found

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
