"""Images: beside the YAML, or elsewhere."""

from coopcal.definitions.codes.events import FILE_OR_URL
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import written_keys
from coopcal.definitions.files import file
from coopcal.definitions.readers.text import LONGEST_LINE, text
from coopcal.definitions.readers.url import url
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.media import Image
from coopcal.model.message import msg

IMAGE = Record(
    "An image",
    (
        Key("file", file, "a file beside the YAML", "files/market.jpg"),
        Key("url", url, "or its address elsewhere", "https://example.org/market.jpg"),
        Key("alt", text(LONGEST_LINE), "what it shows, for people who cannot see it", "A market stall with bread"),
    ),
    {"src": "url", "path": "file", "description": "alt", "text": "alt"},
)  # fmt: skip


@reader(json_schema.either(json_schema.ref("image"), json_schema.text()))
def image(node: Node, context: Context) -> Image | None:
    """Read an image: an address or a path alone, or keys."""
    if isinstance(node, Scalar):
        is_address = "://" in node.text
        path = None if is_address else file(node, context)
        address = url(node, context) if is_address else None
        return Image(None, address, path, node.position) if path or address else None
    written = written_keys(node, IMAGE, context)
    if written is None:
        return None
    if ("file" in written.nodes) == ("url" in written.nodes):
        context.problems.tell(
            node.position, FILE_OR_URL, msg("An image has either a file or a url"), "file: files/market.jpg"
        )
        return None
    written.read(context)
    if not (written.get("file") or written.get("url")):
        return None
    return Image(**{"alt": None, **written.fields()}, position=node.position)
