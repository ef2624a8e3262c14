"""Named ranges of dates in which nothing takes place."""

from datetime import date

from coopcal.definitions.codes.dates import BAD_DATE, ENDS_BEFORE_START
from coopcal.definitions.codes.values import NOT_KEYS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import items, scalar
from coopcal.definitions.readers.identifier import identifier
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import parse_day
from coopcal.model.message import msg
from coopcal.model.organisation import Break
from coopcal.model.problem import Position, Problems

UNREAD = (date.min, date.min)
"""The days of a break whose own cannot be read: it is known by its name, and nothing takes place in it."""


@reader(
    json_schema.named(
        json_schema.listed(
            json_schema.text(patterns.DAYS, "Write a day or a range of days, such as 2026-07-01/2026-08-31")
        )
    )
)
def breaks(node: Node, context: Context) -> tuple[Break, ...]:
    """Read breaks: days, ranges of days, or lists of them, by name."""
    problems = context.problems
    if not isinstance(node, Mapping):
        problems.tell(
            node.position, NOT_KEYS, msg("Breaks are written by name"), "summer: 2026-07-01/2026-08-31"
        )
        return ()
    named = []
    for key, value in node.entries:
        name = identifier(key, context)
        for item in items(value):
            written = scalar(item, problems, msg("a range of days"))
            days = read_range(written, problems) if written else None
            if name:
                named.append(Break(name, *(days or UNREAD)))
    return tuple(named)


def read_range(node: Scalar, problems: Problems) -> tuple[date, date] | None:
    """Read a day, or a range of days with the last one included; None, with the problem noted, for anything else."""
    days = []
    at = 0
    for part in node.text.split("/"):
        place = node.position
        if place.end_column - place.column == len(node.text):
            place = Position(place.path, place.line, place.column + at, place.column + at + max(len(part), 1))
        days.append(parse_day(Scalar(part, place), problems))
        at += len(part) + 1
    if len(days) > 2:  # noqa: PLR2004 - from and to
        problems.tell(
            node.position,
            BAD_DATE,
            msg("“{text}” is no range of days", text=node.text),
            msg("write it as 2026-07-01/2026-08-31"),
        )
        return None
    first, last = days[0], days[-1]
    if first is None or last is None:
        return None
    if last < first:
        problems.tell(
            node.position,
            ENDS_BEFORE_START,
            msg("It ends before it starts"),
            f"{last}/{first}",
        )
        return None
    return first, last
