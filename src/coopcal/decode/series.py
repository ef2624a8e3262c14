"""All dates of an event: a list in ``when``, or ``repeats`` with what is excepted, added and changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from coopcal import zones
from coopcal.decode import fields as read
from coopcal.decode.context import Context
from coopcal.decode.record import Record, fields, items
from coopcal.decode.repeats import ALSO, CHANGE, EXCEPT, REPEATS, Day, decode_rule, read_days
from coopcal.decode.repeats.dates import read_day
from coopcal.decode.when import parse_day
from coopcal.model.event import Change, Event, Excluded, Recurrence
from coopcal.model.identity import sign_of
from coopcal.model.problem import Place, Problems, has_errors
from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import Deadline, Imprecise, Timed, When, days_of
from coopcal.recurrence import (
    HORIZON,
    Days,
    amiss,
    day_of,
    days,
    days_until,
    first_day,
    first_standing,
    meets_change,
    misread,
    on_the_wall,
    over_changes,
    shifted,
    span,
    years_after,
)
from coopcal.source.node import Listing, Mapping, Node, Scalar

Patch = Callable[[Event, Node, Record, date | None], tuple[Event, str] | None]
"""(what takes place as usual, what is different, the keys there are, the day) → what takes place, its id."""

MOST_DATES = 500
"""Dates that a list may have."""

_FROM = re.compile(r"(?:from|dès|desde|da|ab|a partir de)\s+(\S.*)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def several_dates(node: Listing, base: Event, patch: Patch, problems: Problems) -> Event:
    """Give an event of several dates; ``base`` has the first one."""
    if not _few(node, problems):
        return base
    first, *others = node.items
    if isinstance(first, Mapping) and (patched := patch(base, first, ALSO, None)):
        base = replace(patched[0], place=base.place)
    signs = _Signs(problems)
    signs.of(day_of(base.when), base.when, first.get("id") if isinstance(first, Mapping) else None)
    met = {_start(base.when): first.place}
    found = []
    for item in others:
        patched = patch(base, item, ALSO, None)
        if patched is None:
            continue
        event, _ = patched
        if _start(event.when) in met:
            _twice(item.place, f"{day_of(event.when)} stands in the list twice", problems)
        met[_start(event.when)] = item.place
        named = item.get("id") if isinstance(item, Mapping) else None
        found.append(replace(event, further=signs.of(day_of(event.when), event.when, named)))
    return replace(base, dates=tuple(found))


def with_repeats(node: Node, when: Node, base: Event, patch: Patch, context: Context) -> Event:
    """Give an event that recurs; ``when`` is where its first date is written."""
    values = fields(node, REPEATS, context.problems)
    if values is None or not _may_recur(base.when, when, context.problems):
        return base
    place = node.place
    decoded = decode_rule(values, first_day(base), _languages(context), place, context.problems)
    if decoded is None:
        return base
    rule, ending = decoded
    if not _first_fits(rule, base, when, context.problems):
        return base
    last = _last(rule, first_day(base), ending.until, ending.count, values, context.problems)
    if last is _UNKNOWN:
        return base
    return _Series(base, rule, last, when, patch, context).event(values)


_UNKNOWN = date.min


def _languages(context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys((context.language, *context.settings.languages)))


def _few(node: Listing, problems: Problems) -> bool:
    if not node.items:
        problems.error(node.place, "bad-when", "The list of dates is empty", "when: [2026-03-14, 2026-03-21]")
    elif len(node.items) > MOST_DATES:
        problems.error(
            node.items[MOST_DATES].place,
            "too-many-dates",
            f"A list has {MOST_DATES} dates at most, and this one has {len(node.items)}",
            "write “repeats” where they follow a rule",
        )
    return 0 < len(node.items) <= MOST_DATES


def _twice(place: Place, message: str, problems: Problems) -> None:
    problems.error(place, "date-in-two-lists", message, "keep one of the two")


def _start(when: When) -> object:
    return span(when)[0].timestamp() if isinstance(when, Timed | Deadline) else days_of(when)[0]


class _Signs:
    """Gives each date of an event what makes its UID: its id, its day, or its day and time from a day's second on."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._given: set[str] = set()

    def of(self, day: date, when: When, named: Node | None) -> str:
        sign = named.text if isinstance(named, Scalar) else sign_of(day)
        if sign in self._given and isinstance(named, Scalar):
            self._problems.error(
                named.place,
                "duplicate-id",
                f"The date “{sign}” stands here a second time",
                "give it another id",
            )
        elif sign in self._given:
            start = (
                span(when)[0]
                if isinstance(when, Timed | Deadline)
                else datetime.combine(day, datetime.min.time())
            )
            sign += f"T{start:%H%M}"
        self._given.add(sign)
        return sign


