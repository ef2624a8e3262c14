"""All dates of a series as its components tell them: what its rule gives, without, with, and instead of which."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice

from coopcal.authoring.importing.expansion import expanded
from coopcal.authoring.importing.grouping import Part
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.rrules import Rrule, as_local, rule_of
from coopcal.authoring.importing.spans import LATEST, Span, on_clocks
from coopcal.authoring.importing.timezones import at
from coopcal.authoring.importing.values import Clock, Moment, moments
from coopcal.authoring.text import Value
from coopcal.model.message import Message, Number, msg
from coopcal.recurrence import HORIZON

MOST = 1200
"""Dates of a series that are looked at after today, and after what differs last."""

MOST_OF_ALL = 20_000
"""Dates of a series that are looked at from its beginning on."""

AHEAD = 25
"""Years after now for which a series without end is looked at."""

_DAY = timedelta(days=1)

Patch = dict[str, Value]
"""What is different on a date: keys of an event but ``when``."""


@dataclass(frozen=True, slots=True)
class Override:
    """A date that differs: the line it stands in, when it was to be, when it is, what else is different.

    ``local`` is when it was to be on the clocks of its series. ``later``: so is every date after it (RANGE=THISANDFUTURE).
    """

    line: int
    original: Moment
    local: datetime
    span: Span
    patch: Patch
    later: bool = False


@dataclass(slots=True)
class Dates:
    """The dates of a series.

    ``given`` is what the rule gives (local times of ``usual``'s zone, in order), ``whole`` whether that is all of it;
    ``out`` and ``changed`` name such dates, ``more`` are further ones.
    """

    usual: Span
    rule: Rrule | None
    given: list[datetime] = field(default_factory=list)
    whole: bool = True
    out: set[datetime] = field(default_factory=set)
    changed: dict[datetime, Override] = field(default_factory=dict)
    later: list[tuple[datetime, Override]] = field(default_factory=list)
    more: list[tuple[Span, Patch]] = field(default_factory=list)
    simple: bool = True

    def standing(self) -> list[tuple[Span, Patch]]:
        """Return all that takes place, in order."""
        occurrences = [
            occurrence for start in self.given if start not in self.out for occurrence in [self.on(start)]
        ]
        return sorted(
            (*occurrences, *self.more),
            key=lambda occurrence: (occurrence[0].start, occurrence[0].length or timedelta(0)),
        )

    def on(self, start: datetime) -> tuple[Span, Patch]:
        """Return what takes place at a date of the rule."""
        if own := self.changed.get(start):
            return own.span, own.patch
        for begins, override in reversed(self.later):
            if begins <= start:
                return override.span.moved(override.span.start + (start - begins)), override.patch
        return self.usual.moved(start), {}


class Reader:
    """Reads the dates of series; ``now`` is the day at which those without end are bounded."""

    def __init__(self, losses: Losses, now: date) -> None:
        """Take what is told to."""
        self._losses, self._now = losses, now
        self._passed = now

    def dates(self, part: Part, usual: Span, overrides: list[Override]) -> Dates:
        """Return the dates of a series; of two overrides of one date the later one of the list counts."""
        lines = part.lines
        rules = [(line, rule) for line in lines.get("RRULE", ()) if (rule := self._rule(line, "RRULE"))]
        own = next((part.spans.own(line) for line in lines.get("DTSTART", ())), None)
        dates = Dates(usual, rules[0][1] if len(rules) == 1 else None, simple=len(rules) < 2 and own is None)  # noqa: PLR2004 - one is usual
        self._passed = _last_named(lines, overrides, self._now)
        given = set[datetime]()
        for line, rule in rules:
            starts, complete = self._given(part, usual, rule, line)
            given.update(starts)
            dates.whole = dates.whole and complete
        dates.given = sorted(given)
        dates.simple = dates.simple and len({start.date() for start in given}) == len(given)
        first = usual.start
        if first not in given:
            if rules and given:
                self._losses.tell(
                    lines["DTSTART"][0].number,
                    LossCode.FIRST_DATE,
                    f"{first}",
                    msg("the rule does not give its first date, which became a further one"),
                )
                dates.more.append((usual, {}))
            else:
                dates.whole = True
                if rules:
                    self._losses.tell(
                        rules[0][0].number,
                        LossCode.NO_DATES,
                        rules[0][0].value,
                        msg("the rule gives no date; the first one alone was taken"),
                    )
                dates.given.insert(0, first)
                dates.rule = None
        self._add(dates, part)
        self._exclude(dates, part)
        self._override(dates, overrides)
        return dates

    def _rule(self, line: Line, name: str) -> Rrule | None:
        rule = rule_of(line.value)
        if rule is None:
            self._losses.tell(
                line.number,
                LossCode.BAD_RULE,
                line.value,
                msg("this {name} is no rule; it was left out", name=name),
            )
        elif rule.until is not None and _day(rule.until).year >= LATEST:
            return replace(rule, until=None)
        return rule

    def _given(self, part: Part, usual: Span, rule: Rrule, line: Line) -> tuple[list[datetime], bool]:
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
            local = on_clocks(last, usual.zone).replace(fold=0) + _DAY
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
        there = expanded(rule, own.local.replace(second=0), stop + _DAY)
        return (part.spans.local(Clock(local, own.tzid), usual.zone, written) for local in there)

    def _exclude(self, dates: Dates, part: Part) -> None:
        lines, given = part.lines, set(dates.given)
        for line in lines.get("EXDATE", ()):
            for moment in moments(line):
                if moment is None or isinstance(moment, tuple):
                    self._losses.tell(
                        line.number, LossCode.BAD_VALUE, line.value, msg("it is no day or time")
                    )
                elif not self._take_out(
                    dates, given, moment, part.spans.local(moment, dates.usual.zone, line)
                ):
                    if not dates.whole and dates.given and _day(moment) > dates.given[-1].date():
                        why = msg("it lies beyond the dates that are looked at")
                        self._losses.tell(line.number, LossCode.TOO_FAR, f"{_day(moment)}", why)
                        continue
                    self._losses.tell(
                        line.number, LossCode.NO_SUCH_DATE, line.value, msg("it is no date of the series")
                    )
        for line in lines.get("EXRULE", ()):
            if rule := self._rule(line, "EXRULE"):
                dates.out.update(given & set(self._given(part, dates.usual, rule, line)[0]))
                dates.simple = dates.simple and (dates.whole or not rule.endless)
                self._losses.tell(line.number, LossCode.EXRULE, line.value, msg("its dates were written out"))

    @staticmethod
    def _take_out(dates: Dates, given: set[datetime], moment: Moment, local: datetime) -> bool:
        """Take a date out, also one that is named by its day, or by its clock in a wrong zone; tell whether there is one."""
        named = [local] if not isinstance(moment, Clock) else [local, moment.local]
        if not isinstance(moment, Clock) or dates.usual.zone is None:
            named += [start for start in given if start.date() == local.date()]
        for start in named:
            for more in dates.more:
                if more[0].start == start:
                    dates.more.remove(more)
                    return True
            if start in given:
                dates.out.add(start)
                return True
        return False

    def _add(self, dates: Dates, part: Part) -> None:
        there = {start for start in dates.given if start not in dates.out} | {
            span.start for span, _ in dates.more
        }
        for line in part.lines.get("RDATE", ()):
            for moment in moments(line):
                begins, end = moment if isinstance(moment, tuple) else (moment, None)
                if begins is None:
                    self._losses.tell(
                        line.number, LossCode.BAD_VALUE, line.value, msg("it is no day or time")
                    )
                    continue
                local = part.spans.local(begins, dates.usual.zone, line)
                span = dates.usual.moved(local)
                if isinstance(end, timedelta):
                    span = replace(span, length=end)
                elif end is not None:
                    span = replace(span, length=part.spans.local(end, dates.usual.zone, line) - local)
                if local not in there:
                    there.add(local)
                    dates.more.append((span, {}))

    def _override(self, dates: Dates, overrides: list[Override]) -> None:
        days, met = dict[date, datetime](), dict[tuple[datetime, bool], Override]()
        for start in dates.given:
            days.setdefault(start.date(), start)
        given = set(dates.given)
        for override in overrides:
            local = override.local
            begins = (
                local
                if local in given
                else None
                if isinstance(override.original, Clock) and dates.usual.zone
                else days.get(local.date())
            )
            before = met.get((begins or local, override.later))
            met[begins or local, override.later] = override
            if before is not None:
                self._losses.tell(*changed_twice(before.line, override.line))
                dates.more = [more for more in dates.more if more != (before.span, before.patch)]
            if begins is not None and override.later:
                dates.later = [later for later in dates.later if later[0] != begins] + [(begins, override)]
                dates.later.sort(key=lambda later: later[0])
            elif begins is not None:
                dates.changed[begins] = override
                dates.out.discard(begins)
            else:
                self._elsewhere(dates, override, local)

    def _elsewhere(self, dates: Dates, override: Override, local: datetime) -> None:
        """Add a date that differs from none that the rule gives."""
        for number, (span, _) in enumerate(dates.more):
            if span.start == local:
                dates.more[number] = (override.span, override.patch)
                return
        if not dates.whole and dates.given and local > dates.given[-1]:
            self._losses.tell(
                override.line,
                LossCode.TOO_FAR,
                f"{local}",
                msg("it lies beyond the dates that are looked at"),
            )
        dates.more.append((override.span, override.patch))


def changed_twice(line: int, newer: int) -> tuple[int, LossCode, str, Message]:
    """Return what to tell of a change of a date that another one goes before."""
    why = msg(
        "the same date stands in line {line} too, with a higher SEQUENCE, else a later DTSTAMP, else farther down; this was left out",
        line=newer,
    )
    return line, LossCode.SECOND_CHANGE, "RECURRENCE-ID", why


def _last_named(lines: dict[str, list[Line]], overrides: list[Override], now: date) -> date:
    """Return the last day that something is said of, or today: the dates of a series are looked at beyond it."""
    named = [override.local.date() for override in overrides]
    for name in ("EXDATE", "RDATE"):
        for line in lines.get(name, ()):
            for moment in moments(line):
                begins = moment[0] if isinstance(moment, tuple) else moment
                if begins is not None:
                    named.append(_day(begins))
    return max((*named, now))


def _up_to(coming: Iterator[datetime], last: datetime, zone: str) -> Iterator[datetime]:
    return (start for start in coming if at(start, zone) <= last)


def _day(moment: Moment) -> date:
    return moment.local.date() if isinstance(moment, Clock) else moment


def _before(until: Moment, bound: datetime) -> bool:
    return (until.local if isinstance(until, Clock) else datetime.combine(until, datetime.min.time())) < bound
