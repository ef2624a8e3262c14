"""``repeats``: an event with all its dates, those that are excepted, added and changed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from coopcal.definitions.codes.series import (
    EMPTY_BREAK,
    MOVED_ONTO_ANOTHER,
    NO_DATES_LEFT,
    NO_SUCH_OCCURRENCE,
)
from coopcal.definitions.codes.values import NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared.key import Record
from coopcal.definitions.declared.record import Written, written_keys
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.override import Patch, Patched
from coopcal.definitions.repeats.clocks import hold_clocks
from coopcal.definitions.repeats.date_identifiers import Signs, start, twice
from coopcal.definitions.repeats.dates import Day, read_day
from coopcal.definitions.repeats.ending import UNKNOWN, first_fits, last_day, may_recur
from coopcal.definitions.repeats.keys import ALSO, CHANGE, REPEATS, Excepted
from coopcal.definitions.repeats.parity import as_clients_know, breaks_between
from coopcal.definitions.repeats.rule import decode_rule
from coopcal.definitions.second_call import no_second_call
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import parse_day
from coopcal.model.event import (
    Event,
    ExceptionDate,
    FurtherDate,
    Override,
    Recurrence,
    further_date,
    series,
    stretch,
)
from coopcal.model.happening import Details
from coopcal.model.message import Message, msg, with_weekday
from coopcal.model.problem import Position, has_errors
from coopcal.model.recurrence import Rule
from coopcal.model.when import Deadline, Timed
from coopcal.recurrence import days, days_until
from coopcal.zones.shift import day_of, shifted

_FROM = re.compile(r"(?:from|dès|desde|da|ab|a partir de)\s+(\S.*)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_repeats(node: Node, when: Node, base: Event, patch: Patch, context: Context) -> Event:
    """Return an event that recurs; ``when`` is where its first date is written."""
    written = written_keys(node, REPEATS, context)
    if written is None or not may_recur(base.details.when, when, context.problems):
        return base
    decoded = decode_rule(written, day_of(base.details.when), node.position, context)
    if decoded is None:
        return base
    rule, ending = decoded
    if not first_fits(rule, day_of(base.details.when), when, context.problems):
        return base
    last = last_day(rule, day_of(base.details.when), ending.until, ending.count, written, context)
    if last is UNKNOWN:
        return base
    return _Series(base, rule, last, when, patch, context).event(written)


@dataclass(slots=True)
class _Part:
    """A stretch of a series in which the usual does not change: the series, or what is so ``from`` a date on."""

    usual: Details
    first: date
    last: date | None
    position: Position
    patch: Patch
    sign: str = ""
    continues: str | None = None
    excluded: list[ExceptionDate] = field(default_factory=list)
    changes: list[Override] = field(default_factory=list)

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class _Series:
    """Reads what differs from a rule."""

    def __init__(
        self, base: Event, rule: Rule, last: date | None, when: Node, patch: Patch, context: Context
    ) -> None:
        self._base, self._rule, self._last = base, rule, last
        self._when, self._patch, self._context = when, patch, context
        self._problems = context.problems
        self._first = day_of(base.details.when)
        self._days = days(rule, self._first)
        self._signs = Signs(context.problems)
        self._named: dict[date, Position] = {}
        self._apart: list[FurtherDate] = []

    def event(self, written: Written) -> Event:
        """Return the event with its recurrence and further dates."""
        before = len(self._problems.found)
        excluded = self._excluded(written.read(self._context, only=("except",)).get("except", ()))
        changes, later = self._told(written.nodes.get("changes"))
        changed_days = {day.first for day, _ in changes}
        excluded = [excepted for excepted in excluded if excepted.day not in changed_days]
        parts = self._parts(later)
        for part in parts:
            part.excluded = [excepted for excepted in excluded if part.holds(excepted.day)]
            part.changes = [
                change
                for day, node in changes
                if part.holds(day.first) and (change := self._change(part, day, node))
            ]
        extra = [event for item in self._listed(written.nodes.get("also")) if (event := self._extra(item))]
        self._hold_apart(parts, extra)
        recurrences = [self._recurrence(part) for part in parts]
        if has_errors(self._problems.found[before:]):
            return self._base
        main, *rest = recurrences
        if main is None:
            self._problems.tell(
                self._when.position,
                NO_DATES_LEFT,
                msg("Every date is excepted, so nothing would stand in calendars"),
                msg("to say that it does not take place, write “status: cancelled”"),
            )
            return self._base
        stretches = (
            stretch(self._base, part.sign, part.continues, part.usual, recurrence)
            for part, recurrence in zip(parts[1:], rest, strict=True)
            if recurrence is not None
        )
        return series(self._base, main, (*stretches, *self._apart, *extra))

    def _listed(self, node: Node | None) -> tuple[Node, ...]:
        return items(node) if node is not None else ()

    def _excluded(self, entries: tuple[Excepted, ...]) -> list[ExceptionDate]:
        """Return the excepted dates; one in a range or break that is changed, too, is taken out again by the caller."""
        excluded: dict[date, ExceptionDate] = {}
        for entry in entries:
            meant = [(day, self._meant(day)) for day in entry.days]
            if meant and not any(dates for _, dates in meant):
                self._tell_empty([day for day, _ in meant])
            for _, dates in meant:
                for day in dates:
                    if entry.reason or day not in excluded:
                        excluded[day] = ExceptionDate(day, entry.reason)
        return [excluded[day] for day in sorted(excluded)]

    def _meant(self, day: Day) -> list[date]:
        """Return the dates of the rule that an entry means; a problem is noted where there is none."""
        if not day.ranged:
            return [day.first] if self._is_date(day) and self._is_named_once(day) else []
        dates = self._days.between(max(day.first, self._first), min(day.last, self._last or day.last))
        if not dates and day.name is None:
            self._tell_nearest(
                day, msg("No date lies from {first} to {last}", first=day.first, last=day.last)
            )
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

    def _is_date(self, day: Day) -> bool:
        """Return whether the rule gives that day, at that time; if not, the nearest is told."""
        if day.first < self._first or day.first not in self._days or (self._last and day.first > self._last):
            self._tell_nearest(day, msg("{day} is no date of this event", day=with_weekday(day.first)))
            return False
        when = self._base.details.when
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

    def _tell_nearest(self, day: Day, message: Message) -> None:
        before, after = self._days.before_and_after(day.first)
        if after and self._last and after > self._last:
            after = None
        if before and self._last:
            before = min(before, self._last)
        mend = None
        if before and after:
            mend = msg(
                "the nearest: {before} and {after}", before=with_weekday(before), after=with_weekday(after)
            )
        elif before or after:
            mend = msg("the nearest: {day}", day=with_weekday(before or after or day.first))
        self._problems.tell(day.position, NO_SUCH_OCCURRENCE, message, mend)

    def _is_named_once(self, day: Day) -> bool:
        first = self._named.setdefault(day.first, day.position)
        if first is not day.position:
            twice(
                day.position,
                msg("{day} is told of twice; the first is in line {line}", day=day.first, line=first.line),
                self._problems,
            )
        return first is day.position

    def _told(self, node: Node | None) -> tuple[list[tuple[Day, Node]], list[tuple[Day, Node]]]:
        """Return what differs on single dates, and from dates on, each by date."""
        if node is None:
            return [], []
        if not isinstance(node, Mapping):
            self._problems.tell(
                node.position,
                NOT_KEYS,
                msg("Changes are written by date"),
                "2026-10-13: {status: cancelled}",
            )
            return [], []
        changes, later = [], []
        for key, value in node.entries:
            if match := _FROM.fullmatch(key.text):
                place = key.position
                if place.end_column - place.column == len(key.text):
                    place = Position(place.path, place.line, place.column + match.start(1), place.end_column)
                if day := read_day(Scalar(match[1], place), self._problems):
                    later.append((day, value))
            elif (day := read_day(key, self._problems)) and self._is_date(day) and self._is_named_once(day):
                changes.append((day, value))
        return sorted(changes, key=_day_first), sorted(later, key=_day_first)

    def _parts(self, later: list[tuple[Day, Node]]) -> list[_Part]:
        parts = [_Part(self._base.details, self._first, self._last, self._when.position, self._patch)]
        for day, node in later:
            _, first = self._days.before_and_after(day.first - timedelta(days=1))
            if first is None or (self._last and first > self._last):
                self._tell_nearest(day, msg("No date lies on or after {day}", day=day.first))
                continue
            above = parts[-1]
            if first <= above.first:
                self._problems.tell(
                    day.position,
                    NO_SUCH_OCCURRENCE,
                    msg("All dates lie after {first}, so this is so from the first one on", first=day.first),
                    msg("write it in the event itself"),
                )
                continue
            if (patched := self._patched(above.patch, above.usual, node, CHANGE, first)) is None:
                continue
            usual = patched.details
            if usual.second_call is not None:
                no_second_call(day.position, self._problems)
            if not may_recur(usual.when, node, self._problems):
                continue
            begins = day_of(usual.when)
            if begins not in self._days:
                self._tell_nearest(
                    Day(day.position, begins, begins),
                    msg("{day} is no date that “repeats” gives", day=with_weekday(begins)),
                )
                continue
            above.last = self._days.before_and_after(first)[0]
            sign = self._signs.of(day.first, usual.when, None)
            parts.append(_Part(usual, begins, self._last, day.position, patched.patch, sign))
        return self._in_stretches(parts)

    def _in_stretches(self, parts: list[_Part]) -> list[_Part]:
        """Return parts in stretches with rules that clients know; each goes on with the one before."""
        stretches: list[_Part] = []
        for part in parts:
            stretches.append(part)
            for monday in breaks_between(self._rule, part.first, part.last):
                above = stretches[-1]
                _, begins = self._days.before_and_after(monday - timedelta(days=1))
                before, _ = self._days.before_and_after(monday)
                if (
                    begins is None
                    or before is None
                    or before < above.first
                    or (above.last and begins > above.last)
                ):
                    continue
                nothing = Mapping((), above.position)
                if (patched := above.patch(above.usual, nothing, CHANGE, begins)) is None:
                    continue
                usual = patched.details
                sign = self._signs.of(begins, usual.when, None)
                stretches.append(_Part(usual, begins, above.last, above.position, patched.patch, sign))
                above.last = before
        for above, part in pairwise(stretches):
            part.continues = above.sign or None
        return stretches

    def _change(self, part: _Part, day: Day, node: Node) -> Override | None:
        patched = self._patched(part.patch, part.usual, node, CHANGE, day.first)
        if patched is None:
            return None
        usual, details = shifted(part.usual.when, day.first), patched.details
        if day_of(details.when) != day.first:
            details = replace(details, moved_from=usual)
        if isinstance(details.when, Timed | Deadline) == isinstance(usual, Timed | Deadline):
            return Override(day.first, details)
        sign = self._signs.of(day.first, details.when, None)
        part.excluded = sorted([*part.excluded, ExceptionDate(day.first)], key=lambda excepted: excepted.day)
        self._apart.append(further_date(self._base, sign, details))
        return None

    def _extra(self, node: Node) -> FurtherDate | None:
        """Return a further date."""
        patched = self._patched(self._patch, self._base.details, node, ALSO, None)
        if patched is None:
            return None
        details = replace(patched.details, position=node.position)
        named = node.get("id") if isinstance(node, Mapping) else None
        sign = self._signs.of(day_of(details.when), details.when, named)
        return further_date(self._base, sign, details)

    def _patched(
        self, patch: Patch, usual: Details, node: Node, record: Record, day: date | None
    ) -> Patched | None:
        """Return what takes place on a day; a ``when`` that is a day alone means the usual times on that one."""
        written = node.get("when") if isinstance(node, Mapping) else node
        if not isinstance(written, Scalar) or not _DATE.fullmatch(written.text.strip()):
            return patch(usual, node, record, day)
        if (other := parse_day(written, self._problems)) is None:
            return None
        rest = node.entries if isinstance(node, Mapping) else ()
        without = Mapping(tuple(entry for entry in rest if entry[0].text != "when"), node.position)
        return patch(usual, without, CHANGE_OR_ALSO if record is ALSO else record, other)

    def _hold_apart(self, parts: list[_Part], extra: list[FurtherDate]) -> None:
        """Note dates that were moved, or added, onto others."""
        gone = {excepted.day for part in parts for excepted in part.excluded}
        gone |= {change.day for part in parts for change in part.changes}
        met: dict[object, Position] = {}
        overriding = [override.details for part in parts for override in part.changes]
        further = [happening.details for happening in (*self._apart, *extra)]
        for details in (*overriding, *further):
            day, begins = day_of(details.when), start(details.when)
            usual = next((part.usual.when for part in reversed(parts) if part.holds(day)), None)
            taken = (
                usual is not None
                and day in self._days
                and day not in gone
                and start(shifted(usual, day)) == begins
            )
            if taken or begins in met:
                message = (
                    msg("This date was moved onto {day}, when it takes place anyway", day=day)
                    if details.moved_from
                    else msg("This date is added on {day}, when it takes place anyway", day=day)
                )
                self._problems.tell(details.position, MOVED_ONTO_ANOTHER, message, self._around(day))
            met[begins] = details.position

    def _around(self, day: date) -> str | None:
        before, after = self._days.before_and_after(day)
        if before and after:
            return msg(
                "the dates around: {before} and {after}",
                before=with_weekday(before),
                after=with_weekday(after),
            )
        near = before or after
        return msg("the dates around: {day}", day=with_weekday(near)) if near else None

    def _recurrence(self, part: _Part) -> Recurrence | None:
        """Return how a part recurs; None where nothing of it is left."""
        recurrence = Recurrence(
            as_clients_know(self._rule), part.last, tuple(part.excluded), tuple(part.changes)
        )
        when = part.usual.when
        if part.last is not None and len(part.excluded) >= len(days_until(when, recurrence, part.last)):
            return None
        hold_clocks(when, recurrence, part.position, self._problems)
        return recurrence


CHANGE_OR_ALSO = Record(ALSO.called, tuple(replace(key, required=False) for key in ALSO.keys), ALSO.synonyms)
"""A further date whose day is known."""


def _day_first(entry: tuple[Day, Node]) -> date:
    return entry[0].first
