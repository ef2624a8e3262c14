"""A series in iCalendar: its RRULE, the dates that are left out, and those that differ (RFC 5545, 3.8.4.4, 3.8.5)."""

from dataclasses import dataclass
from datetime import UTC, date

from coopcal import recurrence as dates
from coopcal.model.event import Recurrence
from coopcal.model.happening import Details
from coopcal.model.recurrence import WEEKDAYS, Frequency, Rule
from coopcal.model.when import Deadline, Timed
from coopcal.text import content_lines as lines
from coopcal.zones.shift import shifted


@dataclass(frozen=True, slots=True)
class RecurrenceSet:
    """What a series is written as: never an RRULE of one date, never dates that are all left out (clients.md 7.4).

    ``master`` begins with the first date that stands; ``left_out`` are those after it that do not. ``only`` is all
    there is where no more than one stands. ``overrides`` are the dates that differ, by original day.
    """

    master: Details
    rule_: Rule
    last: date | None
    left_out: tuple[date, ...]
    overrides: tuple[tuple[date, Details], ...]
    only: Details | None = None

    @staticmethod
    def of(details: Details, recurrence: Recurrence, *, hide: bool) -> "RecurrenceSet":
        """Arrange a series; with ``hide``, dates that are cancelled are left out."""
        when, rule, last = details.when, recurrence.rule, recurrence.last
        hidden = dates.cancelled_days(details, recurrence) if hide else frozenset()
        excepted = {excepted.day for excepted in recurrence.exception_dates}
        overrides = {
            override.day: override.details for override in recurrence.overrides if override.day not in hidden
        }
        over = {
            day: dates.on_day(details, day)
            for day in dates.over_changes(when, recurrence)
            if last is not None and day not in hidden
        }
        first = dates.first_standing(when, recurrence)
        assert first is not None
        if last is not None:
            standing = dates.standing_days(when, recurrence, hidden, last)
            last = standing[-1]
            if len(standing) == 1:
                only = overrides.get(last) or dates.on_day(details, last)
                return RecurrenceSet(details, rule, last, (), (), only)
        begins = dates.first_standing(when, recurrence, hidden)
        if begins is not None and not dates.meets_change(when, begins):
            first = begins
        out = (day for day in hidden | excepted if first <= day and (last is None or day < last))
        return RecurrenceSet(
            dates.on_day(details, first),
            rule,
            last,
            tuple(sorted(out)),
            tuple(sorted({**over, **overrides}.items(), key=lambda override: override[0])),
        )

    def rule(self) -> bytes:
        """Return the RRULE and EXDATEs, in the zone and type of DTSTART, UNTIL in UTC or a date (clients.md 7.2, 7.3)."""
        exdates = (self._moment("EXDATE", day) for day in self.left_out)
        return lines.raw("RRULE", ";".join(self._rule_parts())) + b"".join(exdates)

    def recurrence_id(self, day: date) -> bytes:
        """Return the RECURRENCE-ID of the date on a day, in the zone and type of DTSTART."""
        return self._moment("RECURRENCE-ID", day)

    @property
    def timezone(self) -> str | None:
        """The TZID of its EXDATEs and RECURRENCE-IDs; None where they are days, or in UTC."""
        when = self.master.when
        return when.timezone if isinstance(when, Timed | Deadline) and when.timezone != "UTC" else None

    def _moment(self, name: str, day: date) -> bytes:
        when = self.master.when
        if not isinstance(when, Timed | Deadline):
            return lines.day(name, day)
        start = dates.span(_timed(shifted(when, day)))[0]
        if when.timezone == "UTC":
            return lines.moment(name, start.astimezone(UTC), None)
        return lines.moment(name, start, when.timezone)

    def _rule_parts(self) -> list[str]:
        rule = self.rule_
        parts = [f"FREQ={rule.frequency}"]
        if rule.interval > 1:
            parts.append(f"INTERVAL={rule.interval}")
        if self.last is not None:
            parts.append(f"UNTIL={self._until(self.last)}")
        for name, numbers in (
            ("BYMONTH", rule.months),
            ("BYMONTHDAY", rule.month_days),
            ("BYDAY", [f"{day.nth or ''}{WEEKDAYS[day.weekday]}" for day in rule.weekdays]),
            ("BYSETPOS", rule.positions),
        ):
            if numbers:
                parts.append(f"{name}={','.join(str(number) for number in numbers)}")
        if rule.frequency is Frequency.WEEKLY and rule.interval > 1:
            parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
        return parts

    def _until(self, last: date) -> str:
        when = self.master.when
        if not isinstance(when, Timed | Deadline):
            return f"{last:%Y%m%d}"
        return f"{dates.span(_timed(shifted(when, last)))[0].astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _timed(when: object) -> Timed | Deadline:
    assert isinstance(when, Timed | Deadline)
    return when
