"""Events by name: of the same organisation, or of others."""

from coopcal.definitions.codes.site import BAD_EVENT_NAME
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.readers.identifier import reference
from coopcal.definitions.source.node import Node
from coopcal.model.ids import is_id
from coopcal.model.message import msg
from coopcal.model.organisation import Reference


@reader(json_schema.text(patterns.EVENT_ID, "Write the id of an event, or event/session"))
def event_id(node: Node, context: Context) -> Reference | None:
    """Read the id of an event; that of a session stands behind its event's and a slash."""
    written = scalar(node, context.problems, msg("an id"))
    if written is None:
        return None
    if written.text.count("/") == 1 and all(is_id(part) for part in written.text.split("/")):
        return Reference(written.text, written.position)
    return reference(written, context)


@reader(json_schema.text(patterns.EVENT_NAME, "Write organisation/event, such as cicopa/open-day"))
def event_name(node: Node, context: Context) -> Reference | None:
    """Read the name of another organisation's event or session."""
    written = scalar(node, context.problems, msg("an event"))
    if written is None:
        return None
    if written.text.count("/") in (1, 2):
        return Reference(written.text, written.position)
    context.problems.tell(
        written.position,
        BAD_EVENT_NAME,
        msg("“{text}” does not name another's event", text=written.text),
        msg("write organisation/event, such as cicopa/open-day"),
    )
    return None


event_ids = listed(event_id)
event_names = listed(event_name)
