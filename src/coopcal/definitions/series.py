"""``repeats``: an event with all its dates, those that are excepted, added and changed."""

import re
from dataclasses import replace
from datetime import date

from coopcal.definitions.codes.series import NO_DATES_LEFT
from coopcal.definitions.codes.values import NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import Written, written_keys
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.override import Patch
from coopcal.definitions.repeats.changed_date import patched_on
from coopcal.definitions.repeats.clock_changes import hold_clocks
from coopcal.definitions.repeats.date_identifiers import Signs
from coopcal.definitions.repeats.dates import Day, read_day
from coopcal.definitions.repeats.ending import UNKNOWN, first_fits, last_day, may_recur
from coopcal.definitions.repeats.keys import ALSO, CHANGE, REPEATS
from coopcal.definitions.repeats.parity import as_clients_know
from coopcal.definitions.repeats.rule import decode_rule
from coopcal.definitions.repeats.rule_dates import RuleDates
from coopcal.definitions.repeats.same_time import hold_apart
from coopcal.definitions.repeats.stretches import Part, parts_of
from coopcal.definitions.source.node import Mapping, Node, Scalar
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
from coopcal.model.message import msg
from coopcal.model.problem import Position, has_errors
from coopcal.model.when import Deadline, Timed
from coopcal.recurrence import days_until
from coopcal.zones.shift import day_of, shifted

_FROM = re.compile(r"(?:from|dès|desde|da|ab|a partir de)\s+(\S.*)", re.IGNORECASE)


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
    dates = RuleDates(rule, base.details.when, last, context.problems)
    by_number = last is not None and ("count" in written.nodes or ending.count is not None)
    return _Series(base, dates, when, patch, context, by_number=by_number).event(written)


class _Series:
    """Reads what differs from a rule."""

    def __init__(
        self, base: Event, dates: RuleDates, when: Node, patch: Patch, context: Context, *, by_number: bool
    ) -> None:
        self._base, self._dates, self._when, self._by_number = base, dates, when, by_number
        self._patch, self._context = patch, context
        self._problems = context.problems
        self._signs = Signs(context.problems)
        self._apart: list[FurtherDate] = []

    def event(self, written: Written) -> Event:
        """Return the event with its recurrence and further dates."""
        before = len(self._problems.found)
        excluded = self._dates.excluded(written.read(self._context, only=("except",)).get("except", ()))
        changes, later = self._changes(written.nodes.get("changes"))
        changed_days = {day.first for day, _ in changes}
        excluded = [excepted for excepted in excluded if excepted.day not in changed_days]
        parts = parts_of(self._base, self._when, self._patch, later, self._dates, self._signs, self._problems)
        for part in parts:
            part.excluded = [excepted for excepted in excluded if part.holds(excepted.day)]
            part.changes = [
                change
                for day, node in changes
                if part.holds(day.first) and (change := self._change(part, day, node))
            ]
        extra = [event for item in self._listed(written.nodes.get("also")) if (event := self._extra(item))]
        hold_apart(parts, [*self._apart, *extra], self._dates, self._problems)
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

    def _changes(self, node: Node | None) -> tuple[list[tuple[Day, Node]], list[tuple[Day, Node]]]:
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
            elif (
                (day := read_day(key, self._problems))
                and self._dates.is_date(day)
                and self._dates.is_named_once(day)
            ):
                changes.append((day, value))
        return sorted(changes, key=_day_first), sorted(later, key=_day_first)

    def _change(self, part: Part, day: Day, node: Node) -> Override | None:
        patched = patched_on(day.first, node, CHANGE, part.usual, part.patch, self._problems)
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
        patched = patched_on(None, node, ALSO, self._base.details, self._patch, self._problems)
        if patched is None:
            return None
        details = replace(patched.details, position=node.position)
        named = node.get("id") if isinstance(node, Mapping) else None
        sign = self._signs.of(day_of(details.when), details.when, named)
        return further_date(self._base, sign, details)

    def _recurrence(self, part: Part) -> Recurrence | None:
        """Return how a part recurs; None where nothing of it is left."""
        recurrence = Recurrence(
            as_clients_know(self._dates.rule),
            part.last,
            tuple(part.excluded),
            tuple(part.changes),
            self._by_number,
        )
        when = part.usual.when
        if part.last is not None and len(part.excluded) >= len(days_until(when, recurrence, part.last)):
            return None
        hold_clocks(when, recurrence, part.position, self._problems)
        return recurrence


def _day_first(entry: tuple[Day, Node]) -> date:
    return entry[0].first
