"""Who is told of what a publish changes."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from coopcal.model.organisation import Reference
from coopcal.model.problem import Position

Body = Literal["json", "text"]
"""What is sent: for programs, or for people in a chat."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """An address that is told, and how: in which ``format`` and ``language`` (None: that of the site).

    Where it has a ``name``, the operator keeps its address, and ``url`` is "" until that is known. It is told of what concerns one of these ``organisations`` or ``feeds`` alone, where any are named.
    """

    url: str
    format: Body = "json"
    language: str | None = None
    organisations: tuple[Reference, ...] = ()
    feeds: tuple[Reference, ...] = ()
    name: str = ""
    position: Position | None = field(default=None, compare=False)

    @property
    def host(self) -> str:
        """Its host; the rest of its address may be a secret, and all of one that the operator keeps is."""
        return "" if self.name else urlsplit(self.url).hostname or ""

    @property
    def shown(self) -> str:
        """Its name, else its host, with the port where the address names one."""
        if self.name:
            return self.name
        port, host = urlsplit(self.url).port, f"[{self.host}]" if ":" in self.host else self.host
        return host if port is None else f"{host}:{port}"

    @property
    def of(self) -> frozenset[str]:
        """The ids that it is told of; none of them where it is told of all."""
        return frozenset(one.id for one in (*self.organisations, *self.feeds))
