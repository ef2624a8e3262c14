"""What comes of a request: an answer, or trouble on the way to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OK = 200
TOO_OFTEN = 429
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Trouble(StrEnum):
    """Why there is no answer."""

    BAD_ADDRESS = "bad-address"
    NO_SUCH_NAME = "no-such-name"
    NO_CONNECTION = "no-connection"
    EXPIRED = "certificate-expired"
    OTHER_NAME = "certificate-other-name"
    UNKNOWN_ISSUER = "certificate-unknown-issuer"
    INVALID = "certificate-invalid"
    OLD_TLS = "tls-old"
    NO_TLS = "tls-fails"
    TOO_LATE = "no-answer"
    NO_HTTP = "no-http"


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer: where it was asked for, and why there is none."""

    address: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: where from, how it came, and as much of its body as is read.

    ``is_whole`` is false where the connection was broken off, ``is_too_long`` true where there is more than is read.
    ``certificate_ends`` is when the server's certificate expires.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float
    is_whole: bool = True
    is_too_long: bool = False
    certificate_ends: datetime | None = None

    def header(self, name: str) -> str:
        """Return a header, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "").strip()


Reply = Answer | Failure


@dataclass(frozen=True, slots=True)
class Journey:
    """The answers on the way, each of which leads on, and what came at the end."""

    hops: tuple[Answer, ...]
    end: Reply

    @property
    def answer(self) -> Answer | None:
        """The answer at the end that holds something; None where there is none."""
        return self.end if isinstance(self.end, Answer) and self.end.status == OK else None


@dataclass(frozen=True, slots=True)
class Reach:
    """An address of a machine: whether something answers there; None where this machine cannot try it."""

    address: str
    answers: bool | None

    @property
    def is_ipv6(self) -> bool:
        """Whether it is one of the new kind."""
        return ":" in self.address
