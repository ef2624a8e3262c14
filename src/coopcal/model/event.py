"""An event, decoded and resolved: what it does not say itself it has inherited already."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from coopcal.model.problem import Place
from coopcal.model.recurrence import Rule
from coopcal.model.text import Text
from coopcal.model.when import When, days_of


class Role(StrEnum):
    """The part that an organisation has in an event; the order is that of showing."""

    ORGANISER = "organiser"
    HOST = "host"
    PARTNER = "partner"
    PARTICIPANT = "participant"


class Status(StrEnum):
    """Whether an event takes place."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class ShowsAs(StrEnum):
    """Whether an event blocks the time of those who have it in their calendar."""

    FREE = "free"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Geo:
    """A position in degrees (WGS 84), as decimal text so that no digit is lost or invented."""

    lat: Decimal
    lon: Decimal


@dataclass(frozen=True, slots=True)
class Location:
    """A place where an event is held; at least one of name, address, city and country is set.

    ``country`` is ISO 3166-1 alpha-2; ``timezone`` an IANA name; ``access`` tells how to get in.
    """

    name: Text | None = None
    address: Text | None = None
    city: Text | None = None
    country: str | None = None
    geo: Geo | None = None
    access: Text | None = None
    url: str | None = None
    timezone: str | None = None
    geo_place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Online:
    """Where an event is held online; ``members_only`` keeps the address from all that is public."""

    url: str
    members_only: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a role in an event: an organisation of the site (``organisation``) or an outsider (``name``)."""

    role: Role
    organisation: str | None = None
    name: Text | None = None
    url: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link; ``rel`` is a link relation such as ``registration``, ``video`` or ``press-release``."""

    label: Text
    url: str
    rel: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: a ``url``, or a ``file`` (path relative to the root) that is published with the event, by language."""

    label: Text
    url: Text | None = None
    file: Text | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files of all languages."""
        return tuple(file for _, file in self.file.by_language) if self.file else ()


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs, in words: for everybody, or for those, on that day or in that case that ``applies`` tells."""

    said: Text
    applies: Text | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How to register. ``opens`` and ``closes`` are days or aware moments; ``places`` counts people,
    ``free`` the places that are left.

    ``opens_place`` and ``closes_place`` are where these are written.
    """

    url: str | None = None
    opens: date | datetime | None = None
    closes: date | datetime | None = None
    places: int | None = None
    free: int | None = None
    full: bool = False
    waiting_list: bool = False
    prices: tuple[Price, ...] = ()
    opens_place: Place | None = field(default=None, compare=False)
    closes_place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: Text | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Practical:
    """What those who come want to know beforehand, in the order of showing."""

    arrival: Text | None = None
    bring: Text | None = None
    food: Text | None = None
    childcare: Text | None = None
    accessibility: Text | None = None

    @property
    def told(self) -> tuple[tuple[str, Text], ...]:
        """What is told, with the names of the fields."""
        said = ((each.name, getattr(self, each.name)) for each in fields(self))
        return tuple((name, text) for name, text in said if text is not None)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: a ``url`` or a ``file`` (path relative to the root), and what it shows in words."""

    alt: Text | None
    url: str | None = None
    file: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A date that the rule gives and on which nothing takes place; perhaps with the reason."""

    day: date
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A date that the rule gives (``day``) and what takes place then; ``event`` has a ``when`` of its own."""

    day: date
    event: "Event"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How an event recurs: its first date is that of its ``when``; the rule gives it, too.

    ``last`` is the last day that the rule gives, None for a rule without end. ``excluded`` and ``changes`` name
    days that the rule gives, in order, none in both.
    """

    rule: Rule
    last: date | None
    excluded: tuple[Excluded, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of registration of an ``event``; ``day`` is that of a changed date of a series."""

    event: "Event"
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What calendars and pages show of something that takes place: of an event, a session, or one date of them.

    ``place`` is where it is written, ``note_place`` where a note stands that is never published. ``language`` is the
    default language of its organisation. ``also_in`` are zones in which its time is told, too; ``spoken`` the
    languages (BCP 47) that it is held in. Files of documents and images are paths relative to the root.
    ``second_call`` is when an assembly meets where its first call has no quorum; ``moved_from`` is when it was to be
    before it was moved.
    """

    place: Place
    title: Text
    when: When
    language: str
    also_in: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    online: Online | None = None
    parties: tuple[Party, ...] = ()
    description: Text | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    registration: Registration | None = None
    practical: Practical | None = None
    spoken: tuple[str, ...] = ()
    contact: Contact | None = None
    hashtag: str | None = None
    image: Image | None = None
    status: Status = Status.CONFIRMED
    reason: Text | None = None
    shows_as: ShowsAs = ShowsAs.FREE
    second_call: When | None = None
    moved_from: When | None = None
    sessions: tuple["Event", ...] = ()
    note_place: Place | None = field(default=None, compare=False)

    @property
    def is_off(self) -> bool:
        """Return whether it does not take place then: it is cancelled or postponed."""
        return self.status in (Status.CANCELLED, Status.POSTPONED)

    @property
    def files(self) -> tuple[str, ...]:
        """The files of its documents and of its image."""
        documents = tuple(file for document in self.documents for file in document.files)
        return (*documents, self.image.file) if self.image and self.image.file else documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event or a session of one.

    ``path`` holds the ids from the outermost event to this one: ``("scis-2017",)`` or
    ``("scis-2017", "opening")``. ``oldest_path`` is the same with the oldest id that ``formerly`` names, and is
    what the UID is made of; ``uid`` pins another. ``visibility`` is empty for a public event, else the groups
    that may see it.

    ``recurrence`` tells how it recurs; ``dates`` are further ones, events of their own, whose ``further``
    (``20260818``, ``20260818T1900`` or an id) makes their UIDs. ``continues`` is the ``further`` of the series that
    one goes on with, ``""`` for the first. A word that stands where something was moved away from has ``moved_to``,
    and an entry for the end of registration has ``closing``. ``whole_title`` is that of all dates together, where the
    first one has another.
    """

    organisation: str
    path: tuple[str, ...]
    oldest_path: tuple[str, ...]
    details: Details
    former_ids: tuple[str, ...] = ()
    uid: str | None = None
    series: str | None = None
    visibility: frozenset[str] = frozenset()
    public_shows_busy: bool = False
    draft: bool = False
    publish_from: datetime | None = None
    corrected: bool = False
    recurrence: Recurrence | None = None
    dates: tuple["Event", ...] = ()
    further: str = ""
    continues: str | None = None
    moved_to: When | None = None
    closing: Closing | None = None
    whole_title: Text | None = None

    @property
    def key(self) -> str:
        """The event's name in the sources: ``cicopa/scis-2017``, a session's ``cicopa/scis-2017/opening``.

        A further date's has its sign behind it: ``cicopa/course+20260818``.
        """
        return "/".join((self.organisation, *self.path)) + (f"+{self.further}" if self.further else "")

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches, all dates of a series together; without end: date.max."""
        first, last = days_of(self.details.when)
        if self.recurrence is None:
            return first, last
        span = last - first
        changed = [days_of(change.event.details.when) for change in self.recurrence.changes]
        ends = self.recurrence.last
        return (
            min([first, *(begin for begin, _ in changed)]),
            max([ends + span, *(end for _, end in changed)]) if ends else date.max,
        )

    @property
    def files(self) -> tuple[str, ...]:
        """The files of its documents and image, and of those of its changed dates, each once."""
        changes = self.recurrence.changes if self.recurrence else ()
        shown = (self.details, *(change.event.details for change in changes))
        return tuple(dict.fromkeys(file for each in shown for file in each.files))

    @property
    def is_public(self) -> bool:
        """Return whether anybody may see it."""
        return not self.visibility


QUARTER = timedelta(minutes=15)
"""The length that a deadline has in calendars."""
