"""UIDs that are kept from elsewhere."""

import re

from coopcal.definitions.codes.events import BAD_UID
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

_UID = re.compile(r"[^\s\x00-\x1f]{1,255}")


@reader(json_schema.text(exactly(_UID), "A UID has no blanks and at most 255 characters"))
def uid(node: Node, context: Context) -> str | None:
    """Read a UID (RFC 5545, 3.8.4.7)."""
    written = scalar(node, context.problems, msg("a UID"))
    if written is None:
        return None
    if _UID.fullmatch(written.text):
        return written.text
    context.problems.tell(
        written.position,
        BAD_UID,
        msg("A UID has no blanks and at most 255 characters"),
        msg("take the line out, and coopcal makes one"),
    )
    return None
