"""The dates that the rule of a series gives, and what is written of them."""

from datetime import date, timedelta

from coopcal.definitions.codes.series import EMPTY_BREAK, NO_SUCH_OCCURRENCE
from coopcal.definitions.repeats.date_identifiers import twice
from coopcal.definitions.repeats.dates import Day
from coopcal.definitions.repeats.keys import Excepted
from coopcal.model.event import ExceptionDate
from coopcal.model.message import Message, msg, with_weekday
from coopcal.model.problem import Position, Problems
from coopcal.model.recurrence import Pause, Rule
from coopcal.model.when import Timed, When
from coopcal.recurrence import days
from coopcal.zones.shift import day_of


class RuleDates:
    """The dates of a rule from that of ``when`` to ``last``; what is written of others is noted, with the nearest."""

    def __init__(self, rule: Rule, when: When, last: date | None, problems: Problems) -> None:
        self.rule, self.last = rule, last
        self.first = day_of(when)
        self._when, self._problems = when, problems
        self._days = days(rule, self.first)
        self._named: dict[date, Position] = {}

    def __contains__(self, day: date) -> bool:
        """Return whether the rule gives that day, however late."""
        return day in self._days

    def before(self, day: date) -> date | None:
        """Return the last date before a day."""
        return self._days.before_and_after(day)[0]

    def from_on(self, day: date) -> date | None:
        """Return the first date on or after a day, however late."""
        return self._days.before_and_after(day - timedelta(days=1))[1]

    def excluded(self, entries: tuple[Excepted, ...]) -> list[ExceptionDate]:
        """Return the excepted dates; one in a range or break that is changed, too, is taken out again by the caller."""
        excluded: dict[date, ExceptionDate] = {}
        for entry in entries:
            meant = [(day, self._meant(day)) for day in entry.days]
            if meant and not any(dates for _, dates in meant):
                self._tell_empty([day for day, _ in meant])
            for written, dates in meant:
                pause = Pause(written.name or "", written.first, written.last) if written.ranged else None
                for day in dates:
                    if entry.reason or day not in excluded:
                        excluded[day] = ExceptionDate(day, entry.reason, pause)
        return [excluded[day] for day in sorted(excluded)]

    def is_date(self, day: Day) -> bool:
        """Return whether the rule gives that day, at that time; if not, the nearest is told."""
        if day.first < self.first or day.first not in self._days or (self.last and day.first > self.last):
            self.tell_nearest(day, msg("{day} is no date of this event", day=with_weekday(day.first)))
            return False
        when = self._when
        if day.clock is not None and not (isinstance(when, Timed) and when.start.time() == day.clock):
            message = (
                msg("What takes place on {day} begins at {time}", day=day.first, time=f"{when.start:%H:%M}")
                if isinstance(when, Timed)
                else msg("What takes place on {day} has no time", day=day.first)
            )
            self._problems.tell(
                day.position, NO_SUCH_OCCURRENCE, message, msg("write “{first}”", first=day.first)
            )
            return False
        return True

    def is_named_once(self, day: Day) -> bool:
        """Return whether nothing was written of that day before; if it was, that is noted."""
        first = self._named.setdefault(day.first, day.position)
        if first is not day.position:
            twice(
                day.position,
                msg("{day} is told of twice; the first is in line {line}", day=day.first, line=first.line),
                self._problems,
            )
        return first is day.position

    def tell_nearest(self, day: Day, message: Message) -> None:
        """Note that a day is no date, with the dates before and after it."""
        before, after = self._days.before_and_after(day.first)
        if after and self.last and after > self.last:
            after = None
        if before and self.last:
            before = min(before, self.last)
        mend = None
        if before and after:
            mend = msg(
                "the nearest: {before} and {after}", before=with_weekday(before), after=with_weekday(after)
            )
        elif before or after:
            mend = msg("the nearest: {day}", day=with_weekday(before or after or day.first))
        self._problems.tell(day.position, NO_SUCH_OCCURRENCE, message, mend)

    def around(self, day: date) -> str | None:
        """Say which dates lie around a day; None where none does."""
        before, after = self._days.before_and_after(day)
        if before and after:
            return msg(
                "the dates around: {before} and {after}",
                before=with_weekday(before),
                after=with_weekday(after),
            )
        near = before or after
        return msg("the dates around: {day}", day=with_weekday(near)) if near else None

    def _meant(self, day: Day) -> list[date]:
        """Return the dates of the rule that an entry means; a problem is noted where there is none."""
        if not day.ranged:
            return [day.first] if self.is_date(day) and self.is_named_once(day) else []
        dates = self._days.between(max(day.first, self.first), min(day.last, self.last or day.last))
        if not dates and day.name is None:
            self.tell_nearest(day, msg("No date lies from {first} to {last}", first=day.first, last=day.last))
        return dates

    def _tell_empty(self, days: list[Day]) -> None:
        """Note that a named break meets no date: perhaps it is that of another year."""
        last = days[-1]
        if last.name is None:
            return
        message = msg(
            "The break “{name}” (last from {first} to {last}) meets no date of this event",
            name=last.name,
            first=last.first,
            last=last.last,
        )
        mend = msg(
            "write the days of this year under “breaks”, or take “{name}” out of “except”", name=last.name
        )
        self._problems.tell(last.position, EMPTY_BREAK, message, mend)
