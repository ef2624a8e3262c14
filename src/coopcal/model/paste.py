"""What somebody pastes to have it checked, and what is found in it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Which file of the sources a text would be."""

    ORGANISATION = "organisation"
    EVENTS = "events"
    FEED = "feed"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Pasted:
    """The bytes of a file, and what the public site tells of its surroundings: languages, and ids that are taken.

    ``language`` is the one in which problems are told (BCP 47).
    """

    kind: Kind
    content: bytes
    languages: tuple[str, ...]
    language: str
    organisations: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as it is shown: ``source`` is its line (or the part of it around the place), ``caret`` what stands
    below; both are empty where there is no line to show.
    """

    line: int
    column: int
    severity: str
    code: str
    message: str
    mend: str
    source: str
    caret: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, by line; ``more`` counts what is not shown."""

    shown: tuple[Finding, ...]
    more: int = 0


class Refusal(StrEnum):
    """Why a text was not checked."""

    BUSY = "busy"
    TOO_MUCH = "too much"
