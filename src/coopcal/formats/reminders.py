"""Reminders for those who ask: a feed's bytes with a VALARM in each event (RFC 5545, 3.6.6).

Never by default: they ring for everyone who subscribes with ICSx5 (clients.md 8.1).
"""

import re
from datetime import datetime, timedelta

from coopcal.text import content_lines as lines
from coopcal.views.reminder import Reminder

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", re.DOTALL)
_END = b"END:VEVENT\r\n"
_START = re.compile(rb"\r\nDTSTART(?:;[^:\r\n]*)?:(\d{8})(?:T(\d{6}))?")
_SUMMARY = re.compile(r"\r\nSUMMARY(?:;[^:\r\n]*)?:([^\r\n]*)")


def with_reminders(feed: bytes, reminder: Reminder) -> bytes:
    """Return a feed of ours with a reminder in each event that is not cancelled; all other bytes stay."""

    def reminded(match: re.Match[bytes]) -> bytes:
        event = match[0]
        start = _START.search(event)
        if start is None or b"\r\nSTATUS:CANCELLED\r\n" in event:
            return event
        begins = datetime.strptime((start[1] + (start[2] or b"000000")).decode(), "%Y%m%d%H%M%S")  # noqa: DTZ007 - local
        alarm = _alarm(event, reminder.trigger(begins, whole_day=start[2] is None))
        return event[: -len(_END)] + alarm + _END

    return _EVENT.sub(reminded, feed)


def _alarm(event: bytes, trigger: timedelta) -> bytes:
    summary = _SUMMARY.search(event.replace(b"\r\n ", b"").decode())
    return b"".join(
        (
            b"BEGIN:VALARM\r\n",
            lines.raw("ACTION", "DISPLAY"),
            lines.duration("TRIGGER", trigger),
            lines.raw("DESCRIPTION", summary[1] if summary else ""),
            b"END:VALARM\r\n",
        )
    )
