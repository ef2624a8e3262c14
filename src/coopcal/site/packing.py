"""Feeds → their pack, and what the index says of it."""

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import brotli

from coopcal.site import seal
from coopcal.site.component import PARTS, Parts
from coopcal.site.content import Calendar, Content
from coopcal.site.index import Body, FeedEntry

Compress = Callable[[bytes], Mapping[str, bytes]]
"""Gives a body in each encoding that it is offered in beside its own form, by its name in HTTP."""

BROTLI_QUALITY = 6
GZIP_LEVEL = 6

LARGE = 1_000_000
"""Bytes of feeds from which on several threads pay for themselves."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The bodies of all feeds one after another, each with the list of its parts, and their entries in the index."""

    pack: bytes
    entries: tuple[FeedEntry, ...]


def packed(content: Content, compress: Compress) -> Packed:
    """Return the feeds of a site as they are packed."""
    entries, pack, offset = [], [], 0

    def put(body: bytes) -> Body:
        nonlocal offset
        pack.append(body)
        offset += len(body)
        return Body(seal.short_digest(body), len(body), offset=offset - len(body))

    for feed, encoded in zip(content.feeds, _encoded(content, compress), strict=True):
        bodies = {encoding: put(body) for encoding, body in (("identity", feed.content), *encoded.items())}
        entries.append(
            FeedEntry(
                id=feed.id,
                year=feed.year,
                translation=feed.translation,
                title=feed.title,
                language=feed.language,
                timezone=feed.timezone,
                organisation=feed.organisation,
                modified=feed.stamp.modified,
                count=feed.count,
                left_out=feed.left_out,
                closed_see=feed.closed_see,
                gone=feed.gone,
                changes=feed.changes,
                former=feed.former,
                bodies=bodies,
                listing=put(PARTS.dumps(Parts, _parts(feed.calendar))) if feed.calendar else None,
            )
        )
    return Packed(b"".join(pack), tuple(entries))


def _parts(calendar: Calendar) -> Parts:
    """Return where the parts of a body are."""
    return Parts(
        heading=len(calendar.heading),
        zones={zone: len(body) for zone, body in calendar.zones},
        components=tuple(component for component, _ in calendar.components),
        lengths=tuple(len(body) for _, body in calendar.components),
    )


def compressed(content: bytes) -> Mapping[str, bytes]:
    """Return a body in each encoding that it is offered in beside its own form."""
    return {
        "gzip": gzip.compress(content, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(content, quality=BROTLI_QUALITY),
    }


class Compressor:
    """Compresses bodies, and knows those that it was asked for since the round before began: as large as a site.

    Threads may share it.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._now: dict[bytes, Mapping[str, bytes]] = {}
        self._before: dict[bytes, Mapping[str, bytes]] = {}

    def begin(self) -> None:
        """Begin a round: what is not asked for in it is forgotten at its end."""
        self._before, self._now = self._now, {}

    def __call__(self, content: bytes) -> Mapping[str, bytes]:
        """Return a body in each encoding."""
        name = hashlib.sha256(content).digest()
        known = self._now.get(name) or self._before.get(name) or compressed(content)
        self._now[name] = known
        return known


def _encoded(content: Content, compress: Compress) -> Iterator[Mapping[str, bytes]]:
    """Return each feed compressed; many bytes on all processors at once, as compressors leave Python alone."""
    bodies = [feed.content for feed in content.feeds]
    if not content.compress:
        yield from ({} for _ in bodies)
    elif sum(map(len, bodies)) < LARGE:
        yield from map(compress, bodies)
    else:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from threads.map(compress, bodies)
