"""How a series recurs, as it is told in words: all of it together, with what it goes on with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from coopcal import recurrence
from coopcal.compile.render.seasons import named
from coopcal.model.event import ExceptionDate, FurtherDate, Recurring, Series, Stretch
from coopcal.model.happening import Status
from coopcal.model.recurrence import Frequency, Pause, Rhythm, Rule, Turn
from coopcal.model.when import Deadline, Imprecise, Timed, When
from coopcal.zones.shift import day_of, shifted

YEARS = 6
"""Years for which the dates of a series without end are held against the rule that is told of it."""


def rhythm_of(happening: Recurring, *, but_explained: bool = False) -> Rhythm:
    """Return how something recurs: a series with its stretches and further dates, a stretch by itself.

    With ``but_explained``, dates that are left out for a reason which is told elsewhere are not among its own.
    """
    parts, further = _parts(happening)
    first, last = day_of(happening.details.when), parts[-1].recurrence.last
    excepted = [one for part in parts for one in part.recurrence.exception_dates]
    changed = _changed(happening.details.when, further, excepted)
    told = (one for one in excepted if one.day not in changed and not (but_explained and one.reason))
    pauses, days = _left_out(told)
    count = sum(map(_count, parts)) if last else 0
    return Rhythm(
        rule=_rule(parts, first, last),
        first=first,
        last=last,
        count=count,
        times=happening.recurrence.times and count == _count(happening, with_all=True),
        pauses=pauses,
        days=days,
        turns=tuple(_turn(part) for part in parts[1:]),
        also=tuple(
            one.details.when
            for one in further
            if not isinstance(one.details.when, Imprecise)
            and not one.details.is_off
            and _original(one) not in changed
        ),
    )


def _parts(happening: Recurring) -> tuple[list[Recurring], list[FurtherDate]]:
    """Return the stretches that something is made of, itself the first, and the dates beside its rule."""
    further = happening.dates if isinstance(happening, Series) else ()
    stretches = [one for one in further if isinstance(one, Stretch)]
    return [happening, *stretches], [one for one in further if not isinstance(one, Stretch)]


def _changed(usual: When, further: list[FurtherDate], excepted: list[ExceptionDate]) -> set[date]:
    """Return the dates of the rule that are changed so that they stand by themselves, and need no words of their own.

    One within a break or range that holds other dates, too, is none of these: the break is told whole, and it beside.
    """
    apart = {_original(one) for one in further if _is_changed(one, usual)}
    broken = {one.pause for one in excepted if one.pause and one.day not in apart}
    return apart & {one.day for one in excepted if one.pause is None or one.pause not in broken}


def _is_changed(further: FurtherDate, usual: When) -> bool:
    """Return whether a date is that of the rule on its day; one at another time of that day is not."""
    when, moved = further.details.when, further.details.moved_from is not None
    is_timed, was_timed = (isinstance(each, Timed | Deadline) for each in (when, usual))
    return moved or is_timed != was_timed or when == shifted(usual, day_of(when))


def _original(further: FurtherDate) -> date:
    """Return the day that a date had before it was moved; that of one that was not is its own."""
    return day_of(further.details.moved_from or further.details.when)


def _count(part: Recurring, *, with_all: bool = False) -> int:
    """Return on how many dates something takes place; ``with_all`` counts those that are excepted or cancelled."""
    rule, when = part.recurrence, part.details.when
    if with_all:
        return len(recurrence.days_until(when, rule, rule.last or day_of(when)))
    off = frozenset(one.day for one in rule.overrides if one.details.status is Status.CANCELLED)
    return len(recurrence.standing_days(when, rule, off, rule.last or day_of(when)))


def _left_out(excepted: Iterable[ExceptionDate]) -> tuple[tuple[Pause, ...], tuple[date, ...]]:
    """Return in which breaks and ranges nothing takes place, and on which single dates; a range of one date is one."""
    pauses: dict[Pause, list[date]] = {}
    days = []
    for one in excepted:
        if one.pause is None:
            days.append(one.day)
        else:
            pauses.setdefault(named(one.pause), []).append(one.day)
    days += [found[0] for pause, found in pauses.items() if len(found) == 1 and not pause.name]
    return tuple(pause for pause, found in pauses.items() if len(found) > 1 or pause.name), tuple(
        sorted(days)
    )


def _turn(part: Recurring) -> Turn:
    """Return from when on a series is as in one of its stretches."""
    details = part.details
    return Turn(day_of(details.when), details.when, details.status.value if details.is_off else "")


def _rule(parts: list[Recurring], first: date, last: date | None) -> Rule | None:
    """Return the rule that gives the dates of all parts; None where there is none.

    Odd and even weeks are written as every second one, in stretches that begin anew behind a week 53.
    """
    rule = parts[0].recurrence.rule
    if len(parts) == 1:
        return rule
    end = last or recurrence.years_after(first, YEARS)
    given = [
        day
        for part in parts
        if day_of(part.details.when) <= end
        for day in recurrence.days_until(part.details.when, part.recurrence, end)
    ]
    rules = [rule]
    if rule.frequency is Frequency.WEEKLY and rule.interval == 2:  # noqa: PLR2004 - every second week
        rules.append(replace(rule, interval=1, week_start=0, is_odd=bool(first.isocalendar().week % 2)))
    return next((each for each in rules if recurrence.days(each, first).between(first, end) == given), None)
