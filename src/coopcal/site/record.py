"""The compact records of a site that pages and formats are made of, and their JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, When, WholeDays, timezone_of

Words = Mapping[str, str]
"""A text by language (BCP 47), in the order written."""

_KINDS = {
    WholeDays: "days", DayOnly: "day", Imprecise: "imprecise", Timed: "timed", Deadline: "deadline",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """Somebody with a role in an event."""

    role: str
    name: Words
    url: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A labelled link or document; ``urls`` are by language, where there is another for each."""

    label: Words
    url: str
    rel: str | None = None
    urls: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place; ``lat`` and ``lon`` are degrees as decimal text."""

    name: Words
    address: Words
    city: Words
    country: str | None
    lat: str | None
    lon: str | None
    access: Words
    url: str | None


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """What it costs, for everybody or for those that ``applies`` tells."""

    said: Words
    applies: Words


@dataclass(frozen=True, slots=True)
class PracticalRecord:
    """What those who come want to know: of which ``kind`` (``arrival``, ``bring`` …), and the text."""

    kind: str
    said: Words


@dataclass(frozen=True, slots=True)
class TimeRecord:
    """A day or an aware moment (ISO 8601), and the words for it."""

    at: str
    said: Words


@dataclass(frozen=True, slots=True)
class RegistrationRecord:
    """How to register."""

    url: str | None
    opens: TimeRecord | None
    closes: TimeRecord | None
    places: int | None
    full: bool
    waiting_list: bool = False
    prices: tuple[PriceRecord, ...] = ()
    free: int | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Whom to ask."""

    name: Words
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """A picture, and what it shows."""

    url: str
    alt: Words


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A public event or session, or a date of a series that differs: what pages show, with ready words by language.

    ``when`` is that of the first date of a series, without opening hours; ``first`` and ``last`` are the local days of all
    its dates. ``home`` is the zone of the organisation. ``parent`` is the address of the event that a session, or a date, is of.
    ``dates`` are the days of a series on which it begins as usual, those of a series without end up to the end of the
    next year; ``day`` is the original day of a date of a series that differs; ``continues``: it goes on with a series that
    is otherwise from then on. ``whole_title`` is that of all dates together, where the first one has another. ``description`` is Markdown.
    ``also_in`` are zones in which its time is told, too. ``former`` are the ids that stood last in its path before. ``practical`` is in the order of showing; ``spoken`` are the languages that it is held in (BCP 47).
    ``is_online`` also tells of an address for members alone, which does not stand here.
    ``second_call`` is when it meets where its first call has no quorum; ``moved_from`` when it was to begin. ``modified`` is when its bytes in feeds last
    changed.
    """

    organisation: str
    path: tuple[str, ...]
    uid: str
    address: str
    title: Words
    language: str
    when: When
    first: date
    last: date
    home: str
    when_words: Words
    hours_words: Words
    where_words: Words
    places: tuple[PlaceRecord, ...]
    description: Words
    status: str
    reason: Words
    moved_from: TimeRecord | None
    online: str | None
    tags: tuple[str, ...]
    parties: tuple[PartyRecord, ...]
    links: tuple[LinkRecord, ...]
    documents: tuple[LinkRecord, ...]
    registration: RegistrationRecord | None
    contact: ContactRecord | None
    hashtag: str | None
    image: ImageRecord | None
    series: str | None
    shows_as: str
    modified: datetime
    parent: str | None
    sessions: tuple[str, ...]
    also_in: tuple[str, ...] = ()
    second_call: TimeRecord | None = None
    former: tuple[str, ...] = ()
    practical: tuple[PracticalRecord, ...] = ()
    spoken: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    day: date | None = None
    continues: bool = False
    whole_title: Words | None = None
    is_online: bool = False

    @property
    def kind(self) -> str:
        """``days``, ``day`` (the time is not known yet), ``imprecise``, ``timed`` or ``deadline``."""
        return _KINDS[type(self.when)]

    @property
    def timezone(self) -> str:
        """The zone of its times; of what has none, the organisation's."""
        return timezone_of(self.when) or self.home

    @property
    def whole(self) -> str:
        """The address of the page of the event with all its dates."""
        return f"/events/{'/'.join((self.organisation, *self.path))}/"

    @property
    def is_whole(self) -> bool:
        """Return whether it is the event itself: no further date, no date that differs, no stretch of a series."""
        return self.address == self.whole

    @property
    def as_whole(self) -> "EventRecord":
        """The same, with the title of all its dates."""
        return replace(self, title=self.whole_title) if self.whole_title else self

    @property
    def page(self) -> str:
        """The address of the page on which it is shown: what goes on with a series is on the page of the series."""
        return self.parent if self.continues and self.parent else self.address


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation, for pages."""

    id: str
    name: Words
    full_name: Words
    url: str | None
    part_of: tuple[str, ...]
    email: str | None = None
    phone: str | None = None
    street: Words | None = None
    country: str | None = None
    colour: str | None = None
    logo: ImageRecord | None = None
    closed: date | None = None
    former: tuple[str, ...] = ()
