"""A feed as its address asks for it: some of its events as they stand, with the time zones that these need, and reminders."""

from collections.abc import Callable
from datetime import datetime, timedelta

from coopcal.model.reminder import Reminder
from coopcal.site.component import END, Parts
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text import content_lines as lines
from coopcal.text.properties import folded_lines, named

Change = Callable[[bytes], bytes]

_END_OF_EVENT = b"END:VEVENT\r\n"
_DAY = "%Y%m%d"


def changed(entry: FeedEntry, change: Change) -> bytes:
    """Return a feed with something done to each VEVENT."""
    body, parts = entry.bodies["identity"].content, _parts(entry)
    begin, end = parts.end - sum(parts.lengths), parts.end
    return b"".join((body[:begin], *(change(event) for _, event in parts.events(body)), body[end:]))


def narrowed(
    site: Site, entry: FeedEntry, uids: frozenset[str], source: str, change: Change = lambda event: event
) -> bytes:
    """Return a feed with the events of those ``uids`` alone, to be found at ``source``.

    A word at a date from which something was moved and the end of registration go with their event, and the notice that a
    feed is closed stays whatever is asked for. No event is rendered anew: each keeps its bytes and stamps, but for the
    ``change``. A feed without events has a VTIMEZONE, as it needs one component at least (clients.md 8.3).
    """
    body, parts = entry.bodies["identity"].content, _parts(entry)
    events = list(parts.events(body, parts.of_events(uids)))
    used = {zone for component, _ in events for zone in component.zones}
    timezones = list(parts.timezones(body))
    kept = [timezone for zone, timezone in timezones if zone in used]
    if not kept and not events:
        kept = [timezone for _, timezone in timezones[:1]] or [site.timezones[entry.timezone]]
    heading = _found_at(source, body[: parts.heading])
    return b"".join((heading, *kept, *(change(event) for _, event in events), END))


def _parts(entry: FeedEntry) -> Parts:
    assert entry.parts is not None, "a calendar has parts"
    return entry.parts


def _found_at(source: str, heading: bytes) -> bytes:
    """Return a heading with another SOURCE."""
    moved = lines.raw("SOURCE", source, VALUE="URI")
    return b"".join(moved if line.startswith(b"SOURCE;") else line for line in folded_lines(heading))


def with_reminder(event: bytes, reminder: Reminder) -> bytes:
    """Return a VEVENT of ours with a reminder (VALARM, RFC 5545, 3.6.6), where it is not cancelled; all other bytes stay.

    Never by default: they ring for everyone who subscribes with ICSx5 (clients.md 8.1).
    """
    properties = named(event, "DTSTART", "SUMMARY", "STATUS")
    if "STATUS" in properties and properties["STATUS"].value == "CANCELLED":
        return event
    start = properties["DTSTART"]
    whole_day = start.parameters.get("VALUE") == "DATE"
    written = start.value.removesuffix("Z")
    begins = datetime.strptime(written, _DAY if whole_day else f"{_DAY}T%H%M%S")  # noqa: DTZ007 - local
    summary = properties["SUMMARY"].value if "SUMMARY" in properties else ""
    alarm = _alarm(summary, reminder.trigger(begins, whole_day=whole_day))
    return event.removesuffix(_END_OF_EVENT) + alarm + _END_OF_EVENT


def _alarm(summary: str, trigger: timedelta) -> bytes:
    return b"".join(
        (
            b"BEGIN:VALARM\r\n",
            lines.raw("ACTION", "DISPLAY"),
            lines.duration("TRIGGER", trigger),
            lines.raw("DESCRIPTION", summary),
            b"END:VALARM\r\n",
        )
    )
