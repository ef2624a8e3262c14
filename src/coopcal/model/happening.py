"""What is written to take place, decoded and resolved: what it does not say itself it has inherited already."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from coopcal.model.media import Document, Image, Link
from coopcal.model.party import Contact, Party
from coopcal.model.problem import Position
from coopcal.model.registration import Registration
from coopcal.model.text import Text
from coopcal.model.venue import Location, Online
from coopcal.model.when import When, days_of


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
        texts = ((item.name, getattr(self, item.name)) for item in fields(self))
        return tuple((name, text) for name, text in texts if text is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What calendars and pages show of something that takes place: of an event, a session, or one date of them.

    ``position`` is where it is written, ``note_position`` where a note stands that is never published. ``language`` is the
    default language of its organisation. ``also_in`` are zones in which its time is told, too; ``spoken`` the
    languages (BCP 47) that it is held in. Files of documents and images are paths relative to the root.
    ``second_call`` is when an assembly meets where its first call has no quorum; ``moved_from`` is when it was to be
    before it was moved.
    """

    position: Position
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
    note_position: Position | None = field(default=None, compare=False)

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
class Happening:
    """What is written to take place, and has a UID of its own: an event, a session, or a date of an event.

    ``path`` holds the ids from the outermost event to this one: ``("scis-2017",)`` or
    ``("scis-2017", "opening")``. ``oldest_path`` is the same with the oldest id that ``formerly`` names, and is
    what the UID is made of; ``uid`` pins another. ``series`` is what its editions have in common. ``visibility`` is
    empty for what is public, else the groups that may see it. ``included`` is the name of the copy of a feed of others that
    it stands in.
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
    included: str | None = None

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
    def is_public(self) -> bool:
        """Return whether anybody may see it."""
        return not self.visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Happening):
    """A part of an event, with a time of its own."""
