"""How one registers for an event, and what it costs."""

from dataclasses import dataclass, field
from datetime import date, datetime

from coopcal.model.problem import Position
from coopcal.model.text import Text


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs, in words: for everybody, or for those, on that day or in that case that ``applies`` tells."""

    said: Text
    applies: Text | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How to register. ``opens`` and ``closes`` are days or aware moments; ``places`` counts people,
    ``free`` the places that are left.

    ``opens_position`` and ``closes_position`` are where these are written.
    """

    url: str | None = None
    opens: date | datetime | None = None
    closes: date | datetime | None = None
    places: int | None = None
    free: int | None = None
    full: bool = False
    waiting_list: bool = False
    prices: tuple[Price, ...] = ()
    opens_position: Position | None = field(default=None, compare=False)
    closes_position: Position | None = field(default=None, compare=False)
