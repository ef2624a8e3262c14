"""A feed: which events stand in it, and how they are shown."""

from dataclasses import dataclass, field
from enum import StrEnum

from coopcal.model.included import Include
from coopcal.model.organisation import Closed, Reference
from coopcal.model.party import Role
from coopcal.model.problem import Position
from coopcal.model.text import Text
from coopcal.model.when import Length


class ShowOrganisation(StrEnum):
    """How an event says whose it is: before the title, as a category, or not at all."""

    PREFIX = "prefix"
    CATEGORY = "category"
    NONE = "none"


class ShowCancelled(StrEnum):
    """What becomes of cancelled events: told, told and marked with STATUS:CANCELLED, or left out."""

    TELL = "tell"
    MARK = "mark"
    HIDE = "hide"


class ShowImprecise(StrEnum):
    """How an imprecise date stands in calendars.

    ``auto``: as whole days up to 31, longer spans as their first day with the span in the title.
    """

    AUTO = "auto"
    SPAN = "span"
    FIRST_DAY = "first-day"
    PAGES = "pages"


class ShowSessions(StrEnum):
    """Whether sessions are entries of their own or lines in the description of their event."""

    ENTRIES = "entries"
    TEXT = "text"


class ShowDeadlines(StrEnum):
    """Whether the end of registration is an entry of its own."""

    NONE = "none"
    ENTRIES = "entries"


class ShowBusy(StrEnum):
    """Whether events may block the time of subscribers."""

    AS_WRITTEN = "as-written"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Auto:
    """Everything, until the feed would be too large: then what ended longest ago is left out."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Everything, whatever the size."""


@dataclass(frozen=True, slots=True)
class Between:
    """What has not ended longer than ``past`` ago and begins no later than ``future`` ahead; None is no bound."""

    past: Length | None = None
    future: Length | None = None


Window = Auto | Everything | Between


@dataclass(frozen=True, slots=True)
class Select:
    """Conditions that all hold of what a feed selects; None does not matter.

    ``organisations`` None means all. ``position`` is that of the key ``select``, where it is written.
    """

    organisations: tuple[Reference, ...] | None = None
    with_parts: bool = False
    roles: tuple[Role, ...] | None = None
    tags_any: tuple[str, ...] | None = None
    tags_none: tuple[str, ...] = ()
    countries: tuple[str, ...] | None = None
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Show:
    """How a feed shows its events.

    ``organisation`` None is a prefix in combined feeds, and nothing in an organisation's own. ``languages``: one, or several side by side; empty for the default of the feed.
    """

    organisation: ShowOrganisation | None = None
    languages: tuple[str, ...] = ()
    cancelled: ShowCancelled = ShowCancelled.TELL
    imprecise: ShowImprecise = ShowImprecise.AUTO
    sessions: ShowSessions = ShowSessions.ENTRIES
    busy: ShowBusy = ShowBusy.AS_WRITTEN
    deadlines: ShowDeadlines = ShowDeadlines.NONE


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a private feed is: groups, of some organisations; an empty one of the two does not matter.

    With neither it is for nobody, and shows what is public.
    """

    groups: frozenset[str] = frozenset()
    organisations: tuple[Reference, ...] = ()

    def sees(self, organisation: str, groups: frozenset[str]) -> bool:
        """Return whether it sees what an organisation shows to these groups alone."""
        if self.organisations and organisation not in {reference.id for reference in self.organisations}:
            return False
        return not self.groups.isdisjoint(groups) if self.groups else bool(self.organisations)


PUBLIC = Audience()
"""Nobody but everybody."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as its file says.

    ``title`` None takes that of its organisation or a default, and ``reminders`` None those of the site. A private one has an
    ``audience``, and stands at a secret address alone.
    ``include`` are feeds of others that are merged in.
    """

    id: str
    position: Position
    title: Text | None = None
    description: Text | None = None
    select: Select | None = None
    window: Window = field(default_factory=Auto)
    show: Show | None = None
    formerly: tuple[Reference, ...] = ()
    closed: Closed | None = None
    reminders: tuple[str, ...] | None = None
    audience: Audience | None = None
    include: tuple[Include, ...] = ()
