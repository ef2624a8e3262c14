"""``every`` and ``on``, or a raw ``rule`` → a rule that clients read alike."""

from datetime import date

from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.context import Context
from coopcal.definitions.declared.record import Written
from coopcal.definitions.repeats.diagnostics import WrongRule
from coopcal.definitions.repeats.on import On
from coopcal.definitions.repeats.parity import in_weeks
from coopcal.definitions.repeats.portable import possible
from coopcal.definitions.repeats.raw import Ending
from coopcal.model.message import msg
from coopcal.model.problem import Position
from coopcal.model.recurrence import Rule


def decode_rule(
    written: Written, first: date, position: Position, context: Context
) -> tuple[Rule, Ending] | None:
    """Read the rule of a series that begins on a day; None, with the problem noted, where it is none."""
    try:
        if "rule" in written.nodes:
            return _raw(written, first, context)
        rule = _in_words(written, first, position, context)
    except WrongRule as wrong:
        context.problems.tell(*wrong.told)
        return None
    if rule is None or "weeks" not in written.nodes:
        return (rule, Ending()) if rule else None
    weeks = written.read(context, only=("weeks",)).get("weeks")
    rule = in_weeks(rule, weeks, written.nodes["weeks"].position, context.problems) if weeks else None
    return (rule, Ending()) if rule else None


def _raw(written: Written, first: date, context: Context) -> tuple[Rule, Ending] | None:
    for other in ("every", "on", "weeks"):
        if other in written.nodes:
            message = msg("“rule” says it all, so “{other}” cannot stand beside it", other=other)
            mend = msg("take “{other}” out", other=other)
            raise WrongRule(written.nodes[other].position, BAD_REPEATS, message, mend)
    raw = written.read(context, only=("rule",)).get("rule")
    if raw is None:
        return None
    rule, ending = raw
    return possible(rule, first, written.nodes["rule"].position), ending


def _in_words(written: Written, first: date, position: Position, context: Context) -> Rule | None:
    if "every" not in written.nodes:
        raise WrongRule(position, BAD_REPEATS, msg("It is not told how often it recurs"), "every: week")
    if (every := written.read(context, only=("every",)).get("every")) is None:
        return None
    frequency, interval = every
    if "on" not in written.nodes:
        return possible(Rule(frequency, interval), first, position)
    on: On | None = written.read(context, only=("on",)).get("on")
    if on is None:
        return None
    rule = Rule(frequency, interval, on.weekdays, on.month_days)
    return possible(rule, first, written.nodes["on"].position)
