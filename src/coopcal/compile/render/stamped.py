"""Entries with their stamps, as they stand in feeds, and the same as plain values, which are kept."""

from datetime import date
from typing import NamedTuple

from coopcal.site.component import Component

PlainComponent = tuple[str, str, int, tuple[str, ...], bytes]
"""A VEVENT: its UID and that of the event that it goes with, the ordinal of its original day or 0, its TZIDs, its bytes."""

PlainEntry = tuple[tuple[PlainComponent, ...], tuple[tuple[str, int], ...], int]
"""An entry: its VEVENTs, the first local year of each zone of their times, and the number of bytes of its VEVENTs."""


class StampedEntry(NamedTuple):
    """The stamped VEVENTs of one UID, and for each zone of their times (none for days and UTC) the first local year."""

    components: tuple[tuple[Component, bytes], ...]
    zones: tuple[tuple[str, int], ...] = ()


def plain(entry: StampedEntry) -> PlainEntry:
    """Return an entry as plain values."""
    components = tuple(
        (one.uid, one.of, one.day.toordinal() if one.day else 0, one.zones, content)
        for one, content in entry.components
    )
    return components, entry.zones, sum(len(content) for _, content in entry.components)


def stamped(entry: PlainEntry) -> StampedEntry:
    """Return the entry that was made plain."""
    components, zones, _ = entry
    return StampedEntry(
        tuple(
            (Component(uid, of, date.fromordinal(day) if day else None, tzids), content)
            for uid, of, day, tzids, content in components
        ),
        zones,
    )
