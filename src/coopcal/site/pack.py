"""The pack of a site's feeds: what the index says of it, held against what it is."""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coopcal.site import layout, seal
from coopcal.site.index import Body, FeedEntry, Index


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


def in_pack(
    index: Index, pack: bytes | mmap.mmap, selected: Mapping[str, Sequence[int]]
) -> tuple[FeedEntry, ...]:
    """Return the feeds of an index with their bodies in a pack; ``selected`` are the events of each by its id.

    Raise ValueError where something that is named is not there, or not what was written.
    """
    entries = tuple(_in_pack(entry, pack, selected) for entry in index.feeds)
    if not selected.keys() <= {entry.id for entry in entries}:
        raise ValueError("an event is in a feed that is not there")
    if any(entry.timezone not in index.timezones for entry in entries):
        raise ValueError("a feed has a time zone that is not there")
    if sum(body.length for entry in entries for body in _stretches(entry)) != len(pack):
        raise ValueError(f"{layout.FEEDS} is not what was written")
    return entries


def _in_pack(entry: FeedEntry, pack: bytes | mmap.mmap, selected: Mapping[str, Sequence[int]]) -> FeedEntry:
    """Return an entry whose bodies stand in a pack; raise ValueError where they are not what was written."""
    is_current = entry.year is None and entry.translation is None and not entry.changes
    placed = replace(
        entry,
        bodies={encoding: replace(body, pack=pack) for encoding, body in entry.bodies.items()},
        listing=entry.listing and replace(entry.listing, pack=pack),
        events=tuple(selected.get(entry.id, ())) if is_current else (),
    )
    for body in _stretches(placed):
        content = body.content
        if len(content) != body.length or seal.short_digest(content) != body.etag:
            raise ValueError(f"{layout.FEEDS} is not what was written")
    return placed


def _stretches(entry: FeedEntry) -> Iterator[Body]:
    """Return all that an entry has in its pack."""
    yield from entry.bodies.values()
    if entry.listing is not None:
        yield entry.listing
