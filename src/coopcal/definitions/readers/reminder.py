"""When to be reminded."""

from datetime import timedelta

from coopcal.definitions.codes.dates import BAD_DURATION
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import each_once, listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg
from coopcal.model.reminder import BEFORE, Moment, Reminder


@reader(
    {
        "anyOf": [
            {"enum": [*Moment]},
            json_schema.string(whole(BEFORE), "Write evening, morning, or how long before, such as PT2H"),
        ]
    }
)
def reminder(node: Node, context: Context) -> str | None:
    """Read a time of day, or how long before; it is kept as it is written, as it stands in addresses."""
    written = scalar(node, context.problems, msg("a reminder"))
    if written is None:
        return None
    text = written.text.strip()
    if (read := Reminder.of(text)) is not None and read.at != timedelta(0):
        return text
    context.problems.tell(
        written.position,
        BAD_DURATION,
        msg("“{text}” is no reminder that is read here", text=written.text),
        msg("write “evening”, “morning”, or how long before, at most 30 days, such as “PT2H” or “P1D”"),
    )
    return None


reminders = each_once(listed(reminder))
