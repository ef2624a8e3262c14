"""What may be wrong with a published feed: its kind, whom it harms and how much, and the mend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from coopcal.authoring.report import visible
from coopcal.definitions.declared.shapes import shortened
from coopcal.doctor.client import Client
from coopcal.model.message import Message, msg

MOST_LINES = 10
"""Lines of a feed that are named for a fault; more are counted."""


class Harm(IntEnum):
    """What a fault does to a client: nothing that members see, something, or the feed does not work there."""

    NOTE = 0
    FAULT = 1
    FATAL = 2


class Evidence(StrEnum):
    """How it is known that a client behaves so."""

    SOURCE = "source"
    STANDARD = "standard"
    REPORT = "report"
    CLAIM = "claim"
    MEASURED = "measured"
    UNKNOWN = "unknown"


KNOWN: Mapping[Evidence, Message] = {
    Evidence.SOURCE: msg("read in the program's source code"),
    Evidence.STANDARD: msg("said by a standard or by the vendor"),
    Evidence.REPORT: msg("reported by others"),
    Evidence.CLAIM: msg("claimed once, not confirmed"),
    Evidence.MEASURED: msg("measured"),
    Evidence.UNKNOWN: msg("not known of any program"),
}
"""How each is told."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault, by a stable code.

    ``said`` says what is wrong, with ``{names}`` to fill in, ``mend`` what to do. ``fatal`` and ``faulty`` are the clients
    that it harms; one that harms none is a note. ``rules`` are the numbers in ``docs/clients.md``.
    """

    code: str
    said: Message
    mend: Message
    evidence: Evidence
    rules: tuple[str, ...] = ()
    fatal: tuple[Client, ...] = ()
    faulty: tuple[Client, ...] = ()

    def harm_to(self, client: Client) -> Harm:
        """Return what it does to a client."""
        return Harm.FATAL if client in self.fatal else Harm.FAULT if client in self.faulty else Harm.NOTE


@dataclass(slots=True)
class Fault:
    """A fault of a feed: what is said of the first place, the lines of the feed where it is, and how often.

    ``only`` are the clients that it was seen to harm, where those of its kind are not meant.
    """

    kind: Kind
    said: Message
    only: tuple[Client, ...] = ()
    lines: list[int] = field(default_factory=list)
    count: int = 0

    def harm_to(self, client: Client) -> Harm:
        """Return what it does to a client."""
        return Harm.NOTE if self.only and client not in self.only else self.kind.harm_to(client)

    def concerns(self, client: Client) -> bool:
        """Return whether a client is told of it: notes concern all."""
        return self.harm_to(client) > Harm.NOTE or not (self.kind.fatal or self.kind.faulty)

    @property
    def worst(self) -> Harm:
        """The most that it does to any client."""
        return max(map(self.harm_to, Client))


@dataclass(slots=True)
class Faults:
    """Collects what is wrong, each kind once, with all of its lines."""

    _found: dict[str, Fault] = field(default_factory=dict)

    def tell(self, kind: Kind, line: int = 0, *, only: tuple[Client, ...] = (), **values: object) -> None:
        """Add a fault, or another line of one."""
        fault = self._found.get(kind.code)
        if fault is None:
            shown = {name: _shown(name, value) for name, value in values.items()}
            said = Message(kind.said.template, shown) if shown else kind.said
            fault = self._found[kind.code] = Fault(kind, said, only)
        fault.only = tuple(dict.fromkeys((*fault.only, *only)))
        fault.count += 1
        if line and len(fault.lines) < MOST_LINES and line not in fault.lines:
            fault.lines.append(line)

    @property
    def found(self) -> tuple[Fault, ...]:
        """What is wrong, the worst first."""
        return tuple(sorted(self._found.values(), key=lambda fault: -fault.worst))


def _shown(name: str, value: object) -> object:
    """Return a value as it is told: what others wrote, in one line that steers no terminal; addresses are told whole."""
    if not isinstance(value, str) or isinstance(value, Message):
        return value
    return visible(value if name == "address" else shortened(value))
