"""Rosters: what stands in the body of a feed, in order, of which an edit changes a little."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from coopcal.compile.portion import Lines, Members, Portion

Years = tuple[tuple[str, int], ...]
"""Time zones, each with the first local year in which there is a time of it."""

End = tuple[int, int, int, str]
"""By what it is told what ended first: the ordinal of the last local day, then what entries are sorted by."""


class Standing(NamedTuple):
    """An entry that stands in a feed: what it is sorted by (start, depth and UID), and the ordinal of its last local day.

    In the rendering of the feed it has the ``zones`` of its times, and so many bytes. ``owner`` names the portion that holds
    it.
    """

    start: int
    depth: int
    uid: str
    last: int
    zones: Years
    size: int
    owner: str

    @property
    def end(self) -> End:
        """By what it is told what ended first."""
        return self.last, self.start, self.depth, self.uid


class Share(NamedTuple):
    """What a portion has in a roster: its mark tells it from another one, ``entries`` is how many it has."""

    mark: bytes
    entries: int
    zones: Years


@dataclass(frozen=True, slots=True)
class Roster:
    """What stands in the body of a feed, in the rendering that has this ``key``: entries in order, and the shares of portions by their names.

    What ended before the ``floor`` is counted in the shares alone.
    """

    key: str
    shares: Mapping[str, Share]
    standing: Sequence[Standing]
    floor: End | None

    @property
    def count(self) -> int:
        """The number of all entries."""
        return sum(share.entries for share in self.shares.values())


@dataclass(frozen=True, slots=True)
class Holder:
    """A portion that holds something of a body: the mark of that, and the numbers of its entries in what is shown."""

    portion: Portion
    mark: bytes
    members: Callable[[Members], Lines]


def roster(
    feed: str, key: str, holders: Mapping[str, Holder], most: int | None, known: Roster | None = None
) -> Roster:
    """Return the roster of a body of a feed, in a rendering, of all that hold anything of it, by name.

    Where there is a ``known`` one, those holders alone are looked at that differ. Of more than ``most`` bytes it lists what
    ended last, and as many bytes of it.
    """
    if known is None or known.key != key:
        known = Roster(key, {}, (), None)
    shares: dict[str, Share] = {}
    new: list[Standing] = []
    for name, holder in holders.items():
        share = known.shares.get(name)
        if share is None or share.mark != holder.mark:
            listed = _listed(feed, key, name, holder)
            share = Share(holder.mark, len(listed), _first_years(listed))
            new += (one for one in listed if known.floor is None or one.end >= known.floor)
        shares[name] = share
    stay = {name for name, share in shares.items() if share is known.shares.get(name)}
    standing = sorted([*(one for one in known.standing if one.owner in stay), *new], key=_in_order)
    return _bounded(Roster(key, shares, standing, known.floor), most)


def _listed(feed: str, key: str, name: str, holder: Holder) -> list[Standing]:
    shown = holder.portion.shown()
    entries, lines = shown.entries.get(key, {}), shown.lines
    listed = []
    for number in holder.members(shown.feeds[feed]):
        _, zones, size = entries[number]
        listed.append(Standing(*lines[number], zones, size, name))
    return listed


def _bounded(whole: Roster, most: int | None) -> Roster:
    if most is None or sum(one.size for one in whole.standing) <= most:
        return whole
    last_first = sorted(whole.standing, key=_end, reverse=True)
    fit = sum(size <= most for size in accumulate(one.size for one in last_first))
    floor = last_first[max(fit - 1, 0)].end
    return replace(whole, standing=[one for one in whole.standing if one.end >= floor], floor=floor)


def _first_years(listed: Sequence[Standing]) -> Years:
    years: dict[str, int] = {}
    for one in listed:
        for zone, year in one.zones:
            years[zone] = min(year, years.get(zone, year))
    return tuple(years.items())


def _in_order(standing: Standing) -> tuple[int, int, str]:
    return standing[:3]


def _end(standing: Standing) -> End:
    return standing.end
