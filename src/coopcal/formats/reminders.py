"""Reminders for those who ask: a VALARM in an event (RFC 5545, 3.6.6).

Never by default: they ring for everyone who subscribes with ICSx5 (clients.md 8.1).
"""

from datetime import datetime, timedelta

from coopcal.text import content_lines as lines
from coopcal.text.properties import named
from coopcal.views.reminder import Reminder

_END = b"END:VEVENT\r\n"
_DAY = "%Y%m%d"


def with_reminder(event: bytes, reminder: Reminder) -> bytes:
    """Return a VEVENT of ours with a reminder, where it is not cancelled; all other bytes stay."""
    properties = named(event, "DTSTART", "SUMMARY", "STATUS")
    if "STATUS" in properties and properties["STATUS"].value == "CANCELLED":
        return event
    start = properties["DTSTART"]
    whole_day = start.parameters.get("VALUE") == "DATE"
    written = start.value.removesuffix("Z")
    begins = datetime.strptime(written, _DAY if whole_day else f"{_DAY}T%H%M%S")  # noqa: DTZ007 - local
    summary = properties["SUMMARY"].value if "SUMMARY" in properties else ""
    alarm = _alarm(summary, reminder.trigger(begins, whole_day=whole_day))
    return event.removesuffix(_END) + alarm + _END


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
