"""Those who have a part in an event, and those whom one asks."""

from dataclasses import dataclass
from enum import StrEnum

from coopcal.model.problem import Position
from coopcal.model.text import Text


class Role(StrEnum):
    """The part that an organisation has in an event; the order is that of showing."""

    ORGANISER = "organiser"
    HOST = "host"
    PARTNER = "partner"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a role in an event: an organisation of the site (``organisation``) or an outsider (``name``)."""

    role: Role
    organisation: str | None = None
    name: Text | None = None
    url: str | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: Text | None = None
    email: str | None = None
    phone: str | None = None
