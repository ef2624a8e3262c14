"""What a site has beside records and rows: its feeds and where their bodies stand, its organisations and documents."""

import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from coopcal.site.component import PARTS, Parts
from coopcal.site.record import OrganisationRecord


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a feed in one encoding, and their ETag (unquoted): a stretch of a pack."""

    etag: str
    length: int
    pack: bytes | mmap.mmap = field(default=b"", compare=False, repr=False)
    offset: int = 0

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.pack[self.offset : self.offset + self.length]

    def placed(self, pack: bytes | mmap.mmap) -> "Body":
        """Return the same stretch of a pack."""
        return Body(self.etag, self.length, pack, self.offset)


@dataclass(frozen=True)
class FeedEntry:
    """A feed as served, its archive of a ``year``, its ``translation`` into a language, or its ``changes`` as Atom.

    ``former`` are ids that it had. ``bodies`` holds ``identity`` and, where feeds are compressed, ``gzip`` and, where it is
    not very large, ``br``; ``blocks`` are the lengths of those that a large one has in gzip, as they are and compressed.
    ``listing`` is where the parts of the first are told, None of ``changes``. ``reminders`` are those that a feed and its
    translations are offered with, each at an address of its own; None where nobody says. ``events`` are the numbers of the records of
    all events that a feed selects, by start, whatever its window; the records say so.
    """

    id: str
    year: int | None
    translation: str | None
    title: str
    language: str
    timezone: str
    organisation: str | None
    modified: datetime
    count: int
    left_out: int
    closed_see: str | None
    gone: bool
    changes: bool
    former: tuple[str, ...]
    bodies: Mapping[str, Body]
    listing: Body | None = None
    blocks: tuple[tuple[int, int], ...] = ()
    reminders: tuple[str, ...] | None = None
    events: tuple[int, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError where there is nothing to serve."""
        if "identity" not in self.bodies:
            raise ValueError("a feed has no content")

    @property
    def is_current(self) -> bool:
        """Whether this is the feed itself."""
        return self.year is None and self.translation is None and not self.changes

    @property
    def stretches(self) -> tuple[Body, ...]:
        """All that it has in a pack, in the order in which it stands there."""
        return (*self.bodies.values(), *((self.listing,) if self.listing else ()))

    def placed(self, pack: bytes | mmap.mmap, events: tuple[int, ...] = ()) -> "FeedEntry":
        """Return an entry whose bodies stand in a pack, and which selects some events."""
        return replace(
            self,
            bodies={encoding: body.placed(pack) for encoding, body in self.bodies.items()},
            listing=self.listing and self.listing.placed(pack),
            events=events,
        )

    @cached_property
    def parts(self) -> Parts | None:
        """What its content is made of; None of ``changes``. It is read when it is asked for first, and kept with the entry."""
        if self.listing is None:
            return None
        parts = PARTS.loads(Parts, self.listing.content)
        if not parts.fit(self.bodies["identity"].length):
            raise ValueError("the parts of a feed are not those of its content")
        return parts


@dataclass(frozen=True, slots=True)
class Index:
    """What a site has that is in no shard.

    ``documents`` are the digests of published documents and pictures by address: below ``/events/``, else with a slash at its beginning; ``removed`` names events that are published no longer
    (``organisation/event``). ``timezones`` are the VTIMEZONEs of feeds without events, by TZID.
    """

    documents: Mapping[str, str]
    removed: tuple[str, ...]
    organisations: tuple[OrganisationRecord, ...]
    timezones: Mapping[str, str]


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


def by_address(entries: Sequence[FeedEntry]) -> Feeds:
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