def _may_recur(when: When, place: Node, problems: Problems) -> bool:
    if isinstance(when, Imprecise):
        problems.error(
            place.place,
            "bad-repeats",
            "What recurs has a day, and this date is less precise",
            "when: 2026-03-14",
        )
        return False
    if isinstance(when, Deadline) and span(when)[0].date() != when.at.date():
        at = datetime.combine(when.at.date() - timedelta(days=1), datetime.max.time())
        problems.error(
            place.place,
            "bad-repeats",
            "A deadline that recurs lies at least a quarter of an hour after midnight",
            f"when: until {at:%Y-%m-%d %H:%M}",
        )
        return False
    return True


def _first_fits(rule: Rule, base: Event, when: Node, problems: Problems) -> bool:
    first = first_day(base)
    if first in days(rule, first):
        return True
    around = Days(replace(rule, interval=1), date(first.year - 2, 1, 1)).before_and_after(first)
    near = min((day for day in around if day), key=lambda day: (abs(day - first), day), default=None)
    text = when.text if isinstance(when, Scalar) else ""
    match = _DATE.search(text)
    mend = None
    if near:
        mend = f"when: {text[: match.start()]}{near}{text[match.end() :]}" if match else f"when: {near}"
    problems.error(
        when.place, "first-date-not-in-rule", f"{first:%A} {first} is no date that “repeats” gives", mend
    )
    return False


def _last(
    rule: Rule,
    first: date,
    until: date | None,
    count: int | None,
    values: dict[str, Node],
    problems: Problems,
) -> date | None:
    """Give the last day of a rule, None for one without end; _UNKNOWN, with the problem noted, where it has none."""
    before = len(problems.found)
    place = values.get("until") or values.get("count") or values.get("rule")
    if "until" in values:
        node = read.scalar(values["until"], problems, "a date")
        until = parse_day(node, problems) if node else None
    if "count" in values:
        count = read.whole_number(values["count"], problems)
        if count == 0:
            problems.error(values["count"].place, "not-a-number", "There is at least one date", "count: 10")
    if has_errors(problems.found[before:]) or place is None:
        return _UNKNOWN if has_errors(problems.found[before:]) else None
    if until is not None and count is not None:
        problems.error(
            place.place,
            "bad-repeats",
            "Either the last day is told or the number, not both",
            "take “count” out",
        )
    elif until is not None and until < first:
        problems.error(
            place.place,
            "ends-before-start",
            f"It ends on {until}, before its first date, {first}",
            f"until: {first.year + 1}-12-31",
        )
    else:
        return _resolved(rule, first, until, count, place.place, problems)
    return _UNKNOWN


def _resolved(
    rule: Rule, first: date, until: date | None, count: int | None, place: Place, problems: Problems
) -> date | None:
    if until is None and count is None:
        return None
    horizon = years_after(first, HORIZON)
    given = days(rule, first)
    last = given.number(count) if count is not None else None
    if until is not None and until < horizon:
        last = given.between(first, until)[-1]
    if last is None:
        problems.error(
            place,
            "too-far-ahead",
            f"Dates are followed for {HORIZON} years at most",
            "take the line out, if it goes on without an end",
        )
        return _UNKNOWN
    return last


