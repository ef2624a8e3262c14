"""Where everything stands in the packs of a site."""

import mmap
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class FeedEntry:
    """A feed as served, its archive of a ``year``, its ``translation`` into a language, or its ``changes`` as Atom.

    ``former`` are ids that it had. ``bodies`` holds ``identity`` and, where feeds are compressed, ``gzip`` and ``br``;
    ``listing`` is where the parts of the first are told, None of ``changes``. ``events`` are the numbers of the records of
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
    events: tuple[int, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError where there is nothing to serve."""
        if "identity" not in self.bodies:
            raise ValueError("a feed has no content")

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
    """What the packs of a site hold.

    ``documents`` are the digests of published documents by address; ``removed`` names events that are published no longer
    (``organisation/event``). ``timezones`` are the VTIMEZONEs of feeds without events, by TZID.
    """

    documents: Mapping[str, str]
    feeds: tuple[FeedEntry, ...]
    removed: tuple[str, ...]
    organisations: tuple[OrganisationRecord, ...]
    timezones: Mapping[str, str]
