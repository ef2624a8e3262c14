"""The work on a shard of a site: assembling its feeds, and writing them with its records and rows. It runs in any process."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from coopcal.compile.assemble import by_shard, drafts_of, records_of
from coopcal.compile.batches.batch import World
from coopcal.compile.batches.worker import known_world
from coopcal.compile.draft_feed import Assembly, DraftFeed, FeedMade
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import Joined, joined_feeds
from coopcal.compile.store.rosters import Rosters
from coopcal.compile.store.segments import Section, Segments, Writer
from coopcal.compile.store.unit import StoredPortion
from coopcal.model.change import LogEntry
from coopcal.model.published import Stamp
from coopcal.selection.until import Turns
from coopcal.site.content import Address
from coopcal.site.files import Files
from coopcal.site.layout import Shards
from coopcal.site.putting import put_shard
from coopcal.site.standing import Standing


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of all organisations, as far as shards are written of it: see ``Joined``.

    The sections of the ``portions`` are in the folder of the ``store``.
    """

    store: Path
    portions: tuple[StoredPortion, ...]
    former: Mapping[str, Mapping[str, bytes]]
    log: tuple[LogEntry, ...]


class Place(NamedTuple):
    """Where shards are put: into the folder ``aside`` of a version of the site in ``out``, compressed or not."""

    out: Path
    aside: Path
    compress: bool


class ShardPut(NamedTuple):
    """What came of a shard: the digests of its files by name, what is kept of its feeds, their stamps, and rosters.

    Nobody has waited for the files that were ``written``.
    """

    digests: Mapping[str, str]
    written: tuple[str, ...]
    feeds: Mapping[Address, FeedMade]
    stamps: Mapping[Address, Stamp]
    rosters: Mapping[Address, Section]


class _Site:
    """A site of all that was made, as a process sees it that writes shards of it, one at a time."""

    def __init__(self, name: str, world: World, made: Made, place: Place) -> None:
        self._segments = Segments(made.store)
        self._inputs = Inputs.of(world.catalogue, world.plans, world.before, world.now, {})
        self._shards = Shards.among(len(world.catalogue.organisations))
        portions = [portion.portion(self._segments) for portion in made.portions]
        feeds = joined_feeds(portions, self._inputs)
        self._joined = Joined(feeds, portions, made.former, made.log, {}, Turns(world.now))
        self._place = place
        self._standing = Standing(place.out)
        self._writer = Writer(made.store, name)
        self._rosters = Rosters(self._writer, self._segments, {}, None)
        self._turn = Lock()

    def put(self, number: int) -> ShardPut:
        """Put a shard."""
        with self._turn:
            return self._put(number)

    def _put(self, number: int) -> ShardPut:
        files = Files(self._place.aside, self._standing.folder, lasts=False)
        feeds = Assembly(self._drafts[number], {})
        organisations = by_shard(self._inputs)[number]
        digests = put_shard(
            number,
            feeds,
            partial(records_of, self._joined, organisations),
            partial(self._joined.rows, organisations),
            self._shards,
            files,
            self._standing,
            compress=self._place.compress,
        )
        return ShardPut(digests, files.written, feeds.made, feeds.stamps, self._rosters.of(feeds.made))

    def close(self) -> None:
        """Close what was read and written of the store."""
        self._writer.close()
        self._segments.close()

    @cached_property
    def _drafts(self) -> list[list[DraftFeed]]:
        """The drafts of feeds by the numbers of their shards."""
        drafts: list[list[DraftFeed]] = [[] for _ in range(self._shards.count)]
        for draft in drafts_of(self._joined, self._inputs, self._rosters):
            identifier, year, translation, changes = draft.address
            number = self._shards.of_feed(
                identifier, year, translation, changes=changes, owner=draft.organisation
            )
            drafts[number].append(draft)
        return drafts


_SITES: dict[str, _Site] = {}
"""The site of the compile that is going on, by the name of that."""


def learn(compile_name: str, made: Made, place: Place) -> None:
    """Keep what the shards that are written next are made of; what is around organisations is known."""
    _SITES[compile_name] = _Site(f"{compile_name}-{uuid.uuid4().hex}", known_world(compile_name), made, place)


def put(compile_name: str, number: int) -> ShardPut:
    """Put a shard by its number."""
    return _SITES[compile_name].put(number)


def forget(compile_name: str) -> None:
    """Keep nothing of a compile any more."""
    site = _SITES.pop(compile_name, None)
    if site is not None:
        site.close()
