"""What changed of events, feeds and organisations, as subscribers see them."""

from dataclasses import dataclass
from datetime import date, datetime

from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import When

Value = When | Rule | Text | date | tuple[date, ...] | tuple[str, ...] | str | None


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
    """What changed between two states, events in the order of their organisations and dates; ``site`` tells of a move."""

    organisations: tuple[NamedChange, ...] = ()
    feeds: tuple[NamedChange, ...] = ()
    events: tuple[EventChange, ...] = ()
    site: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return bool(self.organisations or self.feeds or self.events or self.site)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What a compile changed of an event, and its instant (UTC, whole seconds)."""

    at: datetime
    change: EventChange
