"""What the site compiled before has published: the memory that ids and stamps are held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from coopcal.model.change import LogEntry
from coopcal.model.facts import Facts

SEQUENCE_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds from here to LAST-MODIFIED."""


def sequence(modified: datetime) -> int:
    """Return the SEQUENCE (RFC 5545, 3.8.7.4) that goes with a LAST-MODIFIED: seconds since 2020, at least 0."""
    return min(max(int((modified - SEQUENCE_EPOCH).total_seconds()), 0), 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When the bytes of one rendering of an event last changed (UTC, whole seconds), and their digest."""

    modified: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """A public event as published: its key (``organisation/event[/session][+date]``), days and stamps by rendering."""

    key: str
    first: date
    last: date
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedTransient:
    """What was published and comes and goes by itself, with its days and its stamps by rendering.

    It is a time that is taken, a notice at a date from which something was moved, or the end of registration.
    """

    first: date
    last: date
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


PublishedEntry = PublishedEvent | PublishedTransient
"""What stood in a feed with a UID of its own."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: entries by UID (also those since removed), and the ids of organisations and feeds.

    ``organisations`` and ``feeds`` hold every id that has had an address, ``archives`` the years of feeds that
    have had one, ``translations`` the languages (by feed and language); ``removed`` holds the keys of events that were confirmed as gone.
    ``facts`` are what was seen of all this, None where an older coopcal compiled it; ``log`` tells what changed, newest
    first, and ``changes`` holds the stamps of its feeds (by feed and language, the default one ``""``). ``moved`` tells since when
    each address that the site had before is a former one.
    """

    uid_domain: str
    compiled_at: datetime
    events: Mapping[str, PublishedEntry] = field(default_factory=dict)
    feeds: Mapping[str, Stamp] = field(default_factory=dict)
    archives: Mapping[tuple[str, int], Stamp] = field(default_factory=dict)
    translations: Mapping[tuple[str, str], Stamp] = field(default_factory=dict)
    organisations: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    facts: Facts | None = None
    log: tuple[LogEntry, ...] = ()
    changes: Mapping[tuple[str, str], Stamp] = field(default_factory=dict)
    moved: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def with_keys(self) -> Mapping[str, PublishedEvent]:
        """The events by UID, without what comes and goes by itself."""
        return {uid: entry for uid, entry in self.events.items() if isinstance(entry, PublishedEvent)}
