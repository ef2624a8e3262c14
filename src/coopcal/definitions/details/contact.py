"""Whom to ask."""

from coopcal.definitions.codes.events import UNKNOWN_CONTACT
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.declared.spelling import called, did_you_mean
from coopcal.definitions.readers.email_and_phone import email, phone
from coopcal.definitions.readers.text import LONGEST_TITLE, text
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.party import Contact

CONTACT = Record(
    "A contact",
    (
        Key("name", text(LONGEST_TITLE, one_line=True), "who it is", "The office"),
        Key("email", email, "an e-mail address", "office@example.org"),
        Key("phone", phone, "a telephone number", "+32 2 543 10 33"),
    ),
    {"mail": "email", "e-mail": "email", "tel": "phone", "telephone": "phone"},
)


@reader(json_schema.ref("contact"))
def described_contact(node: Node, context: Context) -> Contact | None:
    """Read a contact that is written with keys; None where nothing is told."""
    written = read_record(node, CONTACT, context)
    return Contact(**written.fields()) if written and written.nodes else None


@reader(json_schema.either(described_contact.schema, json_schema.text()))
def contact(node: Node, context: Context) -> Contact | None:
    """Read whom to ask: the name of one of the organisation's contacts, or keys."""
    if not isinstance(node, Scalar):
        return described_contact(node, context)
    name = called(node.text, context.contacts)
    if name is None:
        near = did_you_mean(node.text, context.contacts) if context.contacts else None
        context.problems.tell(
            node.position,
            UNKNOWN_CONTACT,
            msg("“{text}” is none of the organisation's contacts", text=node.text),
            near or msg("add it under “contacts”, or write {name: …, email: …} here"),
        )
    return context.contacts[name] if name else None
