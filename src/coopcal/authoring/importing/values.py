"""Values of iCalendar (RFC 5545, 3.3): days and times, durations and texts, also as programs get them wrong."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coopcal.authoring.importing.lines import Line

UTC_ID = "UTC"

_OFFSET = re.compile(r"([+-])?(\d{2}):?(\d{2})(?::?(\d{2}))?")

_TIME = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?"
)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_TWICE = re.compile(r"\\[,;]")
_OTHER_ESCAPES = re.compile(r"\\[^,;nN\\\"]")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as written: what clocks show, and the TZID that it stands in (None where it floats)."""

    local: datetime
    tzid: str | None


Moment = date | Clock
"""A day, or a time. A ``datetime`` is never meant by ``date`` here."""


def day_of(moment: Moment) -> date:
    """Return the day of a moment, on its own clocks."""
    return moment.local.date() if isinstance(moment, Clock) else moment


def moment(text: str, tzid: str = "") -> Moment | None:
    """Read a DATE or DATE-TIME; None for anything else."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        hour, minute, second = int(match[4]), int(match[5]), min(int(match[6] or 0), 59)
        local = datetime.combine(day, time(hour % 24, minute, second))
        if hour == 24:  # noqa: PLR2004 - some write midnight so
            local += timedelta(days=1)
        elif hour > 24:  # noqa: PLR2004
            return None
        zone = match[7] or ""
        if zone in ("Z", "z"):
            return Clock(local, UTC_ID)
        if zone:
            ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            return Clock(local - ahead if zone[0] == "+" else local + ahead, UTC_ID)
    except (ValueError, OverflowError):
        return None
    return Clock(local, tzid or None)


def moments(line: Line) -> list[Moment | tuple[Moment, Moment | timedelta] | None]:
    """Read the list of days, times or periods of an EXDATE or RDATE; None for each that is none."""
    read: list[Moment | tuple[Moment, Moment | timedelta] | None] = []
    for text in re.split(r"\\?[,;]", line.value):  # vCalendar 1.0 parts them by semicolons
        if not text.strip():
            continue
        start, slash, end = text.partition("/")
        begins = moment(start, line.tzid)
        if not slash or begins is None:
            read.append(begins)
            continue
        stops = duration(end) if end.lstrip("+-").startswith("P") else moment(end, line.tzid)
        read.append(begins if stops is None else (begins, stops))
    return read


def duration(text: str) -> timedelta | None:
    """Read a DURATION; None for anything else."""
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if match[1] == "-" else length


def offset_of(text: str) -> timedelta | None:
    """Read a UTC-OFFSET; None for anything else, and for what is a day or more."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return None if ahead >= timedelta(days=1) else -ahead if match[1] == "-" else ahead


def text(value: str) -> str:
    """Return a TEXT without its escapes; those of one that was escaped twice are taken out twice."""
    written = _unescaped(value)
    if _ESCAPED_TWICE.search(written) and not _OTHER_ESCAPES.search(written):
        written = _unescaped(written)
    return written.replace("\r\n", "\n").replace("\r", "\n").strip()


def texts(value: str) -> list[str]:
    """Return the TEXTs of a list, parted by commas that are not escaped."""
    return [written for part in re.split(r"(?<!\\),", value) if (written := text(part))]


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(_meant, value)


def _meant(escape: re.Match[str]) -> str:
    if escape[1] in "nN":
        return "\n"
    return escape[1] if escape[1] in ',;\\":' else escape[0]
