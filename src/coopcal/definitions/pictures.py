"""What a file of a picture is: its kind, and how wide and high it is, read from its first bytes."""

import re
import struct
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers import expat

from coopcal.model.message import msg

ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "avif", "svg")
"""The kinds of pictures that browsers show."""

KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "webp": "WebP"}
"""What kinds are called, where that is not their ending in capitals."""


class Size(NamedTuple):
    """The width and height of a picture, in pixels."""

    width: int
    height: int


class NoPictureError(Exception):
    """A file is no picture of that kind, or none that is published; the text says why."""


def size_of(content: bytes, ending: str) -> Size | None:
    """Return the size of a picture whose name has this ending; None where the picture does not tell it.

    Raise NoPictureError where it is none of that kind, or could run something.
    """
    kind = KINDS.get(ending, ending.upper())
    try:
        size = _READERS[kind](content)
    except (IndexError, struct.error, ValueError) as error:
        raise NoPictureError(msg("It is no picture of the kind {kind}", kind=kind)) from error
    return size if size and min(size) > 0 else None


def _png(content: bytes) -> Size:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        raise ValueError
    return Size(*struct.unpack_from(">II", content, 16))


def _gif(content: bytes) -> Size:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError
    return Size(*struct.unpack_from("<HH", content, 6))


MARKER, APPLICATION, SCAN = 0xFF, 0xE1, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""What the parts of a JPEG begin with (ITU-T T.81, table B.1)."""

ORIENTATION, TURNED = 0x0112, (5, 6, 7, 8)
"""How a camera was held (Exif), and where the picture is shown turned by a quarter."""


def _jpeg(content: bytes) -> Size | None:
    """Read the first frame header (ITU-T T.81, B.2.2), and whether a camera was held upright (Exif, orientation)."""
    if content[:3] != b"\xff\xd8\xff":
        raise ValueError
    at, turned = 2, False
    while at + 4 <= len(content) and content[at] == MARKER:
        marker, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if marker == APPLICATION and content[at + 4 : at + 10] == b"Exif\0\0":
            turned = _is_turned(content[at + 10 : at + 2 + length])
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return Size(height, width) if turned else Size(width, height)
        if marker == SCAN:
            return None
        at += 1 if marker == MARKER else 2 + length
    return None


def _is_turned(exif: bytes) -> bool:
    """Return whether a picture is shown turned by a quarter."""
    order = ">" if exif[:2] == b"MM" else "<"
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return value in TURNED
    except struct.error:
        pass
    return False


def _webp(content: bytes) -> Size | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError
    match content[12:16]:
        case b"VP8X":
            wide, high = content[24:27], content[27:30]
            return Size(int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1)
        case b"VP8L":
            bits = struct.unpack_from("<I", content, 21)[0]
            return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return Size(width & 0x3FFF, height & 0x3FFF)
        case _:
            raise ValueError


def _avif(content: bytes) -> Size | None:
    """Read the first size of an image (ISO/IEC 23008-12, ``ispe``)."""
    if content[4:8] != b"ftyp" or not {b"avif", b"avis"} & {
        content[at : at + 4] for at in (8, *range(16, min(struct.unpack_from(">I", content)[0], 128), 4))
    }:
        raise ValueError
    at = content.find(b"ispe")
    return Size(*struct.unpack_from(">II", content, at + 8)) if at > 0 else None


_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_BOX = re.compile(r"[\s,]+")
_RUNS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
"""Elements of drawings that run something, or bring pages along."""


def _svg(content: bytes) -> Size | None:
    """Read a drawing; raise NoPictureError where anything in it runs, or is fetched from elsewhere."""
    root: list[Mapping[str, str]] = []

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if not root and local != "svg":
            raise ValueError(name)
        root.append(attributes)
        if local in _RUNS or any(map(_runs, attributes, attributes.values())):
            raise NoPictureError(
                msg("“{name}” in the drawing could run in a visitor's browser, or leads elsewhere", name=name)
            )

    def declares(name: str, *_: object) -> None:
        raise NoPictureError(
            msg("“{name}” in the drawing could run in a visitor's browser, or leads elsewhere", name=name)
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EntityDeclHandler = parser.ProcessingInstructionHandler = declares
    try:
        parser.Parse(content, True)  # noqa: FBT003 - that of expat
    except expat.ExpatError as error:
        raise ValueError(error) from error
    return _drawn(root[0])


def _runs(name: str, value: str) -> bool:
    """Return whether an attribute runs something, or fetches something from elsewhere."""
    local, said = name.rpartition(":")[2].lower(), re.sub(r"\s", "", value).lower()
    leads = local in ("href", "src") and not said.startswith(("#", "data:image/"))
    return local.startswith("on") or leads or "javascript:" in said or "data:text/" in said


def _drawn(attributes: Mapping[str, str]) -> Size | None:
    """Return the size of a drawing: as it says, else that of its view."""
    said = [_NUMBER.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if said[0] and said[1]:
        numbers = [float(said[0][1]), float(said[1][1])]
    else:
        box = _BOX.split(attributes.get("viewBox", "").strip())
        numbers = (
            [float(number) for number in box[2:]] if len(box) == len(("x", "y", "width", "height")) else []
        )
    return Size(*(max(1, round(number)) for number in numbers)) if numbers else None


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {
    "PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp, "AVIF": _avif, "SVG": _svg,
}  # fmt: skip
