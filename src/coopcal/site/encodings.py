"""A feed in each encoding that it is offered in beside its own form, by its name in HTTP."""

import gzip
from collections.abc import Mapping
from typing import NamedTuple

import brotli

from coopcal.site import seal
from coopcal.site.blocks import LEVEL, blocks_of, in_blocks
from coopcal.site.component import Parts
from coopcal.site.index import FeedEntry

QUALITY = 5
"""That of Brotli. What stands is taken over: another one, or other limits, need another number of the layout."""

LARGE = 256_000
"""Bytes of a calendar above which it is in gzip in blocks."""

VERY_LARGE = 1_000_000
"""Bytes of a body above which it is offered in gzip alone: Brotli would begin anew with each edit."""


class Encoded(NamedTuple):
    """The encodings of a body by their names, and the lengths of the blocks in gzip, as they are and compressed."""

    bodies: Mapping[str, bytes]
    blocks: tuple[tuple[int, int], ...] = ()


NOT_ENCODED = Encoded({})


def encoded(content: bytes, parts: Parts | None, before: FeedEntry | None = None) -> Encoded:
    """Encode a body, of a calendar by its ``parts``; what of it was ``before`` is taken from there, which leaves no trace."""
    names = ("gzip", "br") if len(content) <= VERY_LARGE else ("gzip",)
    if before is not None and not (
        tuple(before.bodies)[1:] == names and all(map(seal.is_body, before.stretches))
    ):
        before = None
    if before is not None and before.bodies["identity"].etag == seal.short_digest(content):
        return Encoded({name: before.bodies[name].content for name in names}, before.blocks)
    bodies: dict[str, bytes] = {}
    blocks: tuple[tuple[int, int], ...] = ()
    if parts is not None and len(content) > LARGE:
        bodies["gzip"], blocks = in_blocks(content, parts, blocks_of(before) if before else {})
    else:
        bodies["gzip"] = gzip.compress(content, LEVEL, mtime=0)
    if "br" in names:
        bodies["br"] = brotli.compress(content, quality=QUALITY)
    return Encoded(bodies, blocks)