@dataclass(slots=True)
class _Part:
    """A stretch of a series in which the usual does not change: the series, or what is so ``from`` a date on."""

    usual: Event
    first: date
    last: date | None
    place: Place
    further: str = ""
    excluded: list[Excluded] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

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
        self._first = first_day(base)
        self._days = days(rule, self._first)
        self._signs = _Signs(context.problems)
        self._named: dict[date, Place] = {}
        self._apart: list[Event] = []

    def event(self, values: dict[str, Node]) -> Event:
        """Give the event with its recurrence and further dates."""
        before = len(self._problems.found)
        excluded = self._excluded(values.get("except"))
        changes, later = self._told(values.get("changes"))
        told = {day.first for day, _ in changes}
        excluded = [each for each in excluded if each.day not in told]
        parts = self._parts(later)
        for part in parts:
            part.excluded = [each for each in excluded if part.holds(each.day)]
            part.changes = [
                change
                for day, node in changes
                if part.holds(day.first) and (change := self._change(part, day, node))
            ]
        extra = [event for item in self._listed(values.get("also")) if (event := self._extra(item))]
        self._hold_apart(parts, extra)
        series = [self._recurring(part) for part in parts]
        if has_errors(self._problems.found[before:]):
            return self._base
        whole, *rest = series
        if whole is None:
            self._problems.error(
                self._when.place,
                "no-dates-left",
                "Every date is excepted, so nothing would stand in calendars",
                "to say that it does not take place, write “status: cancelled”",
            )
            return self._base
        further = [each for each in rest if each is not None]
        return replace(whole, dates=(*further, *self._apart, *extra))

    def _listed(self, node: Node | None) -> tuple[Node, ...]:
        return items(node) if node is not None else ()

    def _excluded(self, node: Node | None) -> list[Excluded]:
        """Give the excepted dates; one in a range or break that is changed, too, is taken out again by the caller."""
        found: dict[date, Excluded] = {}
        for item in self._listed(node):
            reason: Text | None = None
            written: Node | None = item
            if isinstance(item, Mapping):
                values = fields(item, EXCEPT, self._problems) or {}
                written = values.get("date")
                if "reason" in values:
                    reason = read.text(values["reason"], self._context.language, self._problems, longest=2000)
            for day in read_days(written, self._context.breaks, self._problems) if written else ():
                for each in self._meant(day):
                    if reason or each not in found:
                        found[each] = Excluded(each, reason)
        return [found[day] for day in sorted(found)]

    def _meant(self, day: Day) -> list[date]:
        """Give the dates of the rule that an entry means; a problem is noted where there is none."""
        if not day.ranged:
            return [day.first] if self._is_date(day) and self._is_named_once(day) else []
        found = self._days.between(max(day.first, self._first), min(day.last, self._last or day.last))
        if not found and day.name is None:
            self._tell_nearest(day, f"No date lies from {day.first} to {day.last}")
        return found

    def _is_date(self, day: Day) -> bool:
        """Whether the rule gives that day, at that time; if not, the nearest is told."""
        if day.first < self._first or day.first not in self._days or (self._last and day.first > self._last):
            self._tell_nearest(day, f"{day.first:%A} {day.first} is no date of this event")
            return False
        when = self._base.when
        if day.clock is not None and not (isinstance(when, Timed) and when.start.time() == day.clock):
            begins = f" at {when.start:%H:%M}" if isinstance(when, Timed) else ", without a time"
            message = f"What takes place on {day.first} begins{begins}"
            self._problems.error(day.place, "no-such-occurrence", message, f"write “{day.first}”")
            return False
        return True

    def _tell_nearest(self, day: Day, message: str) -> None:
        before, after = self._days.before_and_after(day.first)
        if after and self._last and after > self._last:
            after = None
        if before and self._last:
            before = min(before, self._last)
        near = [f"{each:%A} {each}" for each in (before, after) if each]
        mend = f"the nearest: {' and '.join(near)}" if near else None
        self._problems.error(day.place, "no-such-occurrence", message, mend)

    def _is_named_once(self, day: Day) -> bool:
        first = self._named.setdefault(day.first, day.place)
        if first is not day.place:
            _twice(
                day.place, f"{day.first} is told of twice; the first is in line {first.line}", self._problems
            )
        return first is day.place

    def _told(self, node: Node | None) -> tuple[list[tuple[Day, Node]], list[tuple[Day, Node]]]:
        """Give what differs on single dates, and from dates on, each by date."""
        if node is None:
            return [], []
        if not isinstance(node, Mapping):
            self._problems.error(
                node.place, "not-keys", "Changes are written by date", "2026-10-13: {status: cancelled}"
            )
            return [], []
        changes, later = [], []
        for key, value in node.entries:
            if match := _FROM.fullmatch(key.text):
                place = key.place
                if place.end_column - place.column == len(key.text):
                    place = Place(place.path, place.line, place.column + match.start(1), place.end_column)
                if day := read_day(Scalar(match[1], place), self._problems):
                    later.append((day, value))
            elif (day := read_day(key, self._problems)) and self._is_date(day) and self._is_named_once(day):
                changes.append((day, value))
        return sorted(changes, key=_day_first), sorted(later, key=_day_first)

    def _parts(self, later: list[tuple[Day, Node]]) -> list[_Part]:
        parts = [_Part(self._base, self._first, self._last, self._when.place)]
        for day, node in later:
            _, first = self._days.before_and_after(day.first - timedelta(days=1))
            if first is None or (self._last and first > self._last):
                self._tell_nearest(day, f"No date lies on or after {day.first}")
                continue
            above = parts[-1]
            if first <= above.first:
                self._problems.error(
                    day.place,
                    "no-such-occurrence",
                    f"All dates lie after {day.first}, so this is so from the first one on",
                    "write it in the event itself",
                )
                continue
            if (patched := self._patched(above.usual, node, CHANGE, first)) is None:
                continue
            usual = patched[0]
            if not _may_recur(usual.when, node, self._problems):
                continue
            begins = day_of(usual.when)
            if begins not in self._days:
                self._tell_nearest(
                    Day(day.place, begins, begins), f"{begins:%A} {begins} is no date that “repeats” gives"
                )
                continue
            above.last = self._days.before_and_after(first)[0]
            sign = self._signs.of(day.first, usual.when, None)
            usual = replace(usual, further=sign, continues=above.further)
            parts.append(_Part(usual, begins, self._last, day.place, sign))
        return parts

    def _change(self, part: _Part, day: Day, node: Node) -> Change | None:
        patched = self._patched(part.usual, node, CHANGE, day.first)
        if patched is None:
            return None
        usual = shifted(part.usual.when, day.first)
        event = replace(patched[0], further=part.further, continues=None)
        if day_of(event.when) != day.first:
            event = replace(event, moved_from=usual)
        if isinstance(event.when, Timed | Deadline) == isinstance(usual, Timed | Deadline):
            return Change(day.first, event)
        sign = self._signs.of(day.first, event.when, None)
        part.excluded = sorted([*part.excluded, Excluded(day.first)], key=lambda each: each.day)
        self._apart.append(replace(event, further=sign))
        return None

    def _extra(self, node: Node) -> Event | None:
        """Give a further date."""
        patched = self._patched(self._base, node, ALSO, None)
        if patched is None:
            return None
        event = patched[0]
        named = node.get("id") if isinstance(node, Mapping) else None
        return replace(event, place=node.place, further=self._signs.of(day_of(event.when), event.when, named))

    def _patched(
        self, usual: Event, node: Node, record: Record, day: date | None
    ) -> tuple[Event, str] | None:
        """Give what takes place on a day; a ``when`` that is a day alone means the usual times on that one."""
        written = node.get("when") if isinstance(node, Mapping) else node
        if not isinstance(written, Scalar) or not _DATE.fullmatch(written.text.strip()):
            return self._patch(usual, node, record, day)
        if (other := parse_day(written, self._problems)) is None:
            return None
        rest = node.entries if isinstance(node, Mapping) else ()
        without = Mapping(tuple(entry for entry in rest if entry[0].text != "when"), node.place)
        return self._patch(usual, without, CHANGE_OR_ALSO if record is ALSO else record, other)

    def _hold_apart(self, parts: list[_Part], extra: list[Event]) -> None:
        """Note dates that were moved, or added, onto others."""
        gone = {each.day for part in parts for each in part.excluded}
        gone |= {change.day for part in parts for change in part.changes}
        met: dict[object, Place] = {}
        moved = [change.event for part in parts for change in part.changes]
        for event in (*moved, *self._apart, *extra):
            day, start = day_of(event.when), _start(event.when)
            usual = next((part.usual.when for part in reversed(parts) if part.holds(day)), None)
            taken = (
                usual is not None
                and day in self._days
                and day not in gone
                and _start(shifted(usual, day)) == start
            )
            if taken or start in met:
                what = f"was moved onto {day}" if event.moved_from else f"is added on {day}"
                self._problems.error(
                    event.place,
                    "moved-onto-another",
                    f"This date {what}, when it takes place anyway",
                    f"the dates around: {self._around(day)}",
                )
            met[start] = event.place

    def _around(self, day: date) -> str:
        near = [each for each in self._days.before_and_after(day) if each]
        return " and ".join(f"{each:%A} {each}" for each in near)

    def _recurring(self, part: _Part) -> Event | None:
        """Give a part with its recurrence; None where nothing of it is left."""
        recurrence = Recurrence(self._rule, part.last, tuple(part.excluded), tuple(part.changes))
        event = replace(part.usual, recurrence=recurrence)
        if part.last is not None and len(part.excluded) >= len(days_until(event, recurrence, part.last)):
            return None
        self._hold_clocks(event, recurrence, part)
        return event

    def _hold_clocks(self, event: Event, recurrence: Recurrence, part: _Part) -> None:
        """Note dates whose times the clocks skip or repeat, and those that go on over a change without an end."""
        if not isinstance(event.when, Timed | Deadline):
            return
        if day := misread(event, recurrence):
            clock = f"{span(event.when)[0]:%H:%M}"
            message = f"The clocks skip {clock} on {day}, and calendars would show dates an hour off"
            mend = "let it begin at another time, end it before with “until”, or write its dates as a list in “when”"
            self._problems.error(part.place, "clocks-change", message, mend)
            return
        if skipped := amiss(event, recurrence):
            day = skipped[0]
            others = f", and on {len(skipped) - 1} more dates" if len(skipped) > 1 else ""
            message = f"The clocks are changed over the time of this event on {day}{others}"
            mend = f"except: [{day}] and also: [{_written(event.when, day)}]; or end it before with “until: {day - timedelta(days=1)}”"
            self._problems.error(part.place, "clocks-change", message, mend)
            return
        over = over_changes(event, recurrence)
        begins = first_standing(event, recurrence)
        if over and recurrence.last is None:
            message = f"The clocks are changed while it goes on, first on {over[0]}: calendars differ on when it ends then, so each such date must be told"
            self._problems.error(
                part.place, "no-end-over-clock-change", message, f"until: {over[0].year + 5}-12-31"
            )
        elif begins is not None and meets_change(event, begins):
            after = self._days.before_and_after(begins)[1]
            message = f"The clocks are changed while it goes on on its first date, {begins}: calendars would take its times for those of all"
            mend = f"let it begin on {after}, and write this date under “also”"
            self._problems.error(part.place, "no-end-over-clock-change", message, mend)


CHANGE_OR_ALSO = Record(ALSO.called, tuple(replace(key, required=False) for key in ALSO.keys), ALSO.synonyms)
"""A further date whose day is known."""


def _day_first(told: tuple[Day, Node]) -> date:
    return told[0].first


def _written(when: Timed | Deadline, day: date) -> str:
    """Write what takes place on a day so that no clock change leaves it in doubt."""
    start, end = span(when)
    by = day - day_of(when)
    moments = [on_the_wall(each, by, when.timezone) for each in (start, end)]
    said = [_exact(each, when.timezone) for each in moments]
    if isinstance(when, Deadline):
        return f"until {said[1]}"
    return "/".join(said) if when.end else said[0]


def _exact(moment: datetime, timezone: str) -> str:
    twice = len(zones.localise(moment.replace(tzinfo=None, fold=0), timezone)) > 1
    return f"{moment:%Y-%m-%d %H:%M}" + (moment.isoformat()[-6:] if twice else "")
