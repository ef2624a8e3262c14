"""Reminders for those who ask: a feed's bytes with a VALARM in each event (RFC 5545, 3.6.6).

Never by default: they ring for everyone who subscribes with ICSx5 (clients.md 8.1).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coopcal.emit import lines

EVENING = timedelta(hours=18)
MORNING = timedelta(hours=8)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONGEST = timedelta(days=30)

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", re.DOTALL)
_END = b"END:VEVENT\r\n"
_START = re.compile(rb"\r\nDTSTART(?:;[^:\r\n]*)?:(\d{8})(?:T(\d{6}))?")
_SUMMARY = re.compile(r"\r\nSUMMARY(?:;[^:\r\n]*)?:([^\r\n]*)")
_DURATION = re.compile(r"P(?:(\d{1,2})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,5})M)?)?")


class Moment(StrEnum):
    """A time of day at which to be reminded."""

    EVENING = "evening"
    MORNING = "morning"


@dataclass(frozen=True, slots=True)
class Reminder:
    """When to be reminded: at a time of day, or so long before the start."""

    at: Moment | timedelta

    @staticmethod
    def of(written: str) -> "Reminder | None":
        """Read ``evening``, ``morning`` or an ISO 8601 duration of at most 30 days; None for anything else."""
        if written in list(Moment):
            return Reminder(Moment(written))
        match = _DURATION.fullmatch(written)
        if match is None or not any(match.groups()):
            return None
        days, hours, minutes = (int(part or 0) for part in match.groups())
        before = timedelta(days=days, hours=hours, minutes=minutes)
        return Reminder(before) if before <= LONGEST else None

    def trigger(self, start: datetime, *, whole_day: bool) -> timedelta:
        """Give when it rings, from the start (local time; midnight for whole days).

        Evening is 18:00 of the day before, morning 08:00 of the day, or an hour before what starts earlier. For
        whole days a time before the start means the evening so many days before, as nobody is woken at midnight.
        """
        clock = timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
        match self.at:
            case Moment.EVENING:
                return EVENING - DAY - clock
            case Moment.MORNING:
                return MORNING - clock if whole_day or clock >= MORNING else -HOUR
            case before:
                return EVENING - DAY * max(before.days, 1) if whole_day else -before


def with_reminders(feed: bytes, reminder: Reminder) -> bytes:
    """Give a feed of ours with a reminder in each event that is not cancelled; all other bytes stay."""

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
