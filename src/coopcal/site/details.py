"""What the records of a site show of something that takes place, with ready words by language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coopcal.model.when import DayOnly, Deadline, Imprecise, Timed, When, WholeDays

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
    """A picture, what it shows, and its pixels where they are known; ``url`` is a path where it is published here."""

    url: str
    alt: Words
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour (``#rrggbb``) of words and lines that is legible on a page, what is legible on it, and a soft ground of it."""

    text: str
    ink: str
    soft: str


@dataclass(frozen=True, slots=True)
class Shades:
    """A colour on light pages and on dark ones; ``fill`` is it as it was written, and ``ink`` what is legible on that."""

    light: Shade
    dark: Shade
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class OnlineRecord:
    """Where it is held online; without ``url`` at an address for members alone."""

    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsRecord:
    """What pages and formats show of something that takes place: of an event, a session, or one date of them.

    ``when`` is without opening hours, which ``hours_words`` tell. ``moved_from`` is when it was to begin; ``second_call``
    when it meets where its first call has no quorum. ``also_in`` are zones in which its time is told, too. ``practical`` is
    in the order of showing; ``spoken`` are the languages that it is held in (BCP 47). ``description`` is Markdown.
    """

    title: Words
    when: When
    when_words: Words
    hours_words: Words
    also_in: tuple[str, ...]
    second_call: TimeRecord | None
    moved_from: TimeRecord | None
    where_words: Words
    places: tuple[PlaceRecord, ...]
    online: OnlineRecord | None
    parties: tuple[PartyRecord, ...]
    contact: ContactRecord | None
    description: Words
    practical: tuple[PracticalRecord, ...]
    spoken: tuple[str, ...]
    registration: RegistrationRecord | None
    links: tuple[LinkRecord, ...]
    documents: tuple[LinkRecord, ...]
    image: ImageRecord | None
    hashtag: str | None
    tags: tuple[str, ...]
    status: str
    reason: Words

    @property
    def kind(self) -> str:
        """``days``, ``day`` (the time is not known yet), ``imprecise``, ``timed`` or ``deadline``."""
        return _KINDS[type(self.when)]

    @property
    def attended(self) -> tuple[str, ...]:
        """Return whether one can be there online: ``yes``, or ``no``; both where it is online and in a place."""
        if self.online is None:
            return ("no",)
        return ("yes", "no") if self.places or self.where_words else ("yes",)

    @property
    def is_off(self) -> bool:
        """Return whether it does not take place then: it is cancelled or postponed."""
        return self.status in ("cancelled", "postponed")
