"""Where a series begins and ends."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from coopcal.definitions.codes.dates import ENDS_BEFORE_START
from coopcal.definitions.codes.series import BAD_REPEATS, FIRST_DATE_NOT_IN_RULE, TOO_FAR_AHEAD
from coopcal.definitions.codes.values import NOT_A_NUMBER
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import Written
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg, with_weekday
from coopcal.model.problem import Position, Problems, has_errors
from coopcal.model.recurrence import Rule
from coopcal.model.when import Deadline, Imprecise, When
from coopcal.recurrence import HORIZON, Days, days, span, years_after

UNKNOWN = date.min
"""Stands for a last day that could not be read."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def may_recur(when: When, place: Node, problems: Problems) -> bool:
    """Return whether something of that kind can recur; if not, that is noted."""
    if isinstance(when, Imprecise):
        problems.tell(
            place.position,
            BAD_REPEATS,
            msg("What recurs has a day, and this date is less precise"),
            "when: 2026-03-14",
        )
        return False
    if isinstance(when, Deadline) and span(when)[0].date() != when.at.date():
        at = datetime.combine(when.at.date() - timedelta(days=1), datetime.max.time())
        problems.tell(
            place.position,
            BAD_REPEATS,
            msg("A deadline that recurs lies at least a quarter of an hour after midnight"),
            f"when: until {at:%Y-%m-%d %H:%M}",
        )
        return False
    return True


def first_fits(rule: Rule, first: date, when: Node, problems: Problems) -> bool:
    """Return whether the rule gives the first date; if not, the nearest is told."""
    if first in days(rule, first):
        return True
    around = Days(replace(rule, interval=1), date(first.year - 2, 1, 1)).before_and_after(first)
    near = min((day for day in around if day), key=lambda day: (abs(day - first), day), default=None)
    text = when.text if isinstance(when, Scalar) else ""
    match = _DATE.search(text)
    mend = None
    if near:
        lead = "until " if text.startswith("until ") else ""
        mend = f"when: {lead}{near}{text[match.end() :]}" if match else f"when: {near}"
    problems.tell(
        when.position,
        FIRST_DATE_NOT_IN_RULE,
        msg("{day} is no date that “repeats” gives", day=with_weekday(first)),
        mend,
    )
    return False


def last_day(
    rule: Rule,
    first: date,
    until: date | None,
    count: int | None,
    written: Written,
    context: Context,
) -> date | None:
    """Return the last day of a rule, None for one without end; UNKNOWN, with the problem noted, where it has none."""
    problems, nodes = context.problems, written.nodes
    before = len(problems.found)
    written.read(context, only=("until", "count"))
    place = nodes.get("until") or nodes.get("count") or nodes.get("rule")
    if "until" in nodes:
        until = written.get("until")
    if "count" in nodes:
        count = written.get("count")
        if count == 0:
            problems.tell(
                nodes["count"].position, NOT_A_NUMBER, msg("There is at least one date"), "count: 10"
            )
    if has_errors(problems.found[before:]) or place is None:
        return UNKNOWN if has_errors(problems.found[before:]) else None
    if until is not None and count is not None:
        problems.tell(
            place.position,
            BAD_REPEATS,
            msg("Either the last day is told or the number, not both"),
            msg("take “count” out"),
        )
    elif until is not None and until < first:
        problems.tell(
            place.position,
            ENDS_BEFORE_START,
            msg("It ends on {until}, before its first date, {first}", until=until, first=first),
            f"until: {first.year + 1}-12-31",
        )
    else:
        return _resolved(rule, first, until, count, place.position, problems)
    return UNKNOWN


def _resolved(
    rule: Rule, first: date, until: date | None, count: int | None, position: Position, problems: Problems
) -> date | None:
    if until is None and count is None:
        return None
    horizon = years_after(first, HORIZON)
    given = days(rule, first)
    last = given.number(count) if count is not None else None
    if until is not None and until < horizon:
        last = given.between(first, until)[-1]
    if last is None:
        problems.tell(
            position,
            TOO_FAR_AHEAD,
            msg("Dates are followed for {horizon} years at most", horizon=HORIZON),
            msg("take the line out, if it goes on without an end"),
        )
        return UNKNOWN
    return last
