"""What it costs: a text, or texts with what they are for."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.text import LONGEST_LINE, text
from coopcal.definitions.source.node import Mapping, Node
from coopcal.model.registration import Price

PRICE = Record(
    "A price",
    (
        Key("for", text(LONGEST_LINE, one_line=True), "for whom or for what it is", "Members", required=True, fills="applies"),
        Key("price", text(LONGEST_LINE, one_line=True), "what it costs, in words", "10 euros", required=True, fills="said"),
    ),
    {"who": "for", "label": "for", "amount": "price", "cost": "price"},
)  # fmt: skip

_IN_WORDS = text(LONGEST_LINE)


@reader(
    {
        "if": {"type": "object", "anyOf": [{"required": [name]} for name in PRICE.names]},
        "then": json_schema.ref("price"),
        "else": json_schema.ref("text"),
    }
)
def price(node: Node, context: Context) -> Price | None:
    """Read a price; keys that are none of a price are languages."""
    if not isinstance(node, Mapping) or not any(node.key(name) for name in PRICE.names):
        words = _IN_WORDS(node, context)
        return Price(words) if words else None
    written = read_record(node, PRICE, context)
    return Price(**written.fields()) if written and written.is_whole else None


prices = listed(price)
