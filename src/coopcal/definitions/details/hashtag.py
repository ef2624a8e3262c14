"""Words for social media."""

import re

from coopcal.definitions.codes.events import BAD_HASHTAG
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg


@reader(json_schema.text(patterns.HASHTAG, "Write one word of letters, digits and _"))
def hashtag(node: Node, context: Context) -> str | None:
    """Read a hashtag, without its sign."""
    written = scalar(node, context.problems, msg("a hashtag"))
    if written is None:
        return None
    word = written.text.strip().removeprefix("#")
    if re.fullmatch(r"\w{1,100}", word):
        return word
    context.problems.tell(
        written.position,
        BAD_HASHTAG,
        msg("“{text}” is no hashtag", text=written.text),
        msg("write one word of letters, digits and _"),
    )
    return None
