"""An organisation."""

from dataclasses import dataclass, field
from datetime import date

from coopcal.model.event import Event
from coopcal.model.media import Image
from coopcal.model.problem import Position
from coopcal.model.text import Text


@dataclass(frozen=True, slots=True)
class Closed:
    """Something ended ``on`` a day; ``see`` is an address, or the id of a feed, that takes its place.

    ``position`` is that of ``see`` where it is written, else of the day.
    """

    on: date
    see: str | None = None
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Break:
    """A named range of days in which nothing takes place, the last one included; names may stand several times."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that names something elsewhere, with the place where it is written."""

    id: str
    position: Position


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and its events, in the order written.

    ``removed`` holds the ids of events (of sessions: ``event/session``) that were published and are gone;
    ``declined`` the keys (``organisation/event``) of others' events that stay out of its own feed. ``colour`` is
    ``#rrggbb``, ``description`` is Markdown. ``named`` holds the organisations that its events name, those with errors too.
    ``accepts`` are those whose events may name it and stand in its own feed; None for all.
    """

    id: str
    position: Position
    name: Text
    languages: tuple[str, ...]
    full_name: Text | None = None
    url: str | None = None
    email: str | None = None
    phone: str | None = None
    address: Text | None = None
    country: str | None = None
    timezone: str | None = None
    logo: Image | None = None
    colour: str | None = None
    image: Image | None = None
    description: Text | None = None
    part_of: tuple[Reference, ...] = ()
    formerly: tuple[Reference, ...] = ()
    removed: tuple[Reference, ...] = ()
    declined: tuple[Reference, ...] = ()
    accepts: tuple[Reference, ...] | None = None
    closed: Closed | None = None
    events: tuple[Event, ...] = ()
    named: tuple[Reference, ...] = ()
    keys: tuple[tuple[str, Position], ...] = field(default=(), compare=False)
    """The keys of its file, and where each stands."""
    complete: bool = True
    """False when a file of it could not be read or an event had errors: what is missing may only be unread."""

    @property
    def pictures(self) -> tuple[tuple[str, Image], ...]:
        """Its logo and its image, as far as it has them, by their keys."""
        return tuple((key, one) for key, one in (("logo", self.logo), ("image", self.image)) if one)

    def key_place(self, key: str) -> Position | None:
        """Return where a key stands in its file; None where it does not."""
        return dict(self.keys).get(key)

    def takes(self, writer: str) -> bool:
        """Return whether events of an organisation may name it and stand in its own feed."""
        return (
            self.accepts is None or writer == self.id or any(accept.id == writer for accept in self.accepts)
        )
