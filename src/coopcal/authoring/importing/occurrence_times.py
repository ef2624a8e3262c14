"""When an occurrence is, read from its record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coopcal import zones
from coopcal.authoring.importing.record_values import Record, text
from coopcal.authoring.importing.spans import EARLIEST, LATEST, as_written

_DEADLINE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class When:
    """When an occurrence is: DTSTART's parameters and value, what ends it, its first day, and the same as ``when``.

    ``is_unsayable``: no property of a VEVENT says it.
    """

    start: str
    ends: tuple[str, ...]
    first: str
    length: timedelta | None
    said: str | None = None
    is_unsayable: bool = False


def when_of(record: Record) -> When | None:
    """Return when an occurrence is; None where its record does not say so."""
    first, last = (_day(text(record, name)) for name in ("first_day", "last_day"))
    kind, zone = text(record, "kind"), text(record, "timezone") or "UTC"
    start, end, closes = (_moment(text(record, name), zone) for name in ("start", "end", "closes"))
    match kind:
        case "timed" if start is not None:
            written = as_written(start, end, zone)
            ends = (_line("DTEND", end, zone),) if end else ("DURATION:PT1H",)
            return When(
                _line("", start, zone), ends, f"{start:%Y-%m-%d}", end - start if end else None, written
            )
        case "deadline" if closes is not None:
            written = f"until {as_written(closes, None, zone)}"
            return When(
                _line("", closes - _DEADLINE, zone),
                (_line("DTEND", closes, zone),),
                f"{closes:%Y-%m-%d}",
                _DEADLINE,
                written,
                is_unsayable=True,
            )
        case _ if first is None:
            return None
        case "day":
            return _days(first, first, f"{first} ??:??")
        case "imprecise":
            return _days(first, last or first, _imprecise(first, last or first))
        case "days":
            return _days(first, last or first, None)
        case _:
            return None


def _days(first: date, last: date, written: str | None) -> When:
    after = max(first, last) + timedelta(days=1)
    ends = (f"DTEND;VALUE=DATE:{after:%Y%m%d}",)
    return When(f";VALUE=DATE:{first:%Y%m%d}", ends, f"{first}", after - first, written, written is not None)


def _imprecise(first: date, last: date) -> str:
    """Return months, or years, for the days that they allow."""
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return f"{first}~/{last}~" if first != last else f"{first}~"
    form = "%Y" if first.month == 1 and after.month == 1 else "%Y-%m"
    begin, end = f"{first:{form}}", f"{last:{form}}"
    return begin if begin == end else f"{begin}/{end}"


def _line(name: str, at: datetime, zone: str) -> str:
    return f'{name};TZID="{zone}":{at:%Y%m%dT%H%M%S}'


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return day if EARLIEST < day.year < LATEST else None


def _moment(written: str, zone: str) -> datetime | None:
    """Return an aware moment; what has no offset is local."""
    try:
        moment = datetime.fromisoformat(written)
        if not EARLIEST < moment.year < LATEST:
            return None
        if moment.tzinfo is None:
            return zones.localise(moment, zone)[0]
        return moment.astimezone(zones.zone(zone))
    except (ValueError, KeyError, IndexError, OverflowError):
        return None
