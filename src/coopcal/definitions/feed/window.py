"""How far back and ahead a feed goes."""

import re

from coopcal.definitions.codes.site import BAD_LENGTH
from coopcal.definitions.codes.values import UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.patterns import whole
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.feed import Auto, Between, Everything, Window
from coopcal.model.message import msg
from coopcal.model.when import Length

_LENGTH = re.compile(r"(\d{1,3})\s*(day|week|month|year)s?")


@reader(json_schema.string(whole(_LENGTH), "Write 30 days, 6 weeks, 18 months or 1 year"))
def length(node: Node, context: Context) -> Length | None:
    """Read a calendar length."""
    written = scalar(node, context.problems, msg("a length of time"))
    if written is None:
        return None
    match = _LENGTH.fullmatch(written.text.strip())
    if match is None:
        context.problems.tell(
            written.position,
            BAD_LENGTH,
            msg("“{text}” is no length of time that is read here", text=written.text),
            msg("write 30 days, 6 weeks, 18 months or 1 year"),
        )
        return None
    count = int(match[1])
    match match[2]:
        case "year":
            return Length(years=count)
        case "month":
            return Length(months=count)
        case "week":
            return Length(days=7 * count)
        case _:
            return Length(days=count)


WINDOW = Record(
    "A window",
    (
        Key("past", length, "how long after its end an event stays", "1 year"),
        Key("future", length, "how far ahead", "3 years"),
    ),
    {"before": "past", "after": "future", "back": "past", "ahead": "future"},
)


@reader({"anyOf": [{"enum": ["auto", "everything"]}, json_schema.ref("window")]})
def window(node: Node, context: Context) -> Window:
    """Read a window; what cannot be read bounds nothing but the size."""
    if not isinstance(node, Scalar):
        written = read_record(node, WINDOW, context)
        return Between(**written.fields()) if written else Between()
    if node.text == "everything":
        return Everything()
    if node.text != "auto":
        context.problems.tell(
            node.position,
            UNKNOWN_WORD,
            msg("“{text}” is no window", text=node.text),
            msg("write auto, everything, or {past: 1 year, future: 3 years}"),
        )
    return Auto()
