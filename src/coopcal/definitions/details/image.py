"""Images: beside the YAML, or elsewhere."""

from coopcal.definitions.codes.events import FILE_OR_URL, FILE_TOO_LARGE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import written_keys
from coopcal.definitions.files import Picture, picture
from coopcal.definitions.readers.text import LONGEST_LINE, text
from coopcal.definitions.readers.url import url
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.media import Image
from coopcal.model.message import Number, msg
from coopcal.model.text import Text

LARGEST_LOGO = 500_000
"""Bytes that the file of a logo may have, as it stands on every page."""

IMAGE = Record(
    "An image",
    (
        Key("file", picture, "a file beside the YAML", "files/market.jpg"),
        Key("url", url, "or its address elsewhere", "https://example.org/market.jpg"),
        Key("alt", text(LONGEST_LINE), "what it shows, for people who cannot see it", "A market stall with bread"),
    ),
    {"src": "url", "path": "file", "description": "alt", "text": "alt"},
)  # fmt: skip


@reader(json_schema.either(json_schema.ref("image"), json_schema.text()))
def image(node: Node, context: Context) -> Image | None:
    """Read an image: an address or a path alone, or keys."""
    return _image(node, context)


@reader(image.schema)
def logo(node: Node, context: Context) -> Image | None:
    """Read an image that stands on many pages, and so is not large."""
    return _image(node, context, LARGEST_LOGO)


def _image(node: Node, context: Context, largest: int | None = None) -> Image | None:
    if isinstance(node, Scalar):
        is_address = "://" in node.text
        found = None if is_address else picture(node, context)
        address = url(node, context) if is_address else None
        return _made(None, address, found, node, context, largest)
    written = written_keys(node, IMAGE, context)
    if written is None:
        return None
    if ("file" in written.nodes) == ("url" in written.nodes):
        context.problems.tell(
            node.position, FILE_OR_URL, msg("An image has either a file or a url"), "file: files/market.jpg"
        )
        return None
    written.read(context)
    return _made(written.get("alt"), written.get("url"), written.get("file"), node, context, largest)


def _made(
    alt: Text | None,
    address: str | None,
    found: Picture | None,
    node: Node,
    context: Context,
    largest: int | None,
) -> Image | None:
    if found is None:
        return Image(alt, address, position=node.position) if address else None
    if largest and found.length > largest:
        context.problems.tell(
            node.position,
            FILE_TOO_LARGE,
            msg(
                "The logo has {size} bytes, and stands on every page; {largest} are published at most",
                size=Number(found.length),
                largest=Number(largest),
            ),
            msg("save it smaller: some hundred pixels are enough"),
        )
        return None
    width, height = found.size or (None, None)
    return Image(alt, file=found.path, width=width, height=height, position=node.position)
