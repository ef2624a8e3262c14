"""Pictures for trees of sources: as small as each kind can be, and of a size that is known."""

import struct
import zlib


def png(width: int = 1, height: int = 1) -> bytes:
    """Return a whole picture, all of it one colour."""
    rows = b"".join(b"\0" + b"\xb5\x65\x1d" * width for _ in range(height))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))  # fmt: skip
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg(width: int = 1, height: int = 1, orientation: int = 1) -> bytes:
    """Return what a JPEG begins with: Exif, a table, and the header of its first frame."""
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    table, frame = bytes(65), struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = ((0xE1, exif), (0xDB, table), (0xC0, frame), (0xDA, b"\x01\x01\x00\x00\x3f\x00"))
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data for mark, data in parts)  # fmt: skip


def gif(width: int = 1, height: int = 1) -> bytes:
    """Return the screen of a GIF, with nothing on it."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def webp(width: int = 1, height: int = 1) -> bytes:
    """Return the header of an extended WebP."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif(width: int = 1, height: int = 1) -> bytes:
    """Return the boxes of an AVIF that tell its kind and its size."""
    kind = struct.pack(">I4s4sI4s", 20, b"ftyp", b"avif", 0, b"mif1")
    return kind + struct.pack(">I4sIII", 20, b"ispe", 0, width, height)


def svg(width: int = 1, height: int = 1, inside: str = "", attributes: str = "") -> bytes:
    """Return a drawing, with something inside."""
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"{attributes}>'
    return f'<?xml version="1.0"?>\n{opening}<rect width="9" height="9"/>{inside}</svg>'.encode()


KINDS = {"png": png, "jpg": jpeg, "jpeg": jpeg, "gif": gif, "webp": webp, "avif": avif, "svg": svg}
"""What makes a picture of each kind, by the ending of its name."""


def content(path: str, text: str) -> bytes:
    """Return what a file of a tree holds: a picture where its name says so, else a text."""
    kind = KINDS.get(path.rsplit(".", 1)[-1])
    return kind() if kind else text.encode("utf-8", "surrogatepass")
