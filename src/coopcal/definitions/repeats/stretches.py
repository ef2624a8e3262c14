"""A series in parts in each of which the usual does not change, and which calendars know by one rule."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from coopcal.definitions.codes.series import NO_SUCH_OCCURRENCE
from coopcal.definitions.override import Patch
from coopcal.definitions.repeats.changed_date import patched_on
from coopcal.definitions.repeats.date_identifiers import Signs
from coopcal.definitions.repeats.dates import Day
from coopcal.definitions.repeats.ending import may_recur
from coopcal.definitions.repeats.keys import CHANGE
from coopcal.definitions.repeats.parity import breaks_between
from coopcal.definitions.repeats.rule_dates import RuleDates
from coopcal.definitions.second_call import no_second_call
from coopcal.definitions.source.node import Mapping, Node
from coopcal.model.event import Event, ExceptionDate, Override
from coopcal.model.happening import Details
from coopcal.model.message import msg, with_weekday
from coopcal.model.problem import Position, Problems
from coopcal.zones.shift import day_of


@dataclass(slots=True)
class Part:
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
        """Return whether a day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


def parts_of(
    base: Event,
    when: Node,
    patch: Patch,
    later: list[tuple[Day, Node]],
    dates: RuleDates,
    signs: Signs,
    problems: Problems,
) -> list[Part]:
    """Return the series and its stretches: ``later`` holds what is so from dates on, ``when`` is where the first is written."""
    parts = [Part(base.details, dates.first, dates.last, when.position, patch)]
    for day, node in later:
        first = dates.from_on(day.first)
        if first is None or (dates.last and first > dates.last):
            dates.tell_nearest(day, msg("No date lies on or after {day}", day=day.first))
            continue
        above = parts[-1]
        if first <= above.first:
            problems.tell(
                day.position,
                NO_SUCH_OCCURRENCE,
                msg("All dates lie after {first}, so this is so from the first one on", first=day.first),
                msg("write it in the event itself"),
            )
            continue
        if (patched := patched_on(first, node, CHANGE, above.usual, above.patch, problems)) is None:
            continue
        usual = patched.details
        if usual.second_call is not None:
            no_second_call(day.position, problems)
        if not may_recur(usual.when, node, problems):
            continue
        begins = day_of(usual.when)
        if begins not in dates:
            dates.tell_nearest(
                Day(day.position, begins, begins),
                msg("{day} is no date that “repeats” gives", day=with_weekday(begins)),
            )
            continue
        above.last = dates.before(first)
        sign = signs.of(day.first, usual.when, None)
        parts.append(Part(usual, begins, dates.last, day.position, patched.patch, sign))
    return _in_stretches(parts, dates, signs)


def _in_stretches(parts: list[Part], dates: RuleDates, signs: Signs) -> list[Part]:
    """Return parts in stretches with rules that clients know; each goes on with the one before."""
    stretches: list[Part] = []
    for part in parts:
        stretches.append(part)
        for monday in breaks_between(dates.rule, part.first, part.last):
            above = stretches[-1]
            begins, before = dates.from_on(monday), dates.before(monday)
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
            sign = signs.of(begins, usual.when, None)
            stretches.append(Part(usual, begins, above.last, above.position, patched.patch, sign))
            above.last = before
    for above, part in pairwise(stretches):
        part.continues = above.sign or None
    return stretches
