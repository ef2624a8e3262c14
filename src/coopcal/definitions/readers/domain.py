"""Domain names."""

import re

from coopcal.definitions.codes.site import BAD_DOMAIN
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

DOMAIN = re.compile(r"(?=.{3,120}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@reader(json_schema.string(exactly(DOMAIN), "Write a domain name of yours, such as example.coop"))
def domain(node: Node, context: Context) -> str | None:
    """Read a domain name."""
    written = scalar(node, context.problems, msg("a domain name"))
    if written is None:
        return None
    if DOMAIN.fullmatch(written.text):
        return written.text
    bare = re.sub(r"^https?://|/.*$", "", written.text.strip().lower())
    mend = (
        msg("did you mean “{bare}”?", bare=bare)
        if DOMAIN.fullmatch(bare)
        else msg("write a domain name of yours, such as example.coop")
    )
    context.problems.tell(
        written.position, BAD_DOMAIN, msg("“{text}” is no domain name", text=written.text), mend
    )
    return None
