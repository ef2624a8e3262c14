"""Tokens: what opens the secret address of a private feed, of which no more than a hash is kept."""

from dataclasses import dataclass, field
from datetime import date

from coopcal.model.organisation import Reference
from coopcal.model.problem import Position


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a ``feed``: the SHA-256 of it in hexadecimal digits, and whose it is.

    It opens the feed until the day on which it ``expires`` is over. One that was ``rotated`` opens what says where to get the
    new one.
    """

    feed: Reference
    sha256: str
    label: str | None = None
    issued: date | None = None
    expires: date | None = None
    rotated: date | None = None
    position: Position | None = field(default=None, compare=False)
