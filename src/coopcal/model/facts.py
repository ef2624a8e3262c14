"""What an audience sees of events, feeds and organisations, as facts that can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coopcal.model.happening import Status
from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import When


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of an event, or of one date of a series.

    ``when`` has neither opening hours nor a usual end. ``places`` are words, ``place_mark`` a digest of what they are
    made of. ``details`` pairs the name of what else is told (``description``, ``links``) with a digest of it.
    """

    title: Text
    when: When
    places: Text | None = None
    place_mark: str = ""
    status: Status = Status.CONFIRMED
    reason: Text | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RecurrenceFacts:
    """How something recurs: ``last`` is the last day that the rule gives, None for a rule without end.

    ``exception_dates`` are days of the rule on which nothing takes place; ``overrides`` tell what does instead.
    """

    rule: Rule
    last: date | None = None
    exception_dates: tuple[date, ...] = ()
    overrides: tuple[tuple[date, Shown], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningFacts:
    """What is written to take place, as an audience sees it.

    ``key`` is its name in the sources, ``page`` the address of its page. ``feeds`` are those that select it, whatever
    their window; ``groups`` those it is for, where it is not public.
    """

    key: str
    organisation: str
    page: str
    shown: Shown
    feeds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts(HappeningFacts):
    """An event or a session that takes place once; of several dates that are listed, the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts(HappeningFacts):
    """An event that recurs by a rule."""

    recurrence: RecurrenceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherDateFacts(HappeningFacts):
    """A date of an event beside its first one, or beside those of its rule; ``of`` is the key of the event."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchFacts(FurtherDateFacts):
    """The dates of a series from one on, from which it goes on otherwise."""

    recurrence: RecurrenceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTimeFacts:
    """A time that hidden events of an organisation take: all that is seen of them."""

    organisation: str
    shown: Shown
    feeds: tuple[str, ...] = ()


RecurringFacts = SeriesFacts | StretchFacts
"""What has several dates by a rule."""


VisibleFacts = EventFacts | SeriesFacts | FurtherDateFacts | StretchFacts | BusyTimeFacts
"""What an audience sees."""


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """An organisation or a feed: its title, the ids that it had, and the day on which it closes."""

    title: Text
    former: tuple[str, ...] = ()
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an audience sees: events by UID, organisations and feeds by id.

    ``until`` is the last day up to which times that are taken are told. ``address`` is that of the site, "" where it says
    none, and ``former_addresses`` are those that it had.
    """

    until: date
    events: Mapping[str, VisibleFacts] = field(default_factory=dict)
    organisations: Mapping[str, NamedFacts] = field(default_factory=dict)
    feeds: Mapping[str, NamedFacts] = field(default_factory=dict)
    address: str = ""
    former_addresses: tuple[str, ...] = ()
