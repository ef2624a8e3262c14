"""The shards of a site, written by the crew that compiled its organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from coopcal.compile.batches import shard_work
from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.shard_work import Made, Place, ShardPut
from coopcal.compile.draft_feed import Assembly
from coopcal.compile.join import Joined
from coopcal.compile.store.rosters import Rosters
from coopcal.compile.store.unit import StoredPortion
from coopcal.selection.until import Turns
from coopcal.site.content import Content
from coopcal.site.files import Files
from coopcal.site.layout import Shards
from coopcal.site.putting import PutShards, in_order, put_here
from coopcal.site.standing import Standing


@dataclass(frozen=True, slots=True)
class SharedShards:
    """Gives the shards of a site to a crew, whose workers know the world of the compile of that name.

    The sections of the ``portions``, which are those of all organisations, are in the folder of the ``store``, as
    those of ``rosters`` are.
    """

    crew: Crew
    compile: str
    store: Path
    portions: Sequence[StoredPortion]
    rosters: Rosters

    def __call__(self, joined: Joined, feeds: Assembly, out: Path) -> PutShards:
        """Return what puts the shards of what was joined of the portions, and tells the assembly of its feeds."""
        return partial(self._put, joined, feeds, out)

    def _put(
        self,
        joined: Joined,
        feeds: Assembly,
        out: Path,
        content: Content,
        shards: Shards,
        files: Files,
        standing: Standing,
    ) -> Mapping[str, str]:
        if shards.count < self.crew.size:
            return put_here(content, shards, files, standing)
        made = Made(self.store, tuple(map(_without_names, self.portions)), joined.former, joined.log)
        place = Place(out, files.root, content.compress)
        put: list[ShardPut] = []
        try:
            self.crew.each(shard_work.learn, (self.compile, made, place))
            for one in self.crew.deal(
                shard_work.put, [(self.compile, number) for number in self._largest_first(shards)]
            ):
                put.append(one)
                files.settle_contents(one.written)  # while the others work on
        finally:
            self.crew.each(shard_work.forget, (self.compile,))
        feeds.take(
            {address: made for one in put for address, made in one.feeds.items()},
            {address: stamp for one in put for address, stamp in one.stamps.items()},
        )
        self.rosters.add({address: section for one in put for address, section in one.rosters.items()})
        return in_order({name: digest for one in put for name, digest in one.digests.items()}, shards)

    def _largest_first(self, shards: Shards) -> list[int]:
        """Return the numbers of the shards, that with the most bytes first: so nobody waits long for the last one."""
        sizes = [0] * shards.count
        for portion in self.portions:
            for organisation in portion.organisations:
                sizes[shards.of(organisation)] += portion.shown.length
        return sorted(range(shards.count), key=sizes.__getitem__, reverse=True)


def _without_names(portion: StoredPortion) -> StoredPortion:
    """Return a portion without what no shard is made of, which grows with its events."""
    return replace(portion, hidden=frozenset(), documents={}, turns=Turns(portion.turns.now), uids=())
