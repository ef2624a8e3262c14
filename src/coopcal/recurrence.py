"""The dates of a recurring event, from its rule (RFC 5545, 3.3.10); every expansion is bounded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from threading import Lock
from typing import Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from coopcal import zones
from coopcal.model.entry import Entry
from coopcal.model.event import Recurrence, Recurring
from coopcal.model.happening import Details, Status
from coopcal.model.recurrence import Frequency, Rule
from coopcal.model.when import QUARTER, Deadline, Timed, When, days_of
from coopcal.zones.shift import day_of, shifted
from coopcal.zones.transitions import transitions

HORIZON = 60
"""Years after its first date that a rule is followed at most; one that ends ends before."""

FORESEEN = 20
"""Years after its first date for which a rule without end is held against changes of the clocks."""

_FREQUENCIES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    Frequency.DAILY: DAILY,
    Frequency.WEEKLY: WEEKLY,
    Frequency.MONTHLY: MONTHLY,
    Frequency.YEARLY: YEARLY,
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of what is written: the day that its rule gives, and what takes place of it."""

    day: date
    details: Details


class Days:
    """The days that a rule gives from its first one on, found as far as they are asked for.

    All threads share it: one at a time goes on, and those that read meet days that are there already.
    """

    def __init__(self, rule: Rule, first: date) -> None:
        self._lock = Lock()
        self._end = years_after(first, HORIZON)
        self._coming = _generated(rule, first, self._end)
        self._days: list[date] = []
        self._known: set[date] = set()
        self._done = False

    def __contains__(self, day: date) -> bool:
        """Return whether the rule gives that day."""
        self._find(day)
        return day in self._known

    def between(self, first: date, last: date) -> list[date]:
        """Return the days from ``first`` to ``last``, both included."""
        self._find(last)
        return [day for day in self._days if first <= day <= last]

    def before_and_after(self, day: date) -> tuple[date | None, date | None]:
        """Return the last of the days before one, and the first after it."""
        after = next(iter(self.between(day + _DAY, min(years_after(day, 10), self._end))), None)
        return next((known for known in reversed(self._days) if known < day), None), after

    def number(self, count: int) -> date | None:
        """Return the day with that number (from 1); None where there are fewer up to the horizon."""
        self._find(self._end, count)
        return self._days[count - 1] if len(self._days) >= count else None

    def _find(self, until: date, count: int | None = None) -> None:
        with self._lock:
            while not self._done and (not self._days or self._days[-1] <= until):
                if count is not None and len(self._days) >= count:
                    return
                day = next(self._coming, None)
                if day is None:
                    self._done = True
                    return
                self._known.add(day)
                self._days.append(day)


def years_after(day: date, years: int) -> date:
    """Return the first day of a month that lies some years after a day."""
    return date(min(day.year + years, date.max.year - 1), day.month, 1)


@lru_cache(maxsize=2048)
def days(rule: Rule, first: date) -> Days:
    """Return the days of a rule; its first one need not be ``first``."""
    return Days(rule, first)


def _generated(rule: Rule, first: date, end: date) -> Iterator[date]:
    moments = rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(first, time(0)),
        interval=rule.interval,
        wkst=weekday(rule.week_start),
        until=datetime.combine(end, time(0)),
        bysetpos=rule.positions or None,
        bymonth=rule.months or None,
        bymonthday=rule.month_days or None,
        byweekday=[weekday(day.weekday, day.nth or None) for day in rule.weekdays] or None,
        cache=False,
    )
    given = (moment.date() for moment in moments)
    return given if rule.is_odd is None else (day for day in given if _is_odd(day) is rule.is_odd)


def _is_odd(day: date) -> bool:
    """Return whether the week that a day is in has an odd number (ISO 8601)."""
    return bool(day.isocalendar().week % 2)


def days_until(when: When, recurrence: Recurrence, last: date) -> list[date]:
    """Return the days that the rule gives up to ``last``, those that are excepted or overridden too."""
    first = day_of(when)
    return days(recurrence.rule, first).between(first, min(last, recurrence.last or last))


