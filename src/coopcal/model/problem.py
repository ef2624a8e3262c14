"""What is wrong with a source file, as a value: a place, a code, a sentence and, where there is one, the mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Self

from coopcal.model.message import Message, msg


class Severity(StrEnum):
    """How much a problem matters: an error stops publishing, a warning asks for a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SAID = {Severity.ERROR: msg("error:"), Severity.WARNING: msg("warning:"), Severity.NOTE: msg("note:")}
"""What stands before a problem."""


class Code(str):
    """The stable name of a kind of problem, such as ``no-such-day``.

    ``sentence`` says what is wrong, as the first line under the code in ``docs/problems.md`` does. ``usual`` is the
    severity of such problems; where the code is ``switchable``, a site may give them another, or none.
    """

    __slots__ = ("sentence", "switchable", "usual")

    sentence: str
    usual: Severity
    switchable: bool

    def __new__(
        cls, name: str, sentence: str, usual: Severity = Severity.ERROR, *, switchable: bool = False
    ) -> Self:
        """Declare a code."""
        code = super().__new__(cls, name)
        code.sentence, code.usual, code.switchable = sentence, usual, switchable
        return code

    def __getnewargs_ex__(self) -> tuple[tuple[str, str, Severity], dict[str, bool]]:
        """Return what a copy is made of."""
        return (str(self), self.sentence, self.usual), {"switchable": self.switchable}


class Position(NamedTuple):
    """A stretch of one line of a source file.

    ``path`` is relative to the root, with ``/``. ``line`` and ``column`` count from 1, columns in code
    points; ``end_column`` is the first column after the stretch (at least ``column + 1``). A problem of a
    whole file stands at line 1, column 1. It is a named tuple, as every text that is read has one: these are made,
    compared and hashed in a fraction of the time of a frozen dataclass.
    """

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 2


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that is certain: the text to write in place of a stretch of one line.

    Nothing is taken where ``position`` ends at the column that it begins at.
    """

    position: Position
    text: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A mend that is certain: the name to give a file, in its folder."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mend that people have to agree to: an id to add to a list that stands under a key.

    ``event`` is the event that has the key, or None where it is the file's own.
    """

    path: str
    event: str | None
    key: str
    id: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A mend that is likely: what to write in place of stretches of one file, and how that is said.

    ``said`` is the line as it would be, or a sentence.
    """

    edits: tuple[Fix, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    ``code`` is a declared one, and ``severity`` its usual one unless a site gives it another; ``message`` is a sentence for people who are no
    programmers, without a full stop; ``mend`` says what to write or do instead, or is None. ``fix`` is the same for
    machines, where it is certain; ``proposals`` are what may be meant where it is not, the likelier first.

    ``offers`` are what ``mend`` says, as edits, the likelier first: they are tried before they are shown. ``advice``
    is said in place of them where none mends the problem.
    """

    position: Position
    code: Code
    message: Message
    mend: str | None
    severity: Severity
    fix: Fix | Rename | None = None
    proposals: tuple[Proposal, ...] = ()
    offers: tuple[Offer, ...] = ()
    advice: str | None = None

    @classmethod
    def of(
        cls,
        position: Position,
        code: Code,
        message: Message,
        mend: str | None = None,
        fix: Fix | Rename | None = None,
        *,
        proposals: tuple[Proposal, ...] = (),
        offers: tuple[Offer, ...] = (),
        advice: str | None = None,
    ) -> Self:
        """Return a problem of the usual severity of its code."""
        return cls(position, code, message, mend, code.usual, fix, proposals, offers, advice)


@dataclass(frozen=True, slots=True)
class Switch:
    """How much a check matters to a site: the code of its problems and their severity, None where it is off."""

    code: str
    severity: Severity | None
    position: Position


@dataclass(slots=True)
class Problems:
    """Collects problems while a stage goes on."""

    found: list[Problem] = field(default_factory=list)

    def tell(
        self,
        position: Position,
        code: Code,
        message: Message,
        mend: str | None = None,
        fix: Fix | Rename | None = None,
        *,
        offers: tuple[Offer, ...] = (),
        advice: str | None = None,
    ) -> None:
        """Add a problem of the usual severity of its code."""
        self.found.append(Problem.of(position, code, message, mend, fix, offers=offers, advice=advice))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place, then by code and message, and drop repetitions."""
    return tuple(sorted(dict.fromkeys(problems), key=_rank))


def _rank(problem: Problem) -> tuple[str, int, int, int, str, str, str]:
    at = problem.position
    return at.path, at.line, at.column, at.end_column, problem.code, problem.message, problem.mend or ""


def on_other_lines(problems: Iterable[Problem], read: Iterable[Problem]) -> tuple[Problem, ...]:
    """Hold back what decoding says of lines that reading has already said something of: one causes the other."""
    lines = {(problem.position.path, problem.position.line) for problem in read}
    return tuple(other for other in problems if (other.position.path, other.position.line) not in lines)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems stops publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
