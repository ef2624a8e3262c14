"""References by id, and what has ended."""

from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, fields
from coopcal.definitions.source.node import Node
from coopcal.definitions.when import parse_day
from coopcal.model.message import msg
from coopcal.model.organisation import Closed, Reference
from coopcal.model.problem import Problems

CLOSED = Record(
    "What has ended",
    (
        Key("on", "date", "the day of the end", "2026-12-31", required=True),
        Key("see", "address or feed", "what takes its place", "https://example.org/"),
    ),
    {"date": "on", "when": "on", "at": "on", "url": "see", "feed": "see"},
)


def reference(node: Node, problems: Problems) -> Reference | None:
    """Read an id that names something elsewhere."""
    found = read.identifier(node, problems)
    return Reference(found, node.place) if found else None


def closed(node: Node, problems: Problems) -> Closed | None:
    """Read when something ended, and what takes its place."""
    values = fields(node, CLOSED, problems)
    if values is None or "on" not in values:
        return None
    written = read.scalar(values["on"], problems, msg("a day"))
    day = parse_day(written, problems) if written else None
    see = None
    if "see" in values:
        where = read.plain(values["see"], problems, msg("an address or a feed"))
        see = (
            read.url(values["see"], problems)
            if where and ("/" in where or "." in where)
            else read.identifier(values["see"], problems)
        )
    return Closed(day, see, values["see" if "see" in values else "on"].place) if day else None
