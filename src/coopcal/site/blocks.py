"""A large body in gzip (RFC 1952): one member in blocks, so that an edit compresses those alone in which something differs."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from coopcal.site.component import Parts
from coopcal.site.index import FeedEntry

LEVEL = 6
"""That of zlib. Blocks that stand are taken over: another level, or another way to cut, needs another number of the layout."""

LEAST, MOST = 64_000, 128_000
"""Bytes after which a block may end, and after which it does, always between two VEVENTs."""

OFTEN = 16
"""One UID in so many lets a block end: so blocks end where they did before, whatever was changed above."""

CONTEXT = 16_384
"""Bytes before a block that it may point back to; without, each would cost a tenth more."""

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST = b"\x03\x00"
"""A header that tells no time and no system, and an empty block that is the last one (RFC 1951, 3.2.3)."""


class InBlocks(NamedTuple):
    """A body in gzip, and the lengths of its blocks: as they are, and compressed."""

    content: bytes
    blocks: tuple[tuple[int, int], ...]


Known = Mapping[bytes, bytes]
"""Blocks that were compressed, by a digest of what they hold and may point back to."""


def in_blocks(body: bytes, parts: Parts, known: Known) -> InBlocks:
    """Compress a body of these parts; blocks that are known are not compressed again, which leaves no trace."""
    packed, blocks = [], []
    for begin, end in pairwise((0, *_ends(parts, len(body)))):
        key = _key(body, begin, end)
        block = known.get(key) or _compressed(body, begin, end)
        packed.append(block)
        blocks.append((end - begin, len(block)))
    check = zlib.crc32(body).to_bytes(4, "little") + (len(body) % 2**32).to_bytes(4, "little")
    return InBlocks(b"".join((_HEAD, *packed, _LAST, check)), tuple(blocks))


def blocks_of(entry: FeedEntry) -> Known:
    """Return the blocks of a feed; those of one whose bodies are what was written are what ``in_blocks`` made."""
    if not entry.blocks:
        return {}
    body, packed = entry.bodies["identity"].content, entry.bodies["gzip"].content
    known, begin, place = {}, 0, len(_HEAD)
    for length, compressed in entry.blocks:
        known[_key(body, begin, begin + length)] = packed[place : place + compressed]
        begin, place = begin + length, place + compressed
    return known


def _ends(parts: Parts, length: int) -> Iterator[int]:
    """Return where blocks end: before an event that lets them, and at the end of the body."""
    begin, place = 0, parts.end - sum(parts.lengths)
    for component, own in zip(parts.components, parts.lengths, strict=True):
        size = place - begin
        if size >= MOST or (size >= LEAST and zlib.crc32(component.uid.encode()) % OFTEN == 0):
            yield place
            begin = place
        place += own
    yield length


def _key(body: bytes, begin: int, end: int) -> bytes:
    above = max(0, begin - CONTEXT)
    return hashlib.sha256(b"%d " % (begin - above) + body[above:end]).digest()


def _compressed(body: bytes, begin: int, end: int) -> bytes:
    """Return the block of a stretch: deflated (RFC 1951) up to a whole byte, with what stands before it as its context."""
    context = body[max(0, begin - CONTEXT) : begin]
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=context)
    return deflate.compress(body[begin:end]) + deflate.flush(zlib.Z_SYNC_FLUSH)
