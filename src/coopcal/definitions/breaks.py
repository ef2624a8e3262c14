"""Named ranges of dates in which nothing takes place."""

from datetime import date

from coopcal.definitions.codes.dates import BAD_DATE, ENDS_BEFORE_START
from coopcal.definitions.codes.values import NOT_KEYS
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import items
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import parse_day
from coopcal.model.message import msg
from coopcal.model.organisation import Break
from coopcal.model.problem import Place, Problems

UNREAD = (date.min, date.min)
"""The days of a break whose own cannot be read: it is known by its name, and nothing takes place in it."""


def read_breaks(node: Node | None, problems: Problems) -> tuple[Break, ...]:
    """Read breaks: days, ranges of days, or lists of them, by name."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        problems.tell(
            node.place, NOT_KEYS, msg("Breaks are written by name"), "summer: 2026-07-01/2026-08-31"
        )
        return ()
    breaks = []
    for key, value in node.entries:
        name = read.identifier(key, problems)
        for item in items(value):
            found = read.scalar(item, problems, msg("a range of days"))
            both = read_range(found, problems) if found is not None else None
            if name:
                breaks.append(Break(name, *(both or UNREAD)))
    return tuple(breaks)


def read_range(node: Scalar, problems: Problems) -> tuple[date, date] | None:
    """Read a day, or a range of days with the last one included; None, with the problem noted, for anything else."""
    days = []
    at = 0
    for part in node.text.split("/"):
        place = node.place
        if place.end_column - place.column == len(node.text):
            place = Place(place.path, place.line, place.column + at, place.column + at + max(len(part), 1))
        days.append(parse_day(Scalar(part, place), problems))
        at += len(part) + 1
    if len(days) > 2:  # noqa: PLR2004 - from and to
        problems.tell(
            node.place,
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
            node.place,
            ENDS_BEFORE_START,
            msg("It ends before it starts"),
            f"{last}/{first}",
        )
        return None
    return first, last
