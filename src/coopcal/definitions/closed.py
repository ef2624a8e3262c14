"""What has ended, and what takes its place."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.dates import day
from coopcal.definitions.readers.identifier import identifier
from coopcal.definitions.readers.text import plain
from coopcal.definitions.readers.url import url
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg
from coopcal.model.organisation import Closed


@reader(json_schema.text())
def address_or_feed(node: Node, context: Context) -> str | None:
    """Read a web address, or the id of a feed."""
    where = plain(node, context.problems, msg("an address or a feed"))
    is_address = where and ("/" in where or "." in where)
    return url(node, context) if is_address else identifier(node, context)


CLOSED = Record(
    "What has ended",
    (
        Key("on", day, "the day of the end", "2026-12-31", required=True),
        Key("see", address_or_feed, "what takes its place", "https://example.org/"),
    ),
    {"date": "on", "when": "on", "at": "on", "url": "see", "feed": "see"},
)


@reader(json_schema.ref("closed"))
def closed(node: Node, context: Context) -> Closed | None:
    """Read when something ended, and what takes its place."""
    written = read_record(node, CLOSED, context)
    if written is None or not written.is_whole:
        return None
    return Closed(**written.fields(), position=written.position("see") or written.position("on"))
