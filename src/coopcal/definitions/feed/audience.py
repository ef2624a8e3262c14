"""For whom a private feed is."""

from coopcal.definitions.codes.site import FOR_NOBODY
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.identifier import references
from coopcal.definitions.source.node import Node
from coopcal.definitions.visibility import groups
from coopcal.model.feed import Audience
from coopcal.model.message import msg

AUDIENCE = Record(
    "Whom a private feed is for",
    (
        Key("groups", groups, "the groups whose events it shows, too", "[board]"),
        Key("organisations", Reader(references.read, references.schema), "whose events of these groups; of all where none is named", "[cicopa]"),
    ),
    {"group": "groups", "members": "groups", "organisation": "organisations", "orgs": "organisations"},
)  # fmt: skip


@reader(json_schema.ref("audience"))
def audience(node: Node, context: Context) -> Audience | None:
    """Read for whom a private feed is."""
    written = read_record(node, AUDIENCE, context)
    if written is None:
        return None
    if not written.nodes:
        context.problems.tell(
            node.position,
            FOR_NOBODY,
            msg("A private feed is for somebody, and here is nobody named"),
            msg("write the groups, for example {line}", line="for: {groups: [members]}"),
        )
    return Audience(**written.fields())
