"""One event, or one date of a series, as a file of its own: a copy for those who do not subscribe."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from coopcal.text import content_lines as lines

_PART = re.compile(rb"BEGIN:(VEVENT|VTIMEZONE)\r\n.*?\r\nEND:\1\r\n", re.DOTALL)
_LINE = re.compile(rb"([^\r\n]*(?:\r\n [^\r\n]*)*)\r\n")
_TZID = re.compile(rb";TZID=([^:;\r\n]*)")


def whole(feed: bytes, uids: Iterable[str]) -> bytes | None:
    """Return an event of a feed of ours with all its dates, which have these UIDs, as a calendar; None if none is there.

    Nothing is rendered anew.
    """
    wanted = {_value(lines.text("UID", uid), b"UID") for uid in uids}
    parts = _parts(feed)
    return _calendar(
        parts, [said for kind, said in parts if kind == b"VEVENT" and _value(said, b"UID") in wanted]
    )


def single(feed: bytes, uid: str, day: date) -> bytes | None:
    """Return the date of that original ``day`` of an event of a feed of ours as a calendar; None if it is not there.

    Nothing is rendered anew. The copy has a UID of its own, so that it does not stand for the series.
    """
    wanted = _value(lines.text("UID", uid), b"UID")
    parts = _parts(feed)
    events = [said for kind, said in parts if kind == b"VEVENT" and _value(said, b"UID") == wanted]
    return _calendar(parts, _of_day(events, uid, day))


def _parts(feed: bytes) -> list[tuple[bytes, bytes]]:
    return [(match[1], match[0]) for match in _PART.finditer(feed)]


def _calendar(parts: list[tuple[bytes, bytes]], events: list[bytes]) -> bytes | None:
    if not events:
        return None
    used = {zone for event in events for zone in _TZID.findall(event)}
    zones = [said for kind, said in parts if kind == b"VTIMEZONE" and _value(said, b"TZID") in used]
    head = (
        b"BEGIN:VCALENDAR\r\n",
        lines.raw("VERSION", "2.0"),
        lines.raw("PRODID", "-//coopcal//coopcal//EN"),
        lines.raw("CALSCALE", "GREGORIAN"),
    )
    return b"".join((*head, *zones, *events, b"END:VCALENDAR\r\n"))


def _of_day(events: list[bytes], uid: str, day: date) -> list[bytes]:
    sign = f"{day:%Y%m%d}".encode()
    for event in events:
        if (_value(event, b"RECURRENCE-ID") or b"").startswith(sign):
            return [_as_copy(event, uid, day, timedelta(0))]
    for event in events:
        start = _value(event, b"DTSTART")
        if start is not None and _value(event, b"RECURRENCE-ID") is None:
            first = datetime.strptime(start[:8].decode(), "%Y%m%d").date()  # noqa: DTZ007 - a day
            return [_as_copy(event, uid, day, day - first)]
    return []


def _as_copy(event: bytes, uid: str, day: date, by: timedelta) -> bytes:
    """Return a VEVENT some days later, without what makes it part of a series."""
    made = []
    for line in _LINE.findall(event):
        name = re.split(rb"[:;]", line, maxsplit=1)[0]
        if name == b"UID":
            left, at, domain = uid.rpartition("@")
            outer, *rest = (left or domain).split(".")
            made.append(
                lines.text(
                    "UID", f"{outer}+{day:%Y%m%d}{''.join(f'.{each}' for each in rest)}{at and at + domain}"
                )
            )
        elif name in (b"DTSTART", b"DTEND") and by:
            head, value = line.rsplit(b":", 1)
            moved = datetime.strptime(value[:8].decode(), "%Y%m%d") + by  # noqa: DTZ007 - a day
            made.append(head + b":" + f"{moved:%Y%m%d}".encode() + value[8:] + b"\r\n")
        elif name not in (b"RRULE", b"EXDATE", b"RECURRENCE-ID"):
            made.append(line + b"\r\n")
    return b"".join(made)


def _value(part: bytes, name: bytes) -> bytes | None:
    for line in _LINE.findall(part):
        if re.match(name + rb"[:;]", line):
            _, _, value = line.replace(b"\r\n ", b"").partition(b":")
            return bytes(value)
    return None
