"""The dates of RRULEs of others, all of RFC 5545, 3.3.10, within bounds."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from coopcal.authoring.importing.rrules import FINEST, Rrule

MOST_STEPS = 20_000
"""Periods of a rule that are looked at; rules that give nothing for so long are given up."""

_DAY, _WEEK = timedelta(days=1), 7


def expanded(rule: Rrule, start: datetime, last: datetime) -> Iterator[datetime]:
    """Return what a rule gives from ``start`` up to ``last`` (local times), without regard to its own end.

    It ends, too, where a rule gives nothing for very long.
    """
    idle = 0
    periods = _fine(rule, start) if rule.frequency in FINEST else _coarse(rule, start)
    for begins, times in periods:
        if begins > last or (idle := 0 if times else idle + 1) > MOST_STEPS:
            return
        yield from _within(times, start, last)


def _within(times: "Iterable[datetime] | _All", start: datetime, last: datetime) -> Iterator[datetime]:
    coming = (
        times.since(start) if isinstance(times, _All) else (moment for moment in times if moment >= start)
    )
    return takewhile(lambda moment: moment <= last, coming)


def _fine(rule: Rrule, start: datetime) -> Iterator[tuple[datetime, Iterable[datetime]]]:
    step = {"SECONDLY": timedelta(seconds=1), "MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1)}
    at, by = start, step[rule.frequency] * rule.interval
    while at.year < date.max.year:
        fits = _day_fits(rule, at.date()) and _clock_fits(rule, at)
        yield at, [at] if fits else []
        at += by


def _clock_fits(rule: Rrule, at: datetime) -> bool:
    clock = {"BYHOUR": at.hour, "BYMINUTE": at.minute, "BYSECOND": at.second}
    return all(value in rule.by.get(name, (value,)) for name, value in clock.items())


def _day_fits(rule: Rrule, day: date) -> bool:
    """Return whether the limits of a rule let a day be, whatever week or month it is counted in."""
    by = rule.by
    if "BYMONTH" in by and day.month not in by["BYMONTH"]:
        return False
    if rule.weekdays and day.weekday() not in {weekday for weekday, _ in rule.weekdays}:
        return False
    if "BYMONTHDAY" in by:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        if day.day not in by["BYMONTHDAY"] and from_end not in by["BYMONTHDAY"]:
            return False
    if "BYYEARDAY" in by:
        number = (day - date(day.year, 1, 1)).days + 1
        from_end = number - (date(day.year, 12, 31) - date(day.year, 1, 1)).days - 2
        return number in by["BYYEARDAY"] or from_end in by["BYYEARDAY"]
    return True


def _coarse(rule: Rrule, start: datetime) -> Iterator[tuple[datetime, Iterable[datetime]]]:
    clocks = _Clocks(rule, start)
    for begins, days in _periods(rule, start.date()):
        yield datetime.combine(begins, time(0)), clocks.on(days)


class _Clocks:
    """The times of the day of a rule, which may be 86,400: they are counted, and made as they are asked for."""

    def __init__(self, rule: Rrule, start: datetime) -> None:
        self._hours = sorted(set(rule.by.get("BYHOUR", (start.hour,))))
        self._minutes = sorted(set(rule.by.get("BYMINUTE", (start.minute,))))
        self._seconds = sorted({min(second, 59) for second in rule.by.get("BYSECOND", (start.second,))})
        self._count = len(self._hours) * len(self._minutes) * len(self._seconds)
        self._positions = rule.by.get("BYSETPOS")

    def on(self, days: list[date]) -> "list[datetime] | _All":
        """Return the times of all the days of a period, or those that BYSETPOS names."""
        every = _All(self, days)
        if not self._positions:
            return every
        total = len(days) * self._count
        named = {at - 1 if at > 0 else total + at for at in self._positions if at and -total <= at <= total}
        return [every.at(number) for number in sorted(named)]

    def of(self, number: int) -> time:
        """Return one of them, by its number in order."""
        number, second = divmod(number, len(self._seconds))
        hour, minute = divmod(number, len(self._minutes))
        return time(self._hours[hour], self._minutes[minute], self._seconds[second])

    def __len__(self) -> int:
        """Return how many there are in a day."""
        return self._count


@dataclass(frozen=True, slots=True)
class _All:
    """All times of the days of a period, in order."""

    clocks: _Clocks
    days: list[date]

    def at(self, number: int) -> datetime:
        """Return the time of that number."""
        day, clock = divmod(number, len(self.clocks))
        return datetime.combine(self.days[day], self.clocks.of(clock))

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.days)

    def __iter__(self) -> Iterator[datetime]:
        """Return them one by one."""
        return self.since(datetime.min)  # noqa: DTZ901 - what clocks show

    def since(self, start: datetime) -> Iterator[datetime]:
        """Return those from a time on, one by one."""
        every = range(len(self.days) * len(self.clocks))
        return (self.at(number) for number in every[bisect_left(every, start, key=self.at) :])


def _periods(rule: Rrule, first: date) -> Iterator[tuple[date, list[date]]]:
    """Return the first day of each period of a rule, and the days that the rule gives in it."""
    try:
        if rule.frequency == "DAILY":
            for number in range(0, 10**7, rule.interval):
                day = first + number * _DAY
                yield day, [day] if _day_fits(rule, day) else []
        elif rule.frequency == "WEEKLY":
            begins = first - timedelta(days=(first.weekday() - rule.week_start) % _WEEK)
            weekdays = {weekday for weekday, _ in rule.weekdays} or {first.weekday()}
            for number in range(0, 10**6, rule.interval):
                week = [begins + timedelta(days=number * _WEEK + weekday) for weekday in range(_WEEK)]
                yield week[0], [day for day in week if day.weekday() in weekdays and _day_fits(rule, day)]
        elif rule.frequency == "MONTHLY":
            for number in range(first.month - 1, 10**5, rule.interval):
                month = date(first.year + number // 12, number % 12 + 1, 1)
                yield month, _days_of_month(rule, month, first)
        else:
            for year in range(first.year, date.max.year, rule.interval):
                yield date(year, 1, 1), _days_of_year(rule, year, first)
    except (ValueError, OverflowError):
        return


def _days_of_month(rule: Rrule, month: date, first: date) -> list[date]:
    length = monthrange(month.year, month.month)[1]
    days = [month.replace(day=number) for number in range(1, length + 1)]
    if rule.weekdays:
        matching = _nth_weekdays(rule, days)
    elif "BYMONTHDAY" in rule.by or "BYYEARDAY" in rule.by:
        matching = days
    else:
        matching = [day for day in days if day.day == first.day]
    return [day for day in matching if _day_fits(rule, day)]


def _days_of_year(rule: Rrule, year: int, first: date) -> list[date]:
    by = rule.by
    if not rule.weekdays and not by.keys() & {"BYWEEKNO", "BYMONTHDAY", "BYYEARDAY"}:
        months = sorted(set(by.get("BYMONTH", (first.month,))))
        return [date(year, month, first.day) for month in months if first.day <= monthrange(year, month)[1]]
    days = [
        date(year, 1, 1) + number * _DAY for number in range((date(year, 12, 31) - date(year, 1, 1)).days + 1)
    ]
    if "BYWEEKNO" in by:
        weekdays = {weekday for weekday, _ in rule.weekdays} or {first.weekday()}
        return [
            day
            for day in days
            if day.weekday() in weekdays
            and _in_weeks(day, by["BYWEEKNO"], rule.week_start)
            and _day_fits(rule, day)
        ]
    if rule.weekdays:
        if "BYMONTH" in by:
            matching = [
                day
                for month in sorted(set(by["BYMONTH"]))
                for day in _nth_weekdays(rule, [candidate for candidate in days if candidate.month == month])
            ]
        else:
            matching = _nth_weekdays(rule, days)
    else:
        matching = days
    return [day for day in matching if _day_fits(rule, day)]


def _nth_weekdays(rule: Rrule, days: list[date]) -> list[date]:
    chosen = set[date]()
    for weekday, nth in rule.weekdays:
        same_weekday = [day for day in days if day.weekday() == weekday]
        if not nth:
            chosen.update(same_weekday)
        elif -len(same_weekday) <= nth <= len(same_weekday):
            chosen.add(same_weekday[nth - 1 if nth > 0 else nth])
    return sorted(chosen)


def _in_weeks(day: date, weeks: tuple[int, ...], week_start: int) -> bool:
    """Return whether a day lies in one of the numbered weeks of its own (not the neighbouring) year."""
    begins = day - timedelta(days=(day.weekday() - week_start) % _WEEK)
    first = date(day.year, 1, 4)
    first -= timedelta(days=(first.weekday() - week_start) % _WEEK)
    following = date(day.year + 1, 1, 4)
    following -= timedelta(days=(following.weekday() - week_start) % _WEEK)
    number, last = (begins - first).days // _WEEK + 1, (following - first).days // _WEEK
    return 1 <= number <= last and bool({number, number - last - 1} & set(weeks))
