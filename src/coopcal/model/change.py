"""What subscribers see of events, feeds and organisations, as facts that can be compared; and what changed of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coopcal.model.happening import Status
from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import When


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of an event, or of one date of a series.

    ``when`` has neither opening hours nor a usual end. ``places`` are words, ``place_mark`` a digest of what they are
    made of. ``details`` pairs the name of what else is said (``description``, ``links``) with a digest of it.
    """

    title: Text
    when: When
    places: Text | None = None
    place_mark: str = ""
    status: Status = Status.CONFIRMED
    reason: Text | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as an audience sees it; a time that is taken has an empty ``key``.

    ``of`` is the key of the event that a further date is one of; ``continues``: that goes on with a series. ``ends`` is
    the last day of a series. ``feeds`` are those that select it, whatever their window; ``groups`` those it is for, where
    it is not public.
    """

    key: str
    organisation: str
    page: str
    shown: Shown
    of: str = ""
    continues: bool = False
    rule: Rule | None = None
    ends: date | None = None
    excluded: tuple[date, ...] = ()
    changes: tuple[tuple[date, Shown], ...] = ()
    feeds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """An organisation or a feed: its title, the ids that it had, and the day on which it closes."""

    title: Text
    former: tuple[str, ...] = ()
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an audience sees: events by UID, organisations and feeds by id.

    ``until`` is the last day up to which times that are taken are told.
    """

    until: date
    events: Mapping[str, EventFacts] = field(default_factory=dict)
    organisations: Mapping[str, NamedFacts] = field(default_factory=dict)
    feeds: Mapping[str, NamedFacts] = field(default_factory=dict)


Value = When | Text | date | tuple[date, ...] | tuple[str, ...] | str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; ``kind`` names it, and the words for it.

    ``day`` is set for one date of a series, and with ``onward`` for that and all later ones. ``reason`` is why something
    is moved; ``past`` says that what is new lies in the past.
    """

    kind: str
    old: Value = None
    new: Value = None
    day: date | None = None
    onward: bool = False
    reason: Text | None = None
    past: bool = False


CROSSING = ("enters", "leaves")
"""The kinds that name a feed."""


@dataclass(frozen=True, slots=True)
class EventChange:
    """All that changed of an event; ``before`` and ``after`` are the feeds that it stood in and stands in."""

    uid: str
    key: str
    organisation: str
    page: str
    title: Text
    when: When
    differences: tuple[Difference, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def feeds(self) -> tuple[str, ...]:
        """Every feed that is touched."""
        return tuple(name for name in sorted({*self.before, *self.after}) if self.told_in(name))

    def told_in(self, feed: str) -> tuple[Difference, ...]:
        """Return what a reader of one feed is told: first that it enters or leaves that; nothing of other feeds."""
        crossing = [
            difference
            for difference in self.differences
            if difference.kind in CROSSING and feed in (difference.old, difference.new)
        ]
        return (
            *crossing,
            *(difference for difference in self.differences if difference.kind not in CROSSING),
        )


@dataclass(frozen=True, slots=True)
class NamedChange:
    """What changed of an organisation or a feed itself."""

    id: str
    title: Text
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two states, events in the order of their organisations and dates."""

    organisations: tuple[NamedChange, ...] = ()
    feeds: tuple[NamedChange, ...] = ()
    events: tuple[EventChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return bool(self.organisations or self.feeds or self.events)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What a compile changed of an event, and its instant (UTC, whole seconds)."""

    at: datetime
    change: EventChange