def occurrences(entry: Entry, first: date, last: date) -> Iterator[Occurrence]:
    """Return what takes place of something from ``first`` to ``last`` (local days), by original date.

    A date counts where any day of it lies in the range, wherever it was moved to. Further dates are apart.
    """
    for day, when, details in _dates(entry, first, last):
        yield Occurrence(day, details if when is details.when else replace(details, when=when))


def whens(entry: Entry, first: date, last: date) -> Iterator[When]:
    """Return when these occurrences are, without all else that is shown of them."""
    return (when for _, when, _ in _dates(entry, first, last))


def _dates(entry: Entry, first: date, last: date) -> Iterator[tuple[date, When, Details]]:
    """Return the original day of each occurrence, when it is, and the details that it has but for that."""
    when = entry.details.when
    if not isinstance(entry, Recurring):
        if _touches(when, first, last):
            yield day_of(when), when, entry.details
        return
    recurrence = entry.recurrence
    excepted = {excepted.day for excepted in recurrence.exception_dates}
    overrides = {override.day: override.details for override in recurrence.overrides}
    begins, ends = days_of(when)
    for day in sorted(set(days_until(when, recurrence, last)) - excepted | overrides.keys()):
        if day in overrides:
            details = overrides[day]
            own = details.when
        elif day + (ends - begins) < first - _DAY:
            continue
        else:
            details, own = entry.details, shifted(when, day)
        if _touches(own, first, last):
            yield day, own, details


def on_day(details: Details, day: date) -> Details:
    """Return the same on another day."""
    return replace(details, when=shifted(details.when, day))


def _touches(when: When, first: date, last: date) -> bool:
    begins, ends = days_of(when)
    return begins <= last and ends >= first


def span(when: Timed | Deadline) -> tuple[datetime, datetime]:
    """Return the start and the end that calendars show."""
    if isinstance(when, Timed):
        return when.start, when.usual_end
    return (when.at.astimezone(zones.zone("UTC")) - QUARTER).astimezone(when.at.tzinfo), when.at


def _on_clocks(when: Timed | Deadline) -> tuple[datetime, datetime]:
    """Return what clocks show (naive) at the start and the end on any day on which they are not changed."""
    start, end = (moment.replace(tzinfo=None, fold=0) for moment in span(when))
    return (end - QUARTER if isinstance(when, Deadline) else start), end


def standing_days(when: When, recurrence: Recurrence, hidden: frozenset[date], last: date) -> list[date]:
    """Return the days up to ``last`` on which something takes place; ``hidden`` ones are left out like exception dates."""
    out = hidden | {excepted.day for excepted in recurrence.exception_dates}
    return [day for day in days_until(when, recurrence, last) if day not in out]


def cancelled_days(details: Details, recurrence: Recurrence) -> frozenset[date]:
    """Return the dates that are cancelled: single ones of a series, or all of one with an end that is itself."""
    off = frozenset(
        override.day for override in recurrence.overrides if override.details.status is Status.CANCELLED
    )
    if details.status is not Status.CANCELLED or recurrence.last is None:
        return off
    kept = {override.day for override in recurrence.overrides} - off
    return frozenset(days_until(details.when, recurrence, recurrence.last)) - kept


def first_standing(when: When, recurrence: Recurrence, hidden: frozenset[date] = frozenset()) -> date | None:
    """Return the first day on which something takes place; None where nothing ever does."""
    out = hidden | {excepted.day for excepted in recurrence.exception_dates}
    day: date | None = day_of(when)
    given = days(recurrence.rule, day_of(when))
    while day is not None and day in out:
        _, day = given.before_and_after(day)
    return None if day is None or (recurrence.last and day > recurrence.last) else day


