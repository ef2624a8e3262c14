"""Colours, ``#rrggbb``."""

import re

from coopcal.definitions.codes.values import BAD_COLOUR
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@reader(json_schema.string(exactly(_COLOUR), 'Write a colour in quotes, such as "#aa3311"'))
def colour(node: Node, context: Context) -> str | None:
    """Read a colour."""
    written = scalar(node, context.problems, msg("a colour"))
    if written is None:
        return None
    if _COLOUR.fullmatch(written.text):
        return written.text.lower()
    short = re.fullmatch(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", written.text)
    mend = msg('write it as "#aa3311", in quotes')
    if short:
        mend = msg('write "#{digits}"', digits="".join(digit * 2 for digit in short.groups()))
    elif re.fullmatch(r"[0-9a-fA-F]{6}", written.text):
        mend = msg('write "#{text}"', text=written.text)
    context.problems.tell(written.position, BAD_COLOUR, msg("“{text}” is no colour", text=written.text), mend)
    return None
