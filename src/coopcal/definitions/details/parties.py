"""Who has a part in an event: organisations by their ids, and outsiders by their names."""

from coopcal.definitions.codes.events import SAME_PARTY_TWICE
from coopcal.definitions.codes.values import BAD_ID
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.declared.shapes import items
from coopcal.definitions.declared.spelling import called
from coopcal.definitions.readers.identifier import ID, identifier
from coopcal.definitions.readers.text import LONGEST_TITLE, text
from coopcal.definitions.readers.url import url
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.organisation import Reference
from coopcal.model.party import Party, Role
from coopcal.model.problem import Position

OUTSIDER = Record(
    "An organisation that is not in the system",
    (
        Key("name", text(LONGEST_TITLE, one_line=True), "what it is called", "The Choir", required=True),
        Key("url", url, "its web site", "https://choir.example.org/"),
    ),
    {"title": "name", "link": "url", "website": "url"},
)


def parties(role: Role) -> Reader[tuple[Party, ...]]:
    """Return a reader of who has a role; an organisation that stands there twice is an error."""

    def read(node: Node, context: Context) -> tuple[Party, ...]:
        listed: list[Party] = []
        seen: set[str] = set()
        for item in items(node):
            party = _party(item, role, context)
            if party is None:
                continue
            if party.organisation in seen:
                context.problems.tell(
                    item.position,
                    SAME_PARTY_TWICE,
                    msg("“{organisation}” stands here twice in one role", organisation=party.organisation),
                    msg("take one out"),
                )
            if party.organisation:
                seen.add(party.organisation)
            listed.append(party)
        return tuple(listed)

    return Reader(read, json_schema.listed(json_schema.either(json_schema.ref("outsider"), ID)))


def _party(node: Node, role: Role, context: Context) -> Party | None:
    if not isinstance(node, Scalar):
        written = read_record(node, OUTSIDER, context)
        return (
            Party(role, **written.fields(), position=node.position) if written and written.is_whole else None
        )
    if (organisation := called(node.text, context.known)) is not None:
        return _named(organisation, role, node.position, context)
    if " " in node.text.strip() or node.text != node.text.lower():
        context.problems.tell(
            node.position,
            BAD_ID,
            msg("“{text}” is no organisation's id", text=node.text),
            msg(
                "write the id, or {{name: {name}}} for one that is not in the system", name=node.text.strip()
            ),
        )
        return None
    unknown = identifier(node, context)
    return _named(unknown, role, node.position, context) if unknown else None


def _named(organisation: str, role: Role, position: Position, context: Context) -> Party:
    context.named.append(Reference(organisation, position))
    return Party(role, organisation=organisation, position=position)
