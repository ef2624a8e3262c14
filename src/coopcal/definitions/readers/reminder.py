"""When to be reminded."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.definitions.when import parse_duration
from coopcal.definitions.when.durations import DURATION
from coopcal.model.message import msg

MOMENTS = ("evening", "morning")
"""Times of day at which to be reminded."""


@reader(
    {
        "anyOf": [
            {"enum": [*MOMENTS]},
            json_schema.string(whole(DURATION), "Write evening, morning, or how long before, such as PT2H"),
        ]
    }
)
def reminder(node: Node, context: Context) -> str | None:
    """Read a time of day, or how long before."""
    written = scalar(node, context.problems, msg("a reminder"))
    if written is None:
        return None
    text = written.text.strip()
    return text if text in MOMENTS or parse_duration(written, context.problems) else None


reminders = listed(reminder)
