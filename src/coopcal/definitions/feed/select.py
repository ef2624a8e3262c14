"""Which events are in a feed."""

from typing import TypeAlias

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.details.tags import tags
from coopcal.definitions.readers.country import countries
from coopcal.definitions.readers.identifier import all_or_references, references
from coopcal.definitions.readers.one_of import some_of
from coopcal.definitions.readers.yes_or_no import yes_or_no
from coopcal.definitions.source.node import Mapping, Node
from coopcal.model.feed import Select
from coopcal.model.message import msg
from coopcal.model.party import Role

TAGS = Record(
    "A choice of tags",
    (
        Key("any", tags, "at least one of these", "[assembly]"),
        Key("none", tags, "none of these", "[internal]"),
    ),
    {"all": "any", "not": "none"},
)

_AnyAndNone: TypeAlias = tuple[tuple[str, ...] | None, tuple[str, ...]]


@reader(json_schema.either(json_schema.ref("tags"), tags.schema))
def _chosen_tags(node: Node, context: Context) -> _AnyAndNone:
    """Read of which tags an event has one, and of which none."""
    if not isinstance(node, Mapping):
        return tags(node, context), ()
    written = read_record(node, TAGS, context)
    return (written.get("any"), written.get("none", ())) if written else (None, ())


SELECT = Record(
    "A selection",
    (
        Key("organisations", Reader(all_or_references.read, references.schema), "whose events; or all", "[cicopa]"),
        Key("with_parts", yes_or_no, "and those of the organisations that are part of them", "true"),
        Key("roles", some_of(Role, msg("a role")), "in which roles they take part", "[organiser, host]"),
        Key("tags", _chosen_tags, "with any of these tags, and none of those", "{any: [assembly], none: [internal]}"),
        Key("countries", countries, "in these countries", "[IT, FR]"),
    ),
    {
        "organisation": "organisations", "orgs": "organisations", "tag": "tags", "country": "countries", "role": "roles",
        "parts": "with_parts",
    },
)  # fmt: skip


@reader(json_schema.ref("select"))
def select(node: Node, context: Context) -> Select | None:
    """Read which events are in a feed."""
    written = read_record(node, SELECT, context)
    if written is None:
        return None
    values = written.fields()
    tags_any, tags_none = values.pop("tags", (None, ()))
    return Select(**values, tags_any=tags_any, tags_none=tags_none)
