"""``on``: the days on which an event recurs."""

import re
from dataclasses import dataclass

from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.declared.spelling import did_you_mean
from coopcal.definitions.repeats.diagnostics import WrongRule, noted
from coopcal.definitions.repeats.words import AND, LAST_DAY, WEEKDAYS, ordinals, weekday_words
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.when.names import weekdays
from coopcal.model.message import msg
from coopcal.model.recurrence import Weekday

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|er|e)?")


@dataclass(frozen=True, slots=True)
class On:
    """Weekdays, each perhaps with its number in the month, and days of the month; -1 is the last one."""

    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()


@reader({"anyOf": [{"enum": [*NAMES, LAST_DAY[0]]}, json_schema.listed(json_schema.text())]})
@noted
def on(node: Node, context: Context) -> On:
    """Read on which days an event recurs."""
    of_week: list[Weekday] = []
    month_days: list[int] = []
    pending: list[int] = []
    for item in items(node):
        if not isinstance(item, Scalar):
            raise WrongRule(
                item.position,
                BAD_REPEATS,
                msg("Days are words or numbers"),
                msg("{first} or {second}", first="on: [Monday, Thursday]", second="on: second Tuesday"),
            )
        text = " ".join(item.text.lower().replace(",", " , ").split())
        if text in WEEKDAYS:
            of_week += [Weekday(number) for number in range(5)]
            continue
        if text in LAST_DAY:
            month_days.append(-1)
            continue
        pending = []
        for word in text.split(" "):
            pending = _word(word, pending, item, (of_week, month_days), context.languages)
        month_days += pending
    return On(tuple(dict.fromkeys(of_week)), tuple(dict.fromkeys(month_days)))


def _word(
    word: str,
    pending: list[int],
    item: Scalar,
    into: tuple[list[Weekday], list[int]],
    languages: tuple[str, ...],
) -> list[int]:
    """Read one word; return the ordinals and numbers that wait for the weekday that they go with."""
    of_week, month_days = into
    days = weekday_words(languages)
    if word in AND or word == ",":
        return pending
    if word.strip(".") in days and (word not in ordinals() or word in weekdays(languages)):
        number = days[word.strip(".")]
        of_week += [Weekday(number, nth) for nth in pending] or [Weekday(number)]
        return []
    if word in ordinals():
        return [*pending, ordinals()[word]]
    match = _DAY_OF_MONTH.fullmatch(word)
    if match and 1 <= int(match[1]) <= 31:  # noqa: PLR2004 - the longest month
        month_days += pending
        return [int(match[1])]
    known = [*NAMES, *(name for name in ordinals() if len(name) > 3)]  # noqa: PLR2004 - words, not 1st
    raise WrongRule(
        item.position,
        BAD_REPEATS,
        msg("“{word}” is no day here", word=word),
        did_you_mean(word, known)
        or msg("write “Monday, Thursday”, “second Tuesday”, “last Friday”, “15” or “last day”"),
    )
