"""The same on another day: what clocks on the wall show stays as it is."""

from datetime import date, datetime, timedelta

from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, When, WholeDays, days_of
from coopcal.zones import localise, zone


def day_of(when: When) -> date:
    """Return the day on which a date of a series lies, and by which it is named."""
    match when:
        case Timed(start=start):
            return start.date()
        case Deadline(at=at):
            return at.date()
        case _:
            return days_of(when)[0]


def shifted(when: When, day: date) -> When:
    """Return the same ``when`` on another day: its times on the wall stay, whatever the clocks do in between."""
    by = day - day_of(when)
    match when:
        case WholeDays(first, last, hours):
            return WholeDays(first + by, last + by, hours)
        case DayOnly():
            return DayOnly(day)
        case Deadline(at, timezone):
            return Deadline(on_the_wall(at, by, timezone), timezone)
        case Timed(start, end, usual_end, timezone):
            moved = on_the_wall(usual_end, by, timezone)
            stated = moved if end is usual_end else on_the_wall(end, by, timezone) if end else None
            return Timed(on_the_wall(start, by, timezone), stated, moved, timezone)
        case Imprecise():
            raise ValueError("An imprecise date does not recur")


def on_the_wall(moment: datetime, by: timedelta, timezone: str) -> datetime:
    """Return the moment some days later at which clocks show the same; the first of two, what follows a gap."""
    local = moment.replace(tzinfo=None, fold=0) + by
    readings = localise(local, timezone)
    if readings:
        return readings[0]
    return local.replace(tzinfo=zone(timezone)).astimezone(zone("UTC")).astimezone(moment.tzinfo)
