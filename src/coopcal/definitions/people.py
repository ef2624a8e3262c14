"""People and organisations around an event: roles, contacts."""

from coopcal.definitions.codes.events import UNKNOWN_CONTACT
from coopcal.definitions.codes.values import BAD_ID
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, called, did_you_mean, fields, items
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.event import Contact, Party, Role
from coopcal.model.message import msg
from coopcal.model.organisation import Reference

OUTSIDER = Record(
    "An organisation that is not in the system",
    (
        Key("name", "text", "what it is called", "The Choir", required=True),
        Key("url", "url", "its web site", "https://choir.example.org/"),
    ),
    {"title": "name", "link": "url", "website": "url"},
)

CONTACT = Record(
    "A contact",
    (
        Key("name", "text", "who it is", "The office"),
        Key("email", "email", "an e-mail address", "office@example.org"),
        Key("phone", "phone", "a telephone number", "+32 2 543 10 33"),
    ),
    {"mail": "email", "e-mail": "email", "tel": "phone", "telephone": "phone"},
)


def parties(node: Node, role: Role, context: Context) -> tuple[Party, ...]:
    """Read who has a role: ids of organisations, and outsiders with a name."""
    return tuple(party for item in items(node) if (party := _party(item, role, context)) is not None)


def _party(node: Node, role: Role, context: Context) -> Party | None:
    problems = context.problems
    if isinstance(node, Scalar):
        if (organisation := called(node.text, context.known)) is not None:
            context.named.append(Reference(organisation, node.place))
            return Party(role, organisation=organisation, place=node.place)
        if " " in node.text.strip() or node.text != node.text.lower():
            problems.tell(
                node.place,
                BAD_ID,
                msg("“{text}” is no organisation's id", text=node.text),
                msg(
                    "write the id, or {{name: {name}}} for one that is not in the system",
                    name=node.text.strip(),
                ),
            )
            return None
        known = read.identifier(node, problems)
        if known is None:
            return None
        context.named.append(Reference(known, node.place))
        return Party(role, organisation=known, place=node.place)
    values = fields(node, OUTSIDER, problems)
    if values is None or "name" not in values:
        return None
    name = read.text(values["name"], context.language, problems, longest=read.LONGEST_TITLE, one_line=True)
    url = read.url(values["url"], problems) if "url" in values else None
    return Party(role, name=name, url=url, place=node.place) if name else None


def contact(node: Node, context: Context) -> Contact | None:
    """Read whom to ask: the name of one of the organisation's contacts, or keys."""
    problems = context.problems
    if isinstance(node, Scalar):
        name = called(node.text, context.contacts)
        if name is None:
            near = did_you_mean(node.text, context.contacts) if context.contacts else None
            problems.tell(
                node.place,
                UNKNOWN_CONTACT,
                msg("“{text}” is none of the organisation's contacts", text=node.text),
                near or msg("add it under “contacts”, or write {name: …, email: …} here"),
            )
        return context.contacts[name] if name else None
    return described_contact(node, context.language, context)


def described_contact(node: Node, language: str, context: Context) -> Contact | None:
    """Read a contact written with keys."""
    problems = context.problems
    values = fields(node, CONTACT, problems)
    if not values:
        return None
    return Contact(
        name=read.text(values["name"], language, problems, longest=read.LONGEST_TITLE, one_line=True)
        if "name" in values
        else None,
        email=read.email(values["email"], problems) if "email" in values else None,
        phone=read.phone(values["phone"], problems) if "phone" in values else None,
    )
