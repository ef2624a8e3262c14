"""Feeds of others that are merged in."""

from coopcal.definitions.codes.site import TOO_MANY_INCLUDES
from coopcal.definitions.codes.values import BAD_URL
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema, patterns
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import Reader, listed, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.identifier import reference
from coopcal.definitions.readers.url import has_credentials, url
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.included import MOST, Include, asked_at
from coopcal.model.message import msg


@reader(
    json_schema.text(patterns.URL_OF_FEED, "Write the whole address of the calendar, beginning with https://")
)
def _address(node: Node, context: Context) -> str | None:
    """Read the address of a feed; one with a name and a password would lay them open to all who read the sources."""
    if not isinstance(node, Scalar):
        return url(node, context)
    address = url(node._replace(text=asked_at(node.text)), context)
    if address is not None and has_credentials(address):
        context.problems.tell(
            node.position,
            BAD_URL,
            msg("The address of a feed of others holds a name or a password, and sources are read by many"),
            msg("write the address without them; ask for one that needs none"),
        )
        return None
    return address


INCLUDE = Record(
    "A feed of others",
    (
        Key("url", _address, "the address of its calendar (.ics)", "https://example.org/events.ics", required=True),
        Key("organisation", reference, "whose events they are", "cicopa", required=True),
    ),
    {"address": "url", "link": "url", "feed": "url", "ics": "url", "organisations": "organisation", "owner": "organisation"},
)  # fmt: skip


@reader(json_schema.ref("include"))
def _one(node: Node, context: Context) -> Include | None:
    written = read_record(node, INCLUDE, context)
    if written is None or not written.is_whole:
        return None
    return Include(**written.fields(), position=written.position("url") or node.position)


_several = listed(_one)


def _read(node: Node, context: Context) -> tuple[Include, ...]:
    """Read the feeds of others that one merges in, each once, up to a bound."""
    found = _several.read(node, context) or ()
    once = tuple({(one.url, one.organisation.id): one for one in reversed(found)}.values())[::-1]
    if len(once) > MOST:
        context.problems.tell(
            node.position,
            TOO_MANY_INCLUDES,
            msg(
                "A feed merges in {most} feeds of others at most, and here are {count}",
                most=MOST,
                count=len(once),
            ),
            msg("make several feeds of them"),
        )
    return once[:MOST]


include = Reader(_read, _several.schema)
