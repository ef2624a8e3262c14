"""An event, decoded and resolved: what it does not say itself it has inherited already."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

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
    sessions: tuple["Session", ...] = ()
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


@dataclass(frozen=True, slots=True)
class ExceptionDate:
    """A date that the rule gives and on which nothing takes place (RFC 5545, 3.8.5.1); perhaps with the reason."""

    day: date
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A date that the rule gives (``day``), and what takes place of it instead, perhaps on another day."""

    day: date
    details: Details


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How something recurs: its first date is that of its ``when``; the rule gives it, too.

    ``last`` is the last day that the rule gives, None for a rule without end. ``exception_dates`` and ``overrides``
    name days that the rule gives, in order, none in both.
    """

    rule: Rule
    last: date | None
    exception_dates: tuple[ExceptionDate, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def days_apart(self) -> frozenset[date]:
        """The days that the rule gives and on which nothing takes place as usual."""
        excepted = {excepted.day for excepted in self.exception_dates}
        return frozenset(excepted | {override.day for override in self.overrides})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is written to take place, and has a UID of its own: an event, a session, or a date of an event.

    ``path`` holds the ids from the outermost event to this one: ``("scis-2017",)`` or
    ``("scis-2017", "opening")``. ``oldest_path`` is the same with the oldest id that ``formerly`` names, and is
    what the UID is made of; ``uid`` pins another. ``series`` is what its editions have in common. ``visibility`` is
    empty for what is public, else the groups that may see it.
    """

    organisation: str
    path: tuple[str, ...]
    oldest_path: tuple[str, ...]
    details: Details
    former_ids: tuple[str, ...] = ()
    uid: str | None = None
    series: str | None = None
    visibility: frozenset[str] = frozenset()
    draft: bool = False
    publish_from: datetime | None = None

    @property
    def key(self) -> str:
        """The name in the sources: ``cicopa/scis-2017``, a session's ``cicopa/scis-2017/opening``."""
        return self.key_of_whole

    @property
    def key_of_whole(self) -> str:
        """The key of the event or session that a date is of; its own where it is none."""
        return "/".join((self.organisation, *self.path))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches, all dates of a series together; without end: date.max."""
        return days_of(self.details.when)

    @property
    def files(self) -> tuple[str, ...]:
        """The files of its documents and image, and of those of its overrides, each once."""
        shown = (self.details, *(override.details for override in overrides_of(self)))
        return tuple(dict.fromkeys(file for details in shown for file in details.files))

    @property
    def is_public(self) -> bool:
        """Return whether anybody may see it."""
        return not self.visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Happening):
    """A part of an event, with a time of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherDate(Happening):
    """A date of an event beside its first one, or beside those of its rule.

    ``sign`` (``20260818``, ``20260818T1900`` or an id) makes its UID, and tells it from the event's other dates.
    """

    sign: str

    @property
    def key(self) -> str:
        """The name in the sources, with its sign behind it: ``cicopa/course+20260818``."""
        return f"{self.key_of_whole}+{self.sign}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(FurtherDate):
    """The dates of a series from one on, from which it goes on otherwise.

    ``continues`` is the sign of the stretch before it, None where that is the series itself.
    """

    recurrence: Recurrence
    continues: str | None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that any date touches; without end: date.max."""
        return _days(self.details.when, self.recurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Happening):
    """An event: one that takes place once, or the first date of several that are listed.

    ``dates`` are its further ones. ``whole_title`` is that of all dates together, where the first one has another.
    ``public_shows_busy``: of a hidden event the public sees the time that it takes. ``corrected``: its published date
    was wrong, and it is the same event.
    """

    dates: tuple[FurtherDate, ...] = ()
    whole_title: Text | None = None
    public_shows_busy: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Event):
    """An event that recurs by a rule; its further ``dates`` are those beside the rule, and its stretches."""

    recurrence: Recurrence

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that any date touches; without end: date.max."""
        return _days(self.details.when, self.recurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """A time that hidden events of an organisation take: all that the public sees of them."""

    organisation: str
    uid: str
    details: Details

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedNotice:
    """A notice that stands where something was to be before it was moved; ``details`` has that ``when``.

    ``day`` is that of the override that was moved, None where it is what it is ``of``.
    """

    of: Happening
    day: date | None
    details: Details
    moved_to: When

    @property
    def organisation(self) -> str:
        """The organisation whose it is."""
        return self.of.organisation

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingEntry:
    """An entry for the end of registration; ``details`` are what it shows, ``closed`` those of what one registers for.

    ``day`` is that of an override, None where it is what it is ``of``.
    """

    of: Happening
    day: date | None
    details: Details
    closed: Details

    @property
    def organisation(self) -> str:
        """The organisation whose it is."""
        return self.of.organisation

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        return days_of(self.details.when)


Recurring = Series | Stretch
"""What has several dates by a rule."""

Visible = Happening | BusyTime
"""What an audience sees."""

Entry = Visible | MovedNotice | ClosingEntry
"""What stands in a feed with a UID of its own."""


def overrides_of(happening: Happening) -> tuple[Override, ...]:
    """Return the dates of a series that differ; none of what does not recur."""
    return happening.recurrence.overrides if isinstance(happening, Recurring) else ()


def has_dates(happening: Happening) -> bool:
    """Return whether it has several dates, or is one of them."""
    return isinstance(happening, Series | FurtherDate) or (
        isinstance(happening, Event) and bool(happening.dates)
    )


def further_date(event: Event, sign: str, details: Details) -> FurtherDate:
    """Return a further date of an event."""
    return FurtherDate(sign=sign, **_shared(event, details))


def stretch(
    event: Event, sign: str, continues: str | None, details: Details, recurrence: Recurrence
) -> Stretch:
    """Return a stretch of an event that recurs."""
    return Stretch(sign=sign, continues=continues, recurrence=recurrence, **_shared(event, details))


def series(event: Event, recurrence: Recurrence, dates: tuple[FurtherDate, ...]) -> Series:
    """Return an event as it recurs, with its further dates."""
    own = {each.name: getattr(event, each.name) for each in fields(Event)}
    return Series(**{**own, "recurrence": recurrence, "dates": dates})


def _shared(event: Event, details: Details) -> dict[str, Any]:
    """Return what a date has of its event, and its own details."""
    return {**{each.name: getattr(event, each.name) for each in fields(Happening)}, "details": details}


def _days(when: When, recurrence: Recurrence) -> tuple[date, date]:
    first, last = days_of(when)
    moved = [days_of(override.details.when) for override in recurrence.overrides]
    latest = recurrence.last + (last - first) if recurrence.last else date.max
    return min([first, *(begin for begin, _ in moved)]), max([latest, *(end for _, end in moved)])


QUARTER = timedelta(minutes=15)
"""The length that a deadline has in calendars."""
