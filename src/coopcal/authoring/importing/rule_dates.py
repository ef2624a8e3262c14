"""The dates that a rule of a series gives, as far as they are looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.grouping import Part
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rrules import Rrule, as_local, rule_of
from coopcal.authoring.importing.spans import DAY, LATEST, Span, on_clocks
from coopcal.authoring.importing.timezones import at
from coopcal.authoring.importing.values import Clock, Moment, day_of
from coopcal.model.message import Number, msg
from coopcal.recurrence import HORIZON

MOST = 1200
"""Dates of a series that are looked at after today, and after what differs last."""

MOST_OF_ALL = 20_000
"""Dates of a series that are looked at from its beginning on."""

AHEAD = 25
"""Years after now for which a series without end is looked at."""


class RuleReader:
    """Reads rules and their dates; ``now`` is the day at which those without end are bounded.

    The dates are looked at beyond ``passed``, the last day that something is said of.
    """

    def __init__(self, losses: Losses, now: date, passed: date) -> None:
        """Take what is told to."""
        self._losses, self._now, self._passed = losses, now, passed

    def rule(self, line: Line, name: str) -> Rrule | None:
        """Return the rule of a line (RRULE, EXRULE); None, told, where it is none."""
        rule = rule_of(line.value)
        if rule is None:
            self._losses.tell(
                line.number,
                LossCode.BAD_RULE,
                line.value,
                msg("this {name} is no rule; it was left out", name=name),
            )
        elif rule.until is not None and day_of(rule.until).year >= LATEST:
            return replace(rule, until=None)
        return rule

    def dates(self, part: Part, usual: Span, rule: Rrule, line: Line) -> tuple[list[datetime], bool]:
        """Return the dates of a rule, and whether those are all."""
        is_list = len(part.lines.get("RRULE", ())) > 1 or not rule.endless
        followed = LATEST if is_list else usual.start.year + HORIZON
        last_year = min(max(usual.start.year, self._now.year) + AHEAD, followed - 1, LATEST - 1)
        bound = datetime(last_year, 12, 31, 23, 59)  # noqa: DTZ001 - what clocks show
        until = rule.until
        local = as_local(until) if until is not None else None
        if until is not None and usual.zone is None:
            local = datetime.combine(
                until.local.date() if isinstance(until, Clock) else until, datetime.min.time()
            )
        last: datetime | None = None
        if isinstance(until, Clock) and local is None and usual.zone is not None:
            last = at(until.local, until.tzid or "UTC")
            local = on_clocks(last, usual.zone).replace(fold=0) + DAY
        stop = min(bound, local) if local else bound
        coming = self._coming(part, usual, rule, stop)
        if last is not None:
            coming = _up_to(coming, last, usual.zone or "UTC")
        if rule.count:
            coming = islice(coming, rule.count)
        starts, further = list[datetime](), 0
        for start in coming:
            starts.append(start)
            further += start.date() > self._passed
            if further > MOST or len(starts) > MOST_OF_ALL:
                break
        cut = further > MOST or len(starts) > MOST_OF_ALL
        if cut and starts.pop().date() <= self._passed:
            why = msg(
                "only the first {most} dates of a rule are looked at; those after {last} were left out",
                most=Number(MOST_OF_ALL),
                last=starts[-1],
            )
            self._losses.tell(line.number, LossCode.TOO_MANY, line.value, why)
        if (
            usual.zone
            and until is not None
            and not isinstance(until, Clock)
            and starts
            and starts[-1].date() == until
        ):
            self._losses.tell(
                line.number,
                LossCode.UNTIL_DAY,
                line.value,
                msg("its end is a day, which was taken to be in it"),
            )
        ended = not cut and (
            (rule.count is not None and len(starts) == rule.count)
            or (until is not None and _before(until, bound))
        )
        return starts, ended

    @staticmethod
    def _coming(part: Part, usual: Span, rule: Rrule, stop: datetime) -> Iterator[datetime]:
        """Return what a rule gives on the clocks of its series, or as the clocks at home show what others give."""
        written = part.lines["DTSTART"][0]
        own = part.spans.own(written)
        if own is None or usual.zone is None:
            return expanded(rule, usual.start.replace(fold=0), stop)
        there = expanded(rule, own.local.replace(second=0), stop + DAY)
        return (part.spans.local(Clock(local, own.tzid), usual.zone, written) for local in there)


def _up_to(coming: Iterator[datetime], last: datetime, zone: str) -> Iterator[datetime]:
    return (start for start in coming if at(start, zone) <= last)


def _before(until: Moment, bound: datetime) -> bool:
    return (until.local if isinstance(until, Clock) else datetime.combine(until, datetime.min.time())) < bound