def amiss(when: When, recurrence: Recurrence) -> list[date]:
    """Return the days on which the clocks skip or repeat the start or the end of what takes place as usual."""
    return [day for day in _at_changes(when, recurrence) if _skipped(when, day)]


def over_changes(when: When, recurrence: Recurrence) -> list[date]:
    """Return the days on which what takes place as usual goes on over a change of the clocks.

    Parsers differ on whether such a date keeps its length or its end on the wall, so it must say both.
    """
    return [day for day in _at_changes(when, recurrence) if _lengthened(when, day)]


def misread(when: When, recurrence: Recurrence) -> date | None:
    """Return a day on which the clocks skip the time of day at which a series begins, and some readers err.

    A date on that day cannot be excepted or changed, as readers take it, but not its EXDATE or RECURRENCE-ID, for an
    hour later. libical goes from one month to the next over days on which nothing takes place; where the clocks skip
    the time on such a day, it is an hour off for the rest of the month.
    """
    if not isinstance(when, Timed | Deadline):
        return None
    first = day_of(when)
    last = recurrence.last or years_after(first, FORESEEN)
    clock = _on_clocks(when)[0].time()
    monthly = recurrence.rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    for day in _skipping(when.timezone, clock, first.year, last.year):
        if monthly or (day <= last and day in days(recurrence.rule, first)):
            return day
    return None


@lru_cache(maxsize=1024)
def _skipping(timezone: str, clock: time, first_year: int, last_year: int) -> tuple[date, ...]:
    """Return the days on which the clocks of a zone are put forward over a time of day."""
    forward = (
        change for change in transitions(timezone, first_year, last_year) if change.before < change.after
    )
    changed = ((change.at + change.before).date() for change in forward)
    return tuple(day for day in changed if not zones.localise(datetime.combine(day, clock), timezone))


def meets_change(when: When, day: date) -> bool:
    """Return whether the clocks change over what takes place as usual on a day, so that no series can begin then."""
    return isinstance(when, Timed | Deadline) and (_skipped(when, day) or _lengthened(when, day))


def _skipped(when: When, day: date) -> bool:
    by, timed = day - day_of(when), _timed(when)
    return any(len(zones.localise(moment + by, timed.timezone)) != 1 for moment in _on_clocks(timed))


def _lengthened(when: When, day: date) -> bool:
    begins, stops = span(_timed(shifted(when, day)))
    return begins.utcoffset() != stops.utcoffset()


def _timed(when: When) -> Timed | Deadline:
    assert isinstance(when, Timed | Deadline)
    return when


def _at_changes(when: When, recurrence: Recurrence) -> list[date]:
    """Return the days, not excepted and not overridden, on which the clocks change while something takes place."""
    if not isinstance(when, Timed | Deadline):
        return []
    first = day_of(when)
    last = recurrence.last or years_after(first, FORESEEN)
    begins, stops = (moment - datetime.combine(first, time(0)) for moment in _on_clocks(when))
    candidates = _candidates(when.timezone, first.year, last.year, begins, stops)
    inside = [day for day in candidates if first <= day <= last]
    if not inside:
        return []
    apart, given = recurrence.days_apart, days(recurrence.rule, first)
    return [day for day in inside if day not in apart and day in given]


@lru_cache(maxsize=1024)
def _candidates(
    timezone: str, first_year: int, last_year: int, begins: timedelta, stops: timedelta
) -> tuple[date, ...]:
    """Return the days on which what lasts between two times of day (from midnight) meets a change of the clocks."""
    candidates: set[date] = set()
    for change in transitions(timezone, first_year, last_year + 1):
        if change.before == change.after:
            continue
        at = change.at.replace(tzinfo=None)
        low, high = sorted((at + change.before, at + change.after))
        day = (low - stops).date()
        while datetime.combine(day, time(0)) + begins <= high:
            if datetime.combine(day, time(0)) + stops >= low:
                candidates.add(day)
            day += _DAY
    return tuple(takewhile(lambda day: day.year <= last_year, sorted(candidates)))
