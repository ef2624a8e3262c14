"""The pack of a site's feeds: what the index says of it, held against what it is."""

import mmap
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coopcal.site import layout, seal
from coopcal.site.component import END, Parts
from coopcal.site.index import FeedEntry, Index


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of a site by address.

    ``current`` holds them by id, ``archives`` those of a year by id and year, ``translations`` those of a language by id and
    language, ``changes`` what changed by id and language (None: the default); a former id gives the feed that took over.
    """

    current: Mapping[str, FeedEntry]
    archives: Mapping[tuple[str, int], FeedEntry]
    translations: Mapping[tuple[str, str], FeedEntry]
    changes: Mapping[tuple[str, str | None], FeedEntry]


def by_address(entries: tuple[FeedEntry, ...]) -> Feeds:
    """Return feeds by the addresses that they have, and had."""
    current: dict[str, FeedEntry] = {}
    archives: dict[tuple[str, int], FeedEntry] = {}
    translations: dict[tuple[str, str], FeedEntry] = {}
    changes: dict[tuple[str, str | None], FeedEntry] = {}
    addresses = [(entry.id, entry) for entry in entries]
    addresses += [(former, entry) for entry in entries for former in entry.former]
    for name, entry in addresses:
        if entry.changes:
            changes.setdefault((name, entry.translation), entry)
        elif entry.year is not None:
            archives.setdefault((name, entry.year), entry)
        elif entry.translation is not None:
            translations.setdefault((name, entry.translation), entry)
        else:
            current.setdefault(name, entry)
    for name, entry in current.items():
        translations.setdefault((name, entry.language), entry)
        if (name, None) in changes:
            changes.setdefault((name, entry.language), changes[name, None])
    return Feeds(current, archives, translations, changes)


def in_pack(index: Index, pack: bytes | mmap.mmap, events: int) -> tuple[FeedEntry, ...]:
    """Return the feeds of an index with their bodies in a pack, in a site of so many events.

    Raise ValueError where something that it names is not there, or not what was written.
    """
    entries = tuple(_in_pack(entry, pack, events, len(index.components)) for entry in index.feeds)
    if any(entry.timezone not in index.timezones for entry in entries):
        raise ValueError("a feed has a time zone that is not there")
    ends = (body.offset + body.length for entry in entries for body in entry.bodies.values())
    if max(ends, default=0) != len(pack):
        raise ValueError(f"{layout.FEEDS} is not what was written")
    return entries


def _in_pack(entry: FeedEntry, pack: bytes | mmap.mmap, events: int, components: int) -> FeedEntry:
    """Return an entry whose bodies stand in a pack; raise ValueError where what it names is not there."""
    if any(not 0 <= number < events for number in entry.events):
        raise ValueError("a feed has an event that is not there")
    bodies = {encoding: replace(body, pack=pack) for encoding, body in entry.bodies.items()}
    for body in bodies.values():
        content = body.content
        if len(content) != body.length or seal.short_digest(content) != body.etag:
            raise ValueError(f"{layout.FEEDS} is not what was written")
    if entry.parts is not None and not _fit(entry.parts, bodies["identity"].length, components):
        raise ValueError("the parts of a feed are not those of its content")
    return replace(entry, bodies=bodies)


def _fit(parts: Parts, length: int, components: int) -> bool:
    """Return whether the parts are those of a body of that length, of so many components."""
    lengths = (parts.heading, *parts.zones.values(), *parts.lengths)
    known = all(0 <= number < components for number in parts.components)
    complete = min(lengths) >= 0 and parts.end + len(END) == length
    return known and complete and len(parts.components) == len(parts.lengths)
