"""When somebody who asks for it is reminded of an event."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EVENING = timedelta(hours=18)
MORNING = timedelta(hours=8)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONGEST = timedelta(days=30)

BEFORE = re.compile(r"P(?=.)(?:(\d)W)?(?:(\d{1,2})D)?(?:T(?=.)(?:(\d{1,3})H)?(?:(\d{1,5})M)?)?", re.ASCII)
"""How long before, as it is written (ISO 8601)."""


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
        match = BEFORE.fullmatch(written)
        if match is None:
            return None
        weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
        before = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        return Reminder(before) if before <= LONGEST else None

    def trigger(self, start: datetime, *, whole_day: bool) -> timedelta:
        """Return when it rings, from the start (local time; midnight for whole days).

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
