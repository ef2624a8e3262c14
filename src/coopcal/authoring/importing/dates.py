"""All dates of a series as its components tell them: what its rule gives, without, with, and instead of which."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from coopcal.authoring.importing.grouping import Part
from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.recurrence_set import Dates, Override
from coopcal.authoring.importing.rule_dates import RuleReader
from coopcal.authoring.importing.spans import Span
from coopcal.authoring.importing.values import Clock, Moment, day_of, moments
from coopcal.model.message import Message, msg


class Reader:
    """Reads the dates of series; ``now`` is the day at which those without end are bounded."""

    def __init__(self, losses: Losses, now: date) -> None:
        """Take what is told to."""
        self._losses, self._now = losses, now

    def dates(self, part: Part, usual: Span, overrides: list[Override]) -> Dates:
        """Return the dates of a series; of two overrides of one date the later one of the list counts."""
        lines = part.lines
        reader = RuleReader(self._losses, self._now, _last_named(lines, overrides, self._now))
        rules = [(line, rule) for line in lines.get("RRULE", ()) if (rule := reader.rule(line, "RRULE"))]
        own = next((part.spans.own(line) for line in lines.get("DTSTART", ())), None)
        dates = Dates(usual, rules[0][1] if len(rules) == 1 else None, simple=len(rules) < 2 and own is None)  # noqa: PLR2004 - one is usual
        given = set[datetime]()
        for line, rule in rules:
            starts, complete = reader.dates(part, usual, rule, line)
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
        self._exclude(dates, part, reader)
        self._override(dates, overrides)
        return dates

    def _exclude(self, dates: Dates, part: Part, reader: RuleReader) -> None:
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
                    if not dates.whole and dates.given and day_of(moment) > dates.given[-1].date():
                        why = msg("it lies beyond the dates that are looked at")
                        self._losses.tell(line.number, LossCode.TOO_FAR, f"{day_of(moment)}", why)
                        continue
                    self._losses.tell(
                        line.number, LossCode.NO_SUCH_DATE, line.value, msg("it is no date of the series")
                    )
        for line in lines.get("EXRULE", ()):
            if rule := reader.rule(line, "EXRULE"):
                dates.out.update(given & set(reader.dates(part, dates.usual, rule, line)[0]))
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
                    named.append(day_of(begins))
    return max((*named, now))
