"""Days, moments and lengths of time."""

from datetime import date, datetime, timedelta

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.definitions.when import parse_day, parse_duration, parse_moment
from coopcal.definitions.when.durations import DURATION
from coopcal.model.message import msg

DAY = json_schema.text(patterns.ONE_DAY, "Write the day as 2026-03-14")


@reader(DAY)
def day(node: Node, context: Context) -> date | None:
    """Read one day."""
    written = scalar(node, context.problems, msg("a day"))
    return parse_day(written, context.problems) if written else None


@reader(json_schema.text(patterns.MOMENT, "Write it as 2026-03-14 or 2026-03-14 12:00"))
def moment(node: Node, context: Context) -> date | datetime | None:
    """Read a day, or a day and a time (aware, in the zone around)."""
    written = scalar(node, context.problems, msg("a day or a moment"))
    return parse_moment(written, context.surroundings, context.problems) if written else None


@reader(json_schema.string(whole(DURATION), "Write PT2H for two hours, PT90M for 90 minutes, P1D for a day"))
def duration(node: Node, context: Context) -> timedelta | None:
    """Read how long something lasts (ISO 8601)."""
    written = scalar(node, context.problems, msg("a length"))
    return parse_duration(written, context.problems) if written else None
