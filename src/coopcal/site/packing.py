"""Feeds → the packs of their shards, written as the feeds are made, and what the entries of each say of it."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

from coopcal.site import seal
from coopcal.site.codec import as_json
from coopcal.site.component import PARTS, Parts
from coopcal.site.content import CompiledFeed, StandingFeed
from coopcal.site.encodings import NOT_ENCODED, Encoded, encoded
from coopcal.site.files import Files
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import Shards, feeds_file, pack_file
from coopcal.site.standing import Standing
from coopcal.site.stored import STORED

AHEAD = 32_000_000
"""Bytes of feeds that may wait at a time until they are compressed."""

_AT_ONCE = 1 << 16
"""Bytes of a pack that are handed to the system at a time."""

Feed = CompiledFeed | StandingFeed


def put_feeds(
    feeds: Iterable[Feed],
    shards: Shards,
    files: Files,
    standing: Standing,
    *,
    compress: bool,
    numbers: Sequence[int] | None = None,
) -> Iterator[tuple[str, bytes | None]]:
    """Put feeds into the packs of their shards, each as it comes, compressed where that is asked for.

    Return the names and contents of the files that say what is in each pack; None where it is as it stands. Where the
    ``numbers`` of some shards are given, all feeds are in these, and no threads are begun to compress them.
    """
    asked = range(shards.count) if numbers is None else numbers
    packs = {number: _Pack(files.path(pack_file(number)), standing) for number in asked}
    threads = os.cpu_count() if numbers is None else None
    try:
        for feed, encodings in _encoded(feeds, standing, threads, compress=compress):
            if isinstance(feed, StandingFeed):
                packs[standing.number_of(feed, shards)].stand(feed)
            else:
                number = shards.of_feed(
                    feed.id, feed.year, feed.translation, changes=feed.changes, owner=feed.organisation
                )
                packs[number].add(feed, encodings)
        for number, pack in packs.items():
            if pack.stands and pack.stands == standing.feeds_of(number, shards):
                standing.put_pack(files, number)
                yield feeds_file(number), None
            else:
                pack.begin()
                pack.close()
                files.put_written(pack_file(number))
                yield feeds_file(number), as_json(pack.entries)
    finally:
        for pack in packs.values():
            pack.close()


class _Pack:
    """The pack of a shard, which is written from the first feed on that does not stand as it was.

    ``entries`` say what is in it, as JSON values. ``stands`` are feeds that do, while there are no others.
    """

    def __init__(self, path: Path, standing: Standing) -> None:
        self.entries: list[Any] = []
        self.stands: list[StandingFeed] = []
        self._path = path
        self._standing = standing
        self._file: BinaryIO | None = None
        self._offset = 0

    def begin(self) -> None:
        """Begin to write, with the feeds that are there."""
        if self._file is None:
            self._file = self._path.open("wb", buffering=_AT_ONCE)
            for feed in self.stands:
                self._copy(feed)
            self.stands = []

    def stand(self, feed: StandingFeed) -> None:
        """Put a feed behind those that are there, as it stands."""
        if self._file is None:
            self.stands.append(feed)
        else:
            self._copy(feed)

    def add(self, feed: CompiledFeed, encodings: Encoded) -> None:
        """Put a feed behind those that are there, in its own form and as it is encoded."""
        self.begin()
        bodies = {"identity": self._written(feed.content, feed.stamp.digest if feed.calendar else None)}
        bodies |= {encoding: self._written(body) for encoding, body in encodings.bodies.items()}
        listing = self._written(PARTS.dumps(Parts, feed.calendar.parts)) if feed.calendar else None
        entry = FeedEntry(
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
            blocks=encodings.blocks,
            reminders=feed.reminders,
        )
        self.entries.append(STORED.write(FeedEntry, entry))

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            self._file.close()

    def _copy(self, feed: StandingFeed) -> None:
        stretch = self._standing.stretch(feed)
        assert self._file is not None, "it was begun"
        self._file.write(stretch.content)
        self.entries.append(stretch.said_at(self._offset))
        self._offset += len(stretch.content)

    def _written(self, body: bytes, digest: str | None = None) -> Body:
        """Write a body, whose short digest may be known."""
        assert self._file is not None, "it was begun"
        self._file.write(body)
        self._offset += len(body)
        return Body(digest or seal.short_digest(body), len(body), offset=self._offset - len(body))


def _encoded(
    feeds: Iterable[Feed], standing: Standing, threads: int | None, *, compress: bool
) -> Iterator[tuple[Feed, Encoded]]:
    """Return each feed with its encodings; with ``threads``, several are made at once, as compressors leave Python alone."""
    if not compress:
        return ((feed, NOT_ENCODED) for feed in feeds)
    if threads is None:
        return ((feed, _encodings(feed, standing)) for feed in feeds)
    return _encoded_ahead(feeds, standing, threads)


def _encoded_ahead(feeds: Iterable[Feed], standing: Standing, threads: int) -> Iterator[tuple[Feed, Encoded]]:
    waiting: deque[tuple[Feed, Future[Encoded] | None]] = deque()
    size = 0
    with ThreadPoolExecutor(threads) as executor:
        for feed in feeds:
            if isinstance(feed, StandingFeed):
                if waiting:
                    waiting.append((feed, None))
                else:
                    yield feed, NOT_ENCODED
                continue
            waiting.append((feed, executor.submit(encoded, *_given(feed, standing))))
            size += len(feed.content)
            while size > AHEAD:
                first, encoding = waiting.popleft()
                size -= _size(first)
                yield first, encoding.result() if encoding else NOT_ENCODED
        yield from ((feed, encoding.result() if encoding else NOT_ENCODED) for feed, encoding in waiting)


def _encodings(feed: Feed, standing: Standing) -> Encoded:
    return NOT_ENCODED if isinstance(feed, StandingFeed) else encoded(*_given(feed, standing))


def _given(feed: CompiledFeed, standing: Standing) -> tuple[bytes, Parts | None, FeedEntry | None]:
    """Return what a feed is encoded by."""
    before = standing.known(StandingFeed(feed.id, feed.year, feed.translation, feed.changes))
    return feed.content, feed.calendar.parts if feed.calendar else None, before


def _size(feed: Feed) -> int:
    return len(feed.content) if isinstance(feed, CompiledFeed) else 0
