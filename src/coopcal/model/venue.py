"""Where an event is held: places, positions and addresses online."""

from dataclasses import dataclass, field
from decimal import Decimal

from coopcal.model.problem import Position
from coopcal.model.text import Text


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
    geo_position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Online:
    """Where an event is held online; ``members_only`` keeps the address from all that is public."""

    url: str
    members_only: bool = False
