"""When the clocks of a zone change, to the second."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coopcal.zones.database import canonical, zone

EARLIEST_YEAR, LATEST_YEAR = 2, 9996
"""Years around which ``datetime`` has room for a year more, in every zone."""

STRIDE = timedelta(days=3)
"""What passes between two looks at a zone: less than between any two changes of one, the nearest of which are six days apart."""

_SECOND = timedelta(seconds=1)
_DECADE = 10
"""Years that are walked and remembered at once: feeds begin in many years, and mostly share what follows."""


@dataclass(frozen=True, slots=True)
class Transition:
    """From the moment ``at`` (UTC) on, clocks are ``after`` ahead of UTC; until then they were ``before``.

    ``name`` is the zone's abbreviation from then on; ``dst`` tells whether it is summer time from then on: the
    larger one of two offsets that alternate, even where the law (Ireland's, Morocco's) calls that the
    standard time and the smaller one the exception.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    dst: bool


class _State(NamedTuple):
    """What holds in a zone from one transition to the next."""

    offset: timedelta
    saving: timedelta
    name: str


class _Period(NamedTuple):
    since: datetime
    state: _State
    summer: bool


def transitions(name: str, first_year: int, last_year: int) -> tuple[Transition, ...]:
    """Return every change of a zone's offset, abbreviation or summer time in these (UTC) years, in order."""
    known = canonical(name)
    return tuple(
        transition
        for decade in range(first_year // _DECADE * _DECADE, last_year + 1, _DECADE)
        for transition in _transitions(known, decade, decade + _DECADE - 1)
        if first_year <= transition.at.year <= last_year
    )


def opening(name: str, year: int) -> Transition:
    """Return what holds at the start of a year on the clocks of a zone, as a transition that changes nothing.

    Where clocks change at that very moment, or over it, it is what holds afterwards.
    """
    year = min(max(year, EARLIEST_YEAR), LATEST_YEAR)
    periods = _periods(canonical(name), year - 1, year)
    midnight = datetime(year, 1, 1, tzinfo=UTC)
    current = periods[0]
    for old, new in pairwise(periods):
        if new.since + old.state.offset <= midnight:
            current = new
    offset = current.state.offset
    return Transition(midnight - offset, offset, offset, current.state.name, current.summer)


@lru_cache(maxsize=4096)
def _transitions(name: str, first_year: int, last_year: int) -> tuple[Transition, ...]:
    return tuple(
        Transition(new.since, old.state.offset, new.state.offset, new.state.name, new.summer)
        for old, new in pairwise(_periods(name, first_year - 1, last_year))
        if first_year <= new.since.year <= last_year
    )


def _periods(name: str, first_year: int, last_year: int) -> list[_Period]:
    """Return what holds in a zone from the start of the first year on, for more than the years asked for.

    A saving of zero is summer time if a negative one follows it: hence the year more.
    """
    changes = _changes(zone(name), *_bounds(first_year, last_year + 1))
    following = [*(state.saving for _, state in changes[1:]), timedelta(0)]
    return [
        _Period(since, state, state.saving > timedelta(0) or (not state.saving and after < timedelta(0)))
        for (since, state), after in zip(changes, following, strict=True)
    ]


def _bounds(first_year: int, last_year: int) -> tuple[int, int]:
    first = min(max(first_year, EARLIEST_YEAR), LATEST_YEAR)
    return first, min(max(last_year, first), LATEST_YEAR + 1)


def _changes(tz: ZoneInfo, first_year: int, last_year: int) -> list[tuple[datetime, _State]]:
    """Walk a zone in strides; where both ends of one differ, find each change between them."""
    days = _days(first_year, last_year)
    shown = [day.astimezone(tz) for day in days]
    states = list(
        zip(
            map(datetime.utcoffset, shown), map(datetime.dst, shown), map(datetime.tzname, shown), strict=True
        )
    )
    changes = [(days[0], _state_at(days[0], tz))]
    for (low, old), (high, new) in pairwise(zip(days, states, strict=True)):
        if old != new:
            changes.extend(_changes_between(low, high, tz))
    return changes


def _changes_between(low: datetime, high: datetime, tz: ZoneInfo) -> Iterator[tuple[datetime, _State]]:
    state, last = _state_at(low, tz), _state_at(high, tz)
    while state != last:
        low = _first_unlike(state, low, high, tz)
        state = _state_at(low, tz)
        yield low, state


def _first_unlike(state: _State, low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """Find the second at which a state has ended, between a moment where it holds and one where it does not."""
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        if _state_at(middle, tz) == state:
            low = middle
        else:
            high = middle
    return high


def _state_at(moment: datetime, tz: ZoneInfo) -> _State:
    local = moment.astimezone(tz)
    return _State(local.utcoffset() or timedelta(0), local.dst() or timedelta(0), local.tzname() or "")


@lru_cache(maxsize=16)
def _days(first_year: int, last_year: int) -> tuple[datetime, ...]:
    """Return midnights (UTC), a stride apart, from the start of the first year to the end of the last one, which is there, too."""
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    return (*(start + number * STRIDE for number in range(-((start - end) // STRIDE))), end)
