"""Whole numbers from 0."""

import re

from coopcal.definitions.codes.values import NOT_A_NUMBER
from coopcal.definitions.context import Context
from coopcal.definitions.declared.json_schema import string
from coopcal.definitions.declared.patterns import DIGIT
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg

_WRONG = "Write a whole number"

NUMBER = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "errorMessage": _WRONG},
        string(rf"^\s*{DIGIT}{{1,9}}\s*$", _WRONG),
    ]
}


@reader(NUMBER, typed=int)
def whole_number(node: Node, context: Context) -> int | None:
    """Read a whole number."""
    written = scalar(node, context.problems, msg("a number"))
    if written is None:
        return None
    if re.fullmatch(r"\d{1,9}", written.text.strip()):
        return int(written.text)
    context.problems.tell(
        written.position,
        NOT_A_NUMBER,
        msg("“{text}” is no whole number", text=written.text),
        msg("write it in figures alone, such as 40"),
    )
    return None
