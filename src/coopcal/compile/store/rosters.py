"""The rosters of large feeds, kept in the store of a site: what they list stands in the bodies of its version."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from coopcal.compile.render.stamped import StampedEntry
from coopcal.compile.roster import Roster, Share, Standing
from coopcal.compile.store.segments import Section, Segments, Writer
from coopcal.site.content import Address, StandingFeed
from coopcal.site.index import FeedEntry
from coopcal.site.standing import Standing as StandingSite

MANY = 4
"""Portions of a feed from which on its roster is kept."""


@dataclass(frozen=True, slots=True)
class Former:
    """The body of a feed as it stands in a version, and its roster: ``counts`` are how many VEVENTs of each it has, 0 of what it leaves out."""

    roster: Roster
    counts: Sequence[int]
    entry: FeedEntry

    def entries(self, roster: Roster) -> dict[Standing, StampedEntry]:
        """Return the entries that stand in it, of portions whose share in another roster is the same."""
        parts, body = self.entry.parts, self.entry.bodies["identity"].content
        assert parts is not None, "it is a calendar"
        shares = self.roster.shares
        stay = {name for name, share in roster.shares.items() if shares.get(name) == share}
        components = parts.events(body)
        found = {}
        for one, count in zip(self.roster.standing, self.counts, strict=True):
            own = tuple(islice(components, count))
            if count and one.owner in stay:
                found[one] = StampedEntry(own, one.zones)
        return found


class Rosters:
    """Those of the feeds of a site: what is ``known`` of its last version, and what is kept of the one that is written."""

    def __init__(
        self,
        writer: Writer,
        segments: Segments,
        known: Mapping[Address, Section],
        site: StandingSite | None,
    ) -> None:
        """Write to a segment; read what is known of the version that stands."""
        self._sections = dict(known)
        self._writer, self._segments, self._site = writer, segments, site

    def take(self, address: Address) -> Former | None:
        """Return the roster of a feed that is put together anew, with its body; None where that has none.

        Raise DamagedStoreError or NotStanding where it is not what was written.
        """
        section = self._sections.pop(address, None)
        if section is None or self._site is None:
            return None
        roster, counts, etag = self._segments.value(section, _read)
        entry = self._site.entry(StandingFeed(*address))
        return Former(roster, counts, entry) if entry.bodies["identity"].etag == etag else None

    def keep(self, address: Address, roster: Roster, counts: Sequence[int], etag: str) -> None:
        """Keep the roster of a feed that has many portions."""
        if len(roster.shares) >= MANY:
            shares = {name: tuple(share) for name, share in roster.shares.items()}
            standing = tuple(map(tuple, roster.standing))
            value = (roster.key, shares, standing, roster.floor, tuple(counts), etag)
            self._sections[address] = self._writer.add(value)

    def add(self, sections: Mapping[Address, Section]) -> None:
        """Take rosters that were kept elsewhere."""
        self._sections.update(sections)

    def of(self, feeds: Collection[Address]) -> Mapping[Address, Section]:
        """Return where the rosters of feeds stand that have one; others may read them by now."""
        self._writer.flush()
        return {address: section for address, section in self._sections.items() if address in feeds}


def _read(value: tuple[Any, ...]) -> tuple[Roster, Sequence[int], str]:
    key, shares, standing, floor, counts, etag = value
    roster = Roster(
        key,
        {name: Share(*share) for name, share in shares.items()},
        [Standing(*one) for one in standing],
        floor,
    )
    return roster, counts, etag
