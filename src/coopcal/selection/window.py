"""Which days a feed's window holds, and when that turns."""

from datetime import date, timedelta
from functools import lru_cache

from coopcal.model.feed import Between, Window
from coopcal.model.when import Length, later


def inside(days: tuple[date, date], window: Window, today: date) -> tuple[bool, date | None]:
    """Return whether what touches some days, from the first to the last, stands in the window today, and the next day on which that turns."""
    if not isinstance(window, Between):
        return True, None
    first, last = days
    enters = _first_day_seeing(first, window.future) if window.future else date.min
    leaves = first_day_past(last, window.past) if window.past else date.max
    if today < enters:
        return False, enters if enters < leaves else None
    if today < leaves:
        return True, leaves if leaves < date.max else None
    return False, None


@lru_cache(maxsize=4096)
def _first_day_seeing(day: date, future: Length) -> date:
    turn = later(day, future, -1)
    while later(turn, future, 1) >= day:
        turn -= timedelta(days=1)
    while later(turn, future, 1) < day:
        turn += timedelta(days=1)
    return turn


@lru_cache(maxsize=4096)
def first_day_past(day: date, past: Length) -> date:
    """Return the first day on which something is over for longer than a length that was on ``day`` last; date.max: never."""
    turn = later(day, past, 1)
    while later(turn, past, -1) > day:
        turn -= timedelta(days=1)
    while turn < date.max and later(turn, past, -1) <= day:
        turn += timedelta(days=1)
    return turn
