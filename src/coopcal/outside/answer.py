"""What is asked, what comes of it, and within which bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coopcal.model.message import Message


class Fault(StrEnum):
    """Why there is no answer."""

    REFUSED = "refused"
    """The guard does not let it through."""
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    """No secure connection, or one to somebody else."""
    SLOW = "slow"
    LARGE = "large"
    BROKEN = "broken"
    """What came is no whole answer."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """There is no answer: why, in words that go on “… cannot be read: ”."""

    fault: Fault
    why: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, headers (names in lower case) and body, unpacked, and where that stood.

    ``moved`` is set where it is to be asked there from now on.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: bytes of a body, packed and unpacked; seconds of silence, and of everything; how often it may lead on."""

    size: int
    silence: float = 20
    all: float = 60
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A request: where, how, with which headers and body."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
