"""Feeds → the packs of their shards, written as the feeds are made, and what the entries of each say of it."""

import gzip
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import brotli

from coopcal.site import seal
from coopcal.site.component import PARTS, Parts
from coopcal.site.content import Calendar, CompiledFeed
from coopcal.site.files import Files
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import Shards, feeds_file, pack_file
from coopcal.site.stored import STORED

Compress = Callable[[bytes], Mapping[str, bytes]]
"""Gives a body in each encoding that it is offered in beside its own form, by its name in HTTP."""

BROTLI_QUALITY = 6
GZIP_LEVEL = 6

AHEAD = 32_000_000
"""Bytes of feeds that may wait at a time until they are compressed."""


def put_feeds(
    feeds: Iterable[CompiledFeed], shards: Shards, files: Files, compress: Compress | None
) -> Iterator[tuple[str, bytes]]:
    """Put feeds into the packs of their shards, each as it comes, compressed where it is told how.

    Return the names and contents of the files that say what stands in each pack.
    """
    packs = [_Pack(files.path(pack_file(number))) for number in range(shards.count)]
    try:
        for feed, encoded in _encoded(feeds, compress):
            number = shards.of_feed(
                feed.id, feed.year, feed.translation, changes=feed.changes, owner=feed.organisation
            )
            packs[number].add(feed, encoded)
    finally:
        for pack in packs:
            pack.close()
    for number, pack in enumerate(packs):
        files.put_written(pack_file(number))
        yield feeds_file(number), STORED.dumps(tuple[FeedEntry, ...], tuple(pack.entries))


class _Pack:
    """The pack of a shard that is being written."""

    def __init__(self, path: Path) -> None:
        self.entries: list[FeedEntry] = []
        self._offset = 0
        self._file = path.open("wb")

    def add(self, feed: CompiledFeed, encoded: Mapping[str, bytes]) -> None:
        """Write a feed behind those that are there, in its own form and as it is encoded."""
        bodies = {"identity": self._written(feed.content)}
        bodies |= {encoding: self._written(body) for encoding, body in encoded.items()}
        listing = self._written(PARTS.dumps(Parts, _parts(feed.calendar))) if feed.calendar else None
        self.entries.append(
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
                listing=listing,
            )
        )

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    def _written(self, body: bytes) -> Body:
        self._file.write(body)
        self._offset += len(body)
        return Body(seal.short_digest(body), len(body), offset=self._offset - len(body))


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


def _encoded(
    feeds: Iterable[CompiledFeed], compress: Compress | None
) -> Iterator[tuple[CompiledFeed, Mapping[str, bytes]]]:
    """Return each feed with its encodings; several are made at once, as compressors leave Python alone."""
    if compress is None:
        yield from ((feed, {}) for feed in feeds)
        return
    waiting: deque[tuple[CompiledFeed, Future[Mapping[str, bytes]]]] = deque()
    size = 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for feed in feeds:
            waiting.append((feed, threads.submit(compress, feed.content)))
            size += len(feed.content)
            while size > AHEAD:
                first, encoded = waiting.popleft()
                size -= len(first.content)
                yield first, encoded.result()
        yield from ((feed, encoded.result()) for feed, encoded in waiting)
