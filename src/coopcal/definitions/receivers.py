"""The addresses that are told of what a publish changes."""

from dataclasses import replace

from coopcal.definitions.codes.values import BAD_URL, MISSING_KEY, UNKNOWN_WORD
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.identifier import identifier, references
from coopcal.definitions.readers.language import language
from coopcal.definitions.readers.url import URL, has_credentials, url
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.receiver import Receiver

FORMATS = ("json", "text")


@reader(URL)
def _address(node: Node, context: Context) -> str | None:
    """Read where a receiver is; a name and a password in it would lie open to all who read the sources."""
    address = url(node, context)
    if address is not None and has_credentials(address):
        context.problems.tell(
            node.position,
            BAD_URL,
            msg("The address of a receiver holds a name or a password, and sources are read by many"),
            msg("write the address without them; what is sent is signed, so that it needs none"),
        )
        return None
    return address


@reader(json_schema.one_of(FORMATS), words=FORMATS)
def _format(node: Node, context: Context) -> str | None:
    word = node.text if isinstance(node, Scalar) else None
    if word in FORMATS:
        return word
    context.problems.tell(
        node.position,
        UNKNOWN_WORD,
        msg("This is no form in which changes are sent"),
        msg("{first} or {second}", first="format: json", second="format: text"),
    )
    return None


RECEIVER = Record(
    "A receiver",
    (
        Key("url", _address, "the address that is told", "https://hooks.example.org/events"),
        Key("name", identifier, "or the name under which the operator keeps the address, where that is a secret", "board"),
        Key("format", _format, "json, for programs; or text, for a chat", "text"),
        Key("language", language, "the language that it is told in; default: that of the site", "fr"),
        Key("organisations", references, "only what concerns these", "[cicopa]"),
        Key("feeds", references, "only what stands in these", "[all]"),
    ),
    {"address": "url", "link": "url", "lang": "language", "organisation": "organisations", "feed": "feeds", "kind": "format"},
)  # fmt: skip


@reader(json_schema.ref("receiver"))
def _receiver(node: Node, context: Context) -> Receiver | None:
    written = read_record(node, RECEIVER, context)
    if written is None or not written.is_whole:
        return None
    if ("url" in written.nodes) == ("name" in written.nodes):
        context.problems.tell(
            node.position,
            BAD_URL if "url" in written.nodes else MISSING_KEY,
            msg("A receiver has either a url or a name"),
            msg(
                "write {first} or {second}",
                first="url: https://hooks.example.org/events",
                second="name: board",
            ),
        )
        return None
    receiver = Receiver(**{"url": "", **written.fields()})
    return replace(receiver, position=written.position("name" if receiver.name else "url"))


receivers = listed(_receiver)
