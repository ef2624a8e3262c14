"""Days in the lists of ``repeats``: single ones, ranges, and named breaks."""

import re
from dataclasses import dataclass
from datetime import date, time

from coopcal.definitions.breaks import read_range
from coopcal.definitions.codes.dates import BAD_TIME
from coopcal.definitions.codes.series import UNKNOWN_BREAK
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import called, did_you_mean
from coopcal.definitions.source.node import Node, Scalar
from coopcal.definitions.when import parse_day
from coopcal.model.message import msg
from coopcal.model.organisation import Break
from coopcal.model.problem import Position, Problems

_NAMED = re.compile(r"[a-z][a-z0-9-]*")
_WITH_TIME = re.compile(r"(\S+)[ T]+(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Day:
    """Days that are meant by one entry: from ``first`` to ``last``; ``clock`` where a time stands behind a day.

    ``ranged`` is true for a range and for a break, whose ``name`` is given.
    """

    position: Position
    first: date
    last: date
    ranged: bool = False
    name: str | None = None
    clock: time | None = None


@reader(json_schema.text())
def named_days(node: Node, context: Context) -> tuple[Day, ...]:
    """Read a day, a range of days or the name of a break; (), with the problem noted, for anything else."""
    problems, breaks = context.problems, context.breaks
    written = scalar(node, problems, msg("a date"))
    if written is None:
        return ()
    text = written.text.strip()
    text = called(text, [pause.name for pause in breaks]) or text
    named = [pause for pause in breaks if pause.name == text]
    if named or _NAMED.fullmatch(text):
        if not named:
            known = sorted({pause.name for pause in breaks})
            mend = did_you_mean(text, known) or msg(
                "add it to the organisation: breaks: {{{text}: 2026-07-01/2026-08-31}}", text=text
            )
            problems.tell(written.position, UNKNOWN_BREAK, msg("There is no break “{text}”", text=text), mend)
        return tuple(
            Day(written.position, pause.first, pause.last, ranged=True, name=text) for pause in named
        )
    if "/" in text:
        both = read_range(written, problems)
        return (Day(written.position, *both, ranged=True),) if both else ()
    return tuple(day for day in (read_day(written, problems),) if day)


def read_day(node: Scalar, problems: Problems) -> Day | None:
    """Read one day, perhaps with the time of what begins then."""
    text, clock = node.text.strip(), None
    if match := _WITH_TIME.fullmatch(text):
        try:
            clock = time(int(match[2]), int(match[3]))
        except ValueError:
            problems.tell(
                node.position,
                BAD_TIME,
                msg("There is no time {hour}:{minute}", hour=match[2], minute=match[3]),
                msg("hours go from 00 to 23, minutes from 00 to 59"),
            )
            return None
        text = match[1]
    day = parse_day(Scalar(text, _part(node, text)), problems)
    return Day(node.position, day, day, clock=clock) if day else None


def _part(node: Scalar, text: str) -> Position:
    place = node.position
    if place.end_column - place.column != len(node.text):
        return place
    return Position(place.path, place.line, place.column, place.column + max(len(text), 1))


def breaks_of(own: tuple[Break, ...], site: tuple[Break, ...]) -> tuple[Break, ...]:
    """Return the breaks that an organisation knows: its own, and the site's of other names."""
    names = {break_.name for break_ in own}
    return (*own, *(break_ for break_ in site if break_.name not in names))
