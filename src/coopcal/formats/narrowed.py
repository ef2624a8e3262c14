"""A part of a feed: some of its events as they stand, with the time zones that these need."""

import re
from collections.abc import Container

from coopcal.compile.render.vcalendar import EMPTY_SINCE
from coopcal.compile.render.vtimezone import vtimezone
from coopcal.model.identity import CLOSES
from coopcal.text import content_lines as lines

_PART = re.compile(rb"BEGIN:(VEVENT|VTIMEZONE)\r\n.*?\r\nEND:\1\r\n", re.DOTALL)
_UID = re.compile(rb"\r\nUID(?:;[^:\r\n]*)?:([^\r\n]*)")
_TZID = re.compile(rb"\r\nTZID:([^\r\n]*)")
_USED = re.compile(rb";TZID=([^:;\r\n]*)")
_SOURCE = re.compile(rb"\r\nSOURCE;VALUE=URI:(?:[^\r]|\r\n )*")
_WITH_EVENT = re.compile(rf"[+-](?:moved\d{{8}}|{CLOSES}(?:\d{{8}})?)")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


def narrowed(feed: bytes, uids: Container[str], source: str, timezone: str, always: str) -> bytes:
    """Return a feed of ours with the events of those ``uids`` alone, to be found at ``source``.

    A word at a date from which something was moved and the end of registration go with the event, and an event whose UID begins with ``always``,
    which says that the feed is closed, stays whatever is asked for. No event is rendered anew: each keeps its bytes and stamps. A feed without events has a
    VTIMEZONE, of ``timezone`` where it had none, as it needs one component at least (clients.md 8.3).
    """
    parts = [(match, match[0].replace(b"\r\n ", b"")) for match in _PART.finditer(feed)]
    events = [
        match
        for match, said in parts
        if match[1] == b"VEVENT" and ((uid := _uid(said)) in uids or uid.startswith(always))
    ]
    zones = [
        (match, found[1])
        for match, said in parts
        if (found := _TZID.search(said)) and match[1] == b"VTIMEZONE"
    ]
    used = {zone for event in events for zone in _USED.findall(event[0].replace(b"\r\n ", b""))}
    kept = [match[0] for match, zone in zones if zone in used]
    if not kept and not events:
        kept = [match[0] for match, _ in zones[:1]] or [vtimezone(timezone, EMPTY_SINCE)]
    first, last = (parts[0][0].start(), parts[-1][0].end()) if parts else (len(feed), len(feed))
    head = _SOURCE.sub(
        lambda _: b"\r\n" + lines.raw("SOURCE", source, VALUE="URI").rstrip(b"\r\n"), feed[:first]
    )
    return b"".join((head, *kept, *(event[0] for event in events), feed[last:]))


def _uid(event: bytes) -> str:
    found = _UID.search(event)
    return _WITH_EVENT.sub("", _ESCAPED.sub(rb"\1", found[1]).decode()) if found else ""
