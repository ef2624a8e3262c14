"""The version that stands while another is written: what may be in that as it is here."""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from coopcal.model.message import msg
from coopcal.site import layout, seal
from coopcal.site.codec import from_json
from coopcal.site.content import Address, StandingFeed, Stood
from coopcal.site.files import Files
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import (
    NotStanding,
    ShardList,
    Shards,
    SiteError,
    current_version,
    feeds_file,
    pack_file,
)
from coopcal.site.stored import STORED


class _Listed(NamedTuple):
    """A feed: the shard that it is in, and what stands there of it, as JSON values."""

    address: StandingFeed
    number: int
    values: Any


class Stretch(NamedTuple):
    """A feed as it stands in a pack: what is said of it, as JSON values, and all that it has there, from an offset on."""

    values: Mapping[str, Any]
    content: bytes
    offset: int

    def said_at(self, offset: int) -> Mapping[str, Any]:
        """Return what is said of it where it stands at another offset."""
        by = offset - self.offset
        said = dict(self.values)
        said["bodies"] = {encoding: _moved(body, by) for encoding, body in said["bodies"].items()}
        if "listing" in said:
            said["listing"] = _moved(said["listing"], by)
        return said


class Standing:
    """The version that is served in the folder of a site.

    What is asked of it is held against its seal; NotStanding is raised where it is damaged, or not there. Where it is known
    which feeds ``stood`` in it, in order, and that no file of it was touched, that is taken for granted.
    """

    def __init__(self, out: Path, stood: Stood | None = None) -> None:
        self._out = out
        self._stood = stood
        self._listed: dict[int, list[_Listed]] = {}
        self._shared_out: list[list[Address]] = []
        self._numbers: dict[Address, int] = {}
        self._by_owner: dict[tuple[str, int], int] = {}
        self._by_address: dict[int, Mapping[StandingFeed, _Listed]] = {}
        self._packs: dict[int, bytes | mmap.mmap] = {}

    @property
    def folder(self) -> Path | None:
        """The folder of the version; None where there is none."""
        try:
            return current_version(self._out)
        except SiteError:
            return None

    def put(self, files: Files, name: str, shards: Shards) -> str:
        """Put a file of a shard among those of another version, as it is; return its digest."""
        with self._told():
            self._same(shards)
            if self._stood is None:
                seal.read_listed(self._version, self._shards, name)
        files.stand(name)
        return self._shards.files[name]

    def put_pack(self, files: Files, number: int) -> None:
        """Put the pack of a shard among the files of another version, as it is."""
        if self._stood is None:
            self._check_pack(number)
        files.stand(pack_file(number))

    def _check_pack(self, number: int) -> None:
        with self._told():
            pack = self._pack(number)
            bodies = [body for listed in self._of(number) for body in _bodies(listed.values, pack)]
            if not all(map(seal.is_body, bodies)) or sum(body.length for body in bodies) != len(pack):
                raise ValueError(f"{pack_file(number)} is not what was written")

    def feeds_of(self, number: int, shards: Shards) -> Sequence[Address] | None:
        """Return the feeds of a shard, in order; None where feeds are shared out in another way here."""
        with self._told():
            if shards.count != self._shards.count:
                return None
            if self._stood is None:
                return [listed.address for listed in self._of(number)]
            return self._by_shard(shards)[number]

    def number_of(self, feed: StandingFeed, shards: Shards) -> int:
        """Return the number of the shard that a feed is in where they are shared out in this way."""
        if feed not in self._numbers:
            with self._told():
                if self._stood is not None:
                    self._by_shard(shards)
                else:
                    self._numbers[feed] = self._number(feed, self._owners[feed], shards)
                return self._numbers[feed]
        return self._numbers[feed]

    def _number(self, feed: Address, owner: str | None, shards: Shards) -> int:
        if owner is None:
            identifier, year, translation, changes = feed
            return shards.of_feed(identifier, year, translation, changes=changes, owner=None)
        number = self._by_owner.get((owner, shards.count))
        if number is None:
            number = self._by_owner[owner, shards.count] = shards.of(owner)
        return number

    @cached_property
    def _owners(self) -> Stood:
        if self._stood is not None:
            return self._stood
        return {feed: listed.values.get("organisation") for feed, listed in self._feeds.items()}

    def _by_shard(self, shards: Shards) -> list[list[Address]]:
        if not self._shared_out:
            self._shared_out = [[] for _ in range(shards.count)]
            for feed, owner in self._owners.items():
                number = self._numbers[feed] = self._number(feed, owner, shards)
                self._shared_out[number].append(feed)
        return self._shared_out

    def entry(self, feed: StandingFeed) -> FeedEntry:
        """Return a feed, with its bodies."""
        with self._told():
            listed = self._found(feed)
            entry = self._placed(listed)
            if not all(map(seal.is_body, entry.stretches)):
                raise ValueError(f"{pack_file(listed.number)} is not what was written")
            return entry

    def stretch(self, feed: StandingFeed) -> Stretch:
        """Return a feed, as it stands in its pack."""
        with self._told():
            listed = self._found(feed)
            pack = self._pack(listed.number)
            bodies = list(_bodies(listed.values, pack))
            begin = bodies[0].offset
            content = pack[begin : begin + sum(body.length for body in bodies)]
            follows = all(body.offset + body.length == other.offset for body, other in pairwise(bodies))
            if not (follows and all(map(seal.is_body, bodies))):
                raise ValueError(f"{pack_file(listed.number)} is not what was written")
            return Stretch(listed.values, content, begin)

    def known(self, feed: StandingFeed) -> FeedEntry | None:
        """Return a feed, whose bodies may be damaged; None where it is not there, or what is said of it is damaged."""
        with suppress(SiteError), self._told():
            return self._placed(self._found(feed))
        return None

    @property
    def schema(self) -> bytes:
        """The schema of sources, as it stands there."""
        with self._told():
            return (self._version / layout.SCHEMA).read_bytes()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise NotStanding(
                msg(
                    "what was to stay as it was in the site in {out} is damaged, or not there ({error})",
                    out=self._out,
                    error=error,
                )
            ) from error

    def _same(self, shards: Shards) -> None:
        if shards.count != self._shards.count:
            raise ValueError(f"it has {self._shards.count} shards")

    @cached_property
    def _version(self) -> Path:
        return current_version(self._out)

    @cached_property
    def _shards(self) -> ShardList:
        files = seal.read_sealed(self._version)
        written = from_json(files[layout.MANIFEST])["format"]
        if written != layout.FORMAT:
            raise ValueError(f"its format is {written}")
        return STORED.loads(ShardList, files[layout.SHARDS])

    @cached_property
    def _feeds(self) -> Mapping[StandingFeed, _Listed]:
        return {listed.address: listed for number in range(self._shards.count) for listed in self._of(number)}

    def _placed(self, listed: _Listed) -> FeedEntry:
        return STORED.read(FeedEntry, listed.values).placed(self._pack(listed.number))

    def _found(self, feed: StandingFeed) -> _Listed:
        """Return what is said of a feed; where it is known whose own it is, no other shard is looked into."""
        if self._stood is None:
            return self._feeds[feed]
        number = self._number(feed, self._owners[feed], Shards(self._shards.count))
        if number not in self._by_address:
            self._by_address[number] = {listed.address: listed for listed in self._of(number)}
        return self._by_address[number][feed]

    def _of(self, number: int) -> list[_Listed]:
        if number not in self._listed:
            feeds = from_json(seal.read_listed(self._version, self._shards, feeds_file(number)))
            self._listed[number] = [_Listed(_address(values), number, values) for values in feeds]
        return self._listed[number]

    def _pack(self, number: int) -> bytes | mmap.mmap:
        if number not in self._packs:
            self._packs[number] = seal.mapped(self._version / pack_file(number))
        return self._packs[number]


def _address(values: Any) -> StandingFeed:
    return StandingFeed(
        values["id"], values.get("year"), values.get("translation"), values.get("changes", False)
    )


def _moved(values: Any, by: int) -> Any:
    """Return what is said of a body, or of a listing, where that stands so many bytes further on."""
    etag, length, *offset = values
    return STORED.write(Body, Body(etag, length, offset=sum(offset) + by))


def _bodies(values: Any, pack: bytes | mmap.mmap) -> Iterator[Body]:
    """Return all that a feed has in its pack."""
    for etag, length, *offset in values["bodies"].values():
        yield Body(etag, length, pack, *offset)
    if "listing" in values:
        etag, length, *offset = values["listing"]
        yield Body(etag, length, pack, *offset)
