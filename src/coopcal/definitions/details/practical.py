"""What those who come want to know."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.text import text
from coopcal.definitions.source.node import Node
from coopcal.model.happening import Practical

PRACTICAL = Record(
    "Practical matters",
    (
        Key("arrival", text(), "when doors open, and how to arrive", "Doors open at 18:30."),
        Key("bring", text(), "what to bring", "An apron"),
        Key("food", text(), "what there is to eat and drink", "Soup at noon, without meat"),
        Key("childcare", text(), "who looks after children", "In the library, from three years on"),
        Key("accessibility", text(), "what helps people to take part", "Interpretation in sign language"),
    ),
    {
        "doors": "arrival", "check_in": "arrival", "to_bring": "bring", "equipment": "bring", "meals": "food", "catering": "food",
        "drinks": "food", "children": "childcare", "kids": "childcare", "access": "accessibility", "accessible": "accessibility",
    },
)  # fmt: skip


@reader(json_schema.ref("practical"))
def practical(node: Node, context: Context) -> Practical | None:
    """Read practical matters; None where nothing is told."""
    written = read_record(node, PRACTICAL, context)
    return Practical(**written.fields()) if written and written.nodes else None
