"""A VTIMEZONE is written: the form that every reader measured takes right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from coopcal.zones.transitions import Transition, opening, transitions

LAST_YEAR = 2050
"""Up to the end of this year every change is written; yearly runs that last so long go on for ever."""

_ROOM = 10
"""Years that a zone's present rules are followed at least, for feeds that begin late."""

_SHORTEST_RUN = 3
"""Fewer onsets than these stand each for itself: a rule of two years is hardly one."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_LAST = -1
_TOO_MANY = 5  # no month has five of each weekday in every year


class _Rule(NamedTuple):
    """A day that comes once a year: the ``position``-th ``weekday`` of ``month``."""

    month: int
    weekday: str
    position: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Onsets that follow a rule, one in each of consecutive years; or a single one without any rule."""

    onsets: tuple[Transition, ...]
    rule: _Rule | None = None

    @property
    def start(self) -> datetime:
        return _onset(self.onsets[0])


def written(zone: str, first_year: int) -> bytes:
    """Return the VTIMEZONE of a zone for feeds that begin in a year, as folded lines of iCalendar.

    Where the zone's present rules hold already in the year before, these rules alone are written, from that year
    on: they tell what holds on 1 January, and each observance has begun when the first event starts. The Ruby gem
    icalendar (2.8) cannot read a time for which one has not.

    Elsewhere what holds on 1 January is an observance without a change; then yearly runs are rules (month, weekday
    and its position), and every other onset is an observance of its own, with an RDATE equal to its DTSTART.
    Nothing is said of what was before.
    """
    last_year = max(LAST_YEAR, first_year + _ROOM)
    component = Timezone()
    component.add("TZID", zone)
    runs = _present_rules(zone, first_year - 1, last_year)
    if not runs:
        start = opening(zone, first_year)
        component.add_component(_observance(start, {}))
        runs = list(_runs(_after(start, zone, last_year)))
    for run in sorted(runs, key=lambda run: run.start):
        component.add_component(_observance(run.onsets[0], _recurrence(run, last_year)))
    return bytes(component.to_ical(sorted=False))


def _present_rules(zone: str, first_year: int, last_year: int) -> list[_Run]:
    """Return the yearly rules that tell every change from one year to another; [] where the law changes between."""
    changes = [
        transition
        for transition in transitions(zone, first_year - 1, last_year + 1)
        if first_year <= _onset(transition).year <= last_year
    ]
    runs = list(_runs(changes))
    lasting = all(
        run.rule and (_onset(run.onsets[0]).year, _onset(run.onsets[-1]).year) == (first_year, last_year)
        for run in runs
    )
    return runs if lasting else []


def _onset(transition: Transition) -> datetime:
    """Return the local time at which a change sets in, on clocks that have not been changed yet."""
    return (transition.at + transition.before).replace(tzinfo=None)


def _after(start: Transition, zone: str, last_year: int) -> list[Transition]:
    """Return the changes after the start of a year, on the clocks of the zone, to the end of another."""
    year = _onset(start).year
    return [
        transition
        for transition in transitions(zone, year - 1, last_year + 1)
        if _onset(start) < _onset(transition) and _onset(transition).year <= last_year
    ]


def _runs(changes: Iterable[Transition]) -> Iterator[_Run]:
    """Cut changes into runs that follow a rule, the longest ones first, and single ones."""
    alike: dict[object, list[Transition]] = defaultdict(list)
    for change in changes:
        key = (change.before, change.after, change.name, change.dst, _onset(change).time())
        alike[key].append(change)
    for group in alike.values():
        yield from _cut(group)


def _cut(changes: list[Transition]) -> Iterator[_Run]:
    left = changes
    while (run := _longest_run(left)) is not None:
        yield run
        left = [change for change in left if change not in run.onsets]
    yield from (_Run((change,)) for change in left)


def _longest_run(changes: list[Transition]) -> _Run | None:
    by_rule: dict[_Rule, list[Transition]] = defaultdict(list)
    for change in changes:
        for rule in _rules(_onset(change)):
            by_rule[rule].append(change)
    runs = [_Run(onsets, rule) for rule, followed in by_rule.items() for onsets in _consecutive(followed)]
    longest = max(runs, key=lambda run: len(run.onsets), default=None)
    return longest if longest is not None and len(longest.onsets) >= _SHORTEST_RUN else None


def _rules(onset: datetime) -> Iterator[_Rule]:
    """Return the rules that a day may be following."""
    weekday = _WEEKDAYS[onset.weekday()]
    if (onset + timedelta(days=_WEEK)).month != onset.month:
        yield _Rule(onset.month, weekday, _LAST)
    position = (onset.day - 1) // _WEEK + 1
    if position < _TOO_MANY:
        yield _Rule(onset.month, weekday, position)


def _consecutive(changes: Sequence[Transition]) -> Iterator[tuple[Transition, ...]]:
    """Cut changes, of which no two are in one year, wherever a year is missing."""
    begin = 0
    for index in range(1, len(changes) + 1):
        at_end = index == len(changes)
        if at_end or _onset(changes[index]).year != _onset(changes[index - 1]).year + 1:
            yield tuple(changes[begin:index])
            begin = index


def _recurrence(run: _Run, last_year: int) -> Mapping[str, object]:
    """Return the property that tells when a run's onsets are; one that reaches the last year has no end."""
    if run.rule is None:
        return {"RDATE": run.start}
    parts: dict[str, object] = {"FREQ": "YEARLY"}
    if _onset(run.onsets[-1]).year < last_year:
        parts["UNTIL"] = run.onsets[-1].at
    parts |= {"BYMONTH": run.rule.month, "BYDAY": f"{run.rule.position}{run.rule.weekday}"}
    return {"RRULE": vRecur(parts)}


def _observance(first: Transition, recurrence: Mapping[str, object]) -> Component:
    """Return the component for onsets that are like ``first``.

    Summer time is DAYLIGHT even where it is called standard time by law: readers that know one STANDARD and
    one DAYLIGHT take it for granted that the latter is the larger offset.
    """
    component = TimezoneDaylight() if first.dst else TimezoneStandard()
    component.add("DTSTART", _onset(first))
    for name, value in recurrence.items():
        component.add(name, value)
    component.add("TZNAME", first.name)
    component.add("TZOFFSETFROM", first.before)
    component.add("TZOFFSETTO", first.after)
    return component
