"""Links with labels."""

from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import listed, reader
from coopcal.definitions.declared.record import read_record
from coopcal.definitions.readers.text import LONGEST_TITLE, text, word
from coopcal.definitions.readers.url import url_or_mailto
from coopcal.definitions.source.node import Node
from coopcal.model.media import Link
from coopcal.model.message import msg

LINK = Record(
    "A link",
    (
        Key("label", text(LONGEST_TITLE, one_line=True), "what people read", "Press release", required=True),
        Key("url", url_or_mailto, "where it leads", "https://example.org/news", required=True),
        Key("rel", word(msg("a kind of link")), "what it is: registration, video, press-release, more …", "video"),
    ),
    {"title": "label", "name": "label", "text": "label", "href": "url", "link": "url", "type": "rel"},
)  # fmt: skip


@reader(json_schema.ref("link"))
def link(node: Node, context: Context) -> Link | None:
    """Read a link; None without a label or an address."""
    written = read_record(node, LINK, context)
    return (
        Link(**written.fields(), position=written.position("url")) if written and written.is_whole else None
    )


links = listed(link)
