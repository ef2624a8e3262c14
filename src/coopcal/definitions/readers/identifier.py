"""Ids, and references to what has them."""

from coopcal.definitions.codes.values import BAD_ID
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.ids import LONGEST_ID, is_id, proposed_id
from coopcal.model.message import msg
from coopcal.model.organisation import Reference

ALL = "all"
"""All organisations."""

_AN_ID = msg("an id")

ID = json_schema.text(
    patterns.ID, "An id is of lower-case letters a to z, digits and single hyphens", maxLength=LONGEST_ID
)


@reader(ID)
def identifier(node: Node, context: Context) -> str | None:
    """Read an id."""
    written = scalar(node, context.problems, _AN_ID)
    if written is None:
        return None
    if not is_id(written.text):
        context.problems.tell(
            written.position,
            BAD_ID,
            msg(
                "“{text}” stands in addresses, so it must be of lower-case letters a to z, digits and single hyphens, at most {most}",
                text=written.text,
                most=LONGEST_ID,
            ),
            msg("write “{id}”", id=proposed_id(written.text) or "an-id"),
        )
        return None
    return written.text


@reader(ID)
def reference(node: Node, context: Context) -> Reference | None:
    """Read an id that names something elsewhere."""
    written = identifier(node, context)
    return Reference(written, node.position) if written else None


identifiers = listed(identifier)
references = listed(reference)


@reader({"anyOf": [{"const": ALL}, references.schema]})
def all_or_references(node: Node, context: Context) -> tuple[Reference, ...] | None:
    """Read ids of organisations; None for all of them."""
    if isinstance(node, Scalar) and node.text.strip() == ALL:
        return None
    return references(node, context)
