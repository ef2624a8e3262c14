"""One event, or one date of a series, as a file of its own: a copy for those who do not subscribe."""

from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta

from coopcal.site.component import END, Component
from coopcal.site.index import FeedEntry
from coopcal.text import content_lines as lines
from coopcal.text.properties import folded_lines, name_of, named

_DAY = "%Y%m%d"


def whole(entry: FeedEntry, uids: Iterable[str]) -> bytes | None:
    """Return an event of a feed with all its dates, which have these UIDs, as a calendar; None if none is there.

    Nothing is rendered anew.
    """
    events = _events(entry, uids)
    zones = {zone for component, _ in events for zone in component.zones}
    return _calendar(entry, zones, [content for _, content in events])


def single(entry: FeedEntry, uid: str, day: date) -> bytes | None:
    """Return the date of that original ``day`` of an event of a feed as a calendar; None if it is not there.

    Nothing is rendered anew. The copy has a UID of its own, so that it does not stand for the series.
    """
    events = _events(entry, [uid])
    override = next((content for component, content in events if component.day == day), None)
    if override is not None:
        return _copy(entry, _as_copy(override, uid, day, timedelta(0)))
    master = next((content for component, content in events if component.day is None), None)
    if master is None:
        return None
    start = named(master, "DTSTART")["DTSTART"].value
    first = datetime.strptime(start[:8], _DAY).date()  # noqa: DTZ007 - a day
    return _copy(entry, _as_copy(master, uid, day, day - first))


def _events(entry: FeedEntry, uids: Iterable[str]) -> list[tuple[Component, bytes]]:
    if entry.parts is None:
        return []
    return list(entry.parts.events(entry.bodies["identity"].content, entry.parts.with_uids(uids)))


def _copy(entry: FeedEntry, event: bytes) -> bytes | None:
    """Return a calendar of one VEVENT, which may use other zones than as a date of its series."""
    times = named(event, "DTSTART", "DTEND").values()
    return _calendar(entry, {time.parameters.get("TZID", "") for time in times}, [event])


def _calendar(entry: FeedEntry, zones: Container[str], events: list[bytes]) -> bytes | None:
    if not events or entry.parts is None:
        return None
    timezones = entry.parts.timezones(entry.bodies["identity"].content)
    head = (
        b"BEGIN:VCALENDAR\r\n",
        lines.raw("VERSION", "2.0"),
        lines.raw("PRODID", "-//coopcal//coopcal//EN"),
        lines.raw("CALSCALE", "GREGORIAN"),
    )
    kept = (timezone for zone, timezone in timezones if zone in zones)
    return b"".join((*head, *kept, *events, END))


def _as_copy(event: bytes, uid: str, day: date, by: timedelta) -> bytes:
    """Return a VEVENT some days later, without what makes it part of a series."""
    made = []
    for line in folded_lines(event):
        name = name_of(line)
        if name == b"UID":
            made.append(lines.text("UID", _uid_of_copy(uid, day)))
        elif name in (b"DTSTART", b"DTEND") and by:
            head, value = line.rsplit(b":", 1)
            moved = datetime.strptime(value[:8].decode(), _DAY) + by  # noqa: DTZ007 - a day
            made.append(head + b":" + f"{moved:{_DAY}}".encode() + value[8:])
        elif name not in (b"RRULE", b"EXDATE", b"RECURRENCE-ID"):
            made.append(line)
    return b"".join(made)


def _uid_of_copy(uid: str, day: date) -> str:
    left, at, domain = uid.rpartition("@")
    outer, *rest = (left or domain).split(".")
    inner = "".join(f".{part}" for part in rest)
    return f"{outer}+{day:{_DAY}}{inner}{at and at + domain}"
