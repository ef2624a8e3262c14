"""Rules that clients read alike (clients.md, 7.4 to 7.6); others are refused."""

from datetime import date

from coopcal.definitions.codes.series import IMPOSSIBLE_RULE, NOT_IN_EVERY_MONTH
from coopcal.definitions.repeats.diagnostics import WrongRule
from coopcal.definitions.when.names import weekday_name
from coopcal.model.message import WEEKDAYS as WEEKDAY_NAMES
from coopcal.model.message import Message, msg
from coopcal.model.problem import Position
from coopcal.model.recurrence import Frequency, Rule, Weekday

LAST_SAFE_DAY = 28
"""The last day that every month has; clients differ on what a 31st does in shorter ones."""

_ORDINAL_NAMES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def possible(rule: Rule, first: date, position: Position) -> Rule:
    """Return the rule with what it leaves out filled in from its first date; raise for one that cannot be."""
    match rule.frequency:
        case Frequency.DAILY:
            return _daily(rule, position)
        case Frequency.WEEKLY:
            return _weekly(rule, first, position)
        case Frequency.MONTHLY:
            return _monthly(rule, first, position)
        case Frequency.YEARLY:
            return _yearly(rule, first, position)


def _daily(rule: Rule, position: Position) -> Rule:
    if rule.month_days or rule.months or rule.positions or any(day.nth for day in rule.weekdays):
        raise WrongRule(
            position, IMPOSSIBLE_RULE, msg("What recurs every day has no day of the month"), "every: month"
        )
    if rule.weekdays and rule.interval > 1:
        message = msg("Every few days, on some weekdays only: calendars read that differently")
        raise WrongRule(position, IMPOSSIBLE_RULE, message, "every: week")
    if rule.weekdays:
        return Rule(Frequency.WEEKLY, 1, tuple(sorted(rule.weekdays)))
    return rule


def _weekly(rule: Rule, first: date, position: Position) -> Rule:
    placed = next((day for day in rule.weekdays if day.nth), None)
    if rule.month_days or rule.months or rule.positions or placed:
        message = msg("A day of the month does not go with every week")
        raise WrongRule(position, IMPOSSIBLE_RULE, message, "every: month")
    days = tuple(sorted(rule.weekdays)) or (Weekday(first.weekday()),)
    return Rule(Frequency.WEEKLY, rule.interval, days, week_start=rule.week_start)


def _monthly(rule: Rule, first: date, position: Position) -> Rule:
    if rule.months or (rule.weekdays and rule.month_days):
        raise _told_twice(
            position, msg("It is told twice which days are meant, and calendars read that differently")
        )
    if rule.weekdays:
        return _on_weekdays(rule, first, position)
    days = rule.month_days or (first.day,)
    _hold_in_every_month(days, position)
    return Rule(rule.frequency, rule.interval, month_days=tuple(sorted(days)))


def _yearly(rule: Rule, first: date, position: Position) -> Rule:
    months = rule.months or (first.month,)
    several_weekdays = len(rule.weekdays) > 1 and not rule.positions
    if len(months) > 1 or len(rule.month_days) > 1 or several_weekdays:
        message = msg("What recurs every year has one date in it; calendars read more than one differently")
        raise WrongRule(position, IMPOSSIBLE_RULE, message, msg("write an event for each"))
    if rule.weekdays and rule.month_days:
        raise _told_twice(
            position, msg("It is told twice which day is meant, and calendars read that differently")
        )
    if rule.weekdays:
        within = _on_weekdays(rule, first, position)
        return Rule(rule.frequency, rule.interval, within.weekdays, (), months, within.positions)
    days = rule.month_days or (first.day,)
    if months == (2,):
        _hold_in_every_month(days, position)
    elif not all(1 <= day <= 31 or day == -1 for day in days):  # noqa: PLR2004 - the longest month
        raise _no_such_day(position)
    return Rule(rule.frequency, rule.interval, month_days=days, months=months)


def _told_twice(position: Position, message: Message) -> WrongRule:
    """Return what is wrong with a rule that names weekdays and days of the month."""
    mend = msg("{first} or {second}", first="on: second Tuesday", second="on: 15")
    return WrongRule(position, IMPOSSIBLE_RULE, message, mend)


def _on_weekdays(rule: Rule, first: date, position: Position) -> Rule:
    """Return a monthly rule on weekdays, each with its place in the month."""
    days = rule.weekdays
    if rule.positions:
        if any(day.nth for day in days) or any(not 1 <= abs(at) <= 4 for at in rule.positions):  # noqa: PLR2004
            raise WrongRule(
                position,
                IMPOSSIBLE_RULE,
                msg("BYSETPOS goes from 1 to 4, or -1, and with weekdays alone"),
                "BYSETPOS=-1",
            )
        if len(days) > 1:
            return Rule(rule.frequency, rule.interval, tuple(sorted(days)), positions=rule.positions)
        days = tuple(Weekday(days[0].weekday, at) for at in rule.positions)
    for day in days:
        name = weekday_name(day.weekday, "Wednesday")
        if day.nth == 0:
            nth = (first.day - 1) // 7 + 1
            ordinal = _ORDINAL_NAMES.get(nth, "last")
            raise WrongRule(
                position,
                IMPOSSIBLE_RULE,
                msg(
                    "It is not told which {weekday} of the month is meant",
                    weekday=WEEKDAY_NAMES[day.weekday],
                ),
                msg("{first}   (or {second})", first=f"on: {ordinal} {name}", second="every: week"),
            )
        if day.nth not in _ORDINAL_NAMES:
            message = msg(
                "Not every month has a fifth {weekday}, and calendars differ on what is then",
                weekday=WEEKDAY_NAMES[day.weekday],
            )
            raise WrongRule(position, NOT_IN_EVERY_MONTH, message, f"on: last {name}")
    return Rule(
        rule.frequency,
        rule.interval,
        tuple(sorted(days, key=lambda day: (day.nth < 0, day.nth, day.weekday))),
    )


def _hold_in_every_month(days: tuple[int, ...], position: Position) -> None:
    for day in days:
        if day > LAST_SAFE_DAY and day <= 31:  # noqa: PLR2004 - the longest month
            message = msg("Not every month has a day {day}, and calendars differ on what is then", day=day)
            raise WrongRule(position, NOT_IN_EVERY_MONTH, message, "on: last day")
        if not 1 <= day <= LAST_SAFE_DAY and day != -1:
            raise _no_such_day(position)


def _no_such_day(position: Position) -> WrongRule:
    return WrongRule(
        position,
        IMPOSSIBLE_RULE,
        msg("There is no such day of the month"),
        msg("{first} or {second}", first="on: 15", second="on: last day"),
    )
