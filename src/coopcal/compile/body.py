"""The body of a feed while it is put together: of portions, and, where most of it is as it was, of the one that stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from coopcal.compile.render import vcalendar
from coopcal.compile.render.stamped import StampedEntry, stamped
from coopcal.compile.render.vcalendar import Heading, left_out
from coopcal.compile.roster import Holder, Roster, Standing, roster
from coopcal.compile.store.rosters import Former, Rosters
from coopcal.site.content import Address

AMPLE = 2
"""How many times as much as fits a feed its roster lists, so that it suffices after some more edits."""


class Shown(NamedTuple):
    """What stands in a body, in order, of all that is in its roster or counted there."""

    standing: Sequence[Standing]
    roster: Roster

    @property
    def left_out(self) -> int:
        """The number of entries that are left out."""
        return self.roster.count - len(self.standing)


class Body:
    """What may stand in a feed, or in its archive of a year, in the rendering that has a key."""

    def __init__(
        self, address: Address, key: str, holders: Mapping[str, Holder], rosters: Rosters | None
    ) -> None:
        """Take what holds anything of it, by name, and the rosters that are kept."""
        self._address, self._key, self._holders, self._rosters = address, key, holders, rosters
        self._former = rosters.take(address) if rosters else None

    def all(self) -> Shown:
        """Return all that may stand in it."""
        listed = self._roster(self._former)
        return Shown(listed.standing, listed)

    def latest(self, heading: Heading) -> Shown:
        """Return what fits it, where those are left out first that ended first."""
        most = AMPLE * vcalendar.LIMIT
        listed = self._roster(self._former, most)
        gone = _gone(listed, heading)
        if listed.floor is not None and not gone:
            listed = self._roster(None, most)
            gone = _gone(listed, heading)
        return Shown([one for one in listed.standing if one not in gone], listed)

    def entries(self, shown: Shown) -> list[StampedEntry]:
        """Return the entries themselves; of no portion more is held than that."""
        found = self._former.entries(shown.roster) if self._former else {}
        missing = (one for one in shown.standing if one not in found)
        for name, several in groupby(sorted(missing, key=attrgetter("owner")), attrgetter("owner")):
            found.update(self._read(name, list(several)))
        return [found[one] for one in shown.standing]

    def keep(self, shown: Shown, entries: Sequence[StampedEntry], etag: str) -> None:
        """Keep what stands in it by now, where it has these entries first of all; the ``etag`` is that of the whole."""
        if self._rosters:
            counts = {one: len(entry.components) for one, entry in zip(shown.standing, entries, strict=True)}
            numbers = tuple(counts.get(one, 0) for one in shown.roster.standing)
            self._rosters.keep(self._address, shown.roster, numbers, etag)

    def _roster(self, former: Former | None, most: int | None = None) -> Roster:
        feed, *_ = self._address
        return roster(feed, self._key, self._holders, most, former.roster if former else None)

    def _read(self, name: str, wanted: Sequence[Standing]) -> Iterator[tuple[Standing, StampedEntry]]:
        feed, *_ = self._address
        holder = self._holders[name]
        shown = holder.portion.shown()
        entries = shown.entries[self._key]
        numbers = {shown.lines[number][2]: number for number in holder.members(shown.feeds[feed])}
        for one in wanted:
            yield one, stamped(entries[numbers[one.uid]])


def _gone(listed: Roster, heading: Heading) -> Collection[Standing]:
    ended = sorted(listed.standing, key=attrgetter("end"))
    zones = [share.zones for share in listed.shares.values() if share.entries]
    return frozenset(ended[: left_out(heading, zones, [one.size for one in ended])])
