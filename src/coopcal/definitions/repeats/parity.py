"""Odd and even weeks: a rule that no client knows, in stretches of every second week that all of them do.

Years have 52 weeks or 53 (ISO 8601), and week 53 is followed by week 1: every second week is no longer an odd one
from then on. So a series goes on as another there.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.spelling import did_you_mean, in_english
from coopcal.definitions.readers.text import plain
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problems
from coopcal.model.recurrence import Frequency, Rule
from coopcal.recurrence import HORIZON, years_after

WEEKS = ("odd", "even")
"""The weeks that a series may keep to."""

_LAST_WEEK = 53


@reader(json_schema.one_of(WEEKS), words=WEEKS)
def weeks(node: Node, context: Context) -> str | None:
    """Read which weeks a series keeps to."""
    word = plain(node, context.problems, msg("which weeks are meant"))
    if word is None or word in WEEKS:
        return word
    meant = in_english(node, WEEKS) if isinstance(node, Scalar) else None
    mend, fix, offers = meant or (did_you_mean(word, WEEKS), None, ())
    context.problems.tell(
        node.position,
        UNKNOWN_WORD,
        msg("“{word}” are no weeks that are known here", word=word),
        mend,
        fix,
        offers=offers,
        advice=mend,
    )
    return None


def in_weeks(rule: Rule, word: str, position: Position, problems: Problems) -> Rule | None:
    """Return a rule in odd or even weeks alone; None, with the problem noted, where it cannot be."""
    if rule.frequency is not Frequency.WEEKLY or rule.interval != 1:
        problems.tell(
            position,
            BAD_REPEATS,
            msg("Odd and even weeks go with “every: week”: each has one or the other number"),
            "every: week",
        )
        return None
    return replace(rule, week_start=0, is_odd=word == "odd")


def as_clients_know(rule: Rule) -> Rule:
    """Return the rule of one stretch: every second week."""
    return rule if rule.is_odd is None else replace(rule, is_odd=None, interval=2)


def breaks_between(rule: Rule, first: date, last: date | None) -> Iterator[date]:
    """Return the days from which a rule goes on as another: the Mondays behind each week 53."""
    if rule.is_odd is None:
        return
    for year in range(first.year - 1, (last or years_after(first, HORIZON)).year + 1):
        closing = date(year, 12, 28)
        if closing.isocalendar().week == _LAST_WEEK:
            monday = closing + timedelta(days=7 - closing.weekday())
            if first < monday and (last is None or monday <= last):
                yield monday
