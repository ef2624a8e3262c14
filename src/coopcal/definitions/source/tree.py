"""The source tree: which files there are, and what each holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.node import Node
from coopcal.model.included import Kept
from coopcal.model.problem import Position, Problem

SITE_FILE = "coopcal.yaml"
CALENDARS = "calendars"
FEEDS = "feeds"
TOKENS_FILE = "tokens.yaml"
FILES = "files"
"""The folder beside the settings of the site that pictures of it may lie in."""
INCLUDED = "included"
"""The folder of the copies of feeds of others: a folder there for each organisation whose events these hold."""
ORGANISATION_FILE = "organisation.yaml"

LARGEST = 5_000_000
"""Bytes that a source file may have."""

ReadNodes = Callable[[str, str], tuple[Node | None, tuple[Problem, ...]]]
"""Gives what the text of a file at a path holds, and what is wrong with it as YAML."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as nodes; ``id`` is what it is named for, ``path`` relative to the root."""

    path: str
    id: str
    node: Keys


@dataclass(frozen=True, slots=True)
class CopyName:
    """A copy of a feed of others that is merged in: its name, and the UIDs in it that something before it has.

    ``position`` is where its address is first written, and ``groups`` are those that may see its events where private feeds alone merge it in (all groups where it names none);
    None where anybody may.
    """

    name: str
    without: frozenset[str] = frozenset()
    groups: frozenset[str] | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation that there are files of: its id, whether they lie in a folder of its own, and copies of its feeds elsewhere."""

    id: str
    folder: bool
    copies: tuple[CopyName, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a feed of others as it is read, and what its name says of it."""

    file: SourceFile
    named: CopyName


@dataclass(frozen=True, slots=True)
class OrganisationFiles:
    """An organisation's own file and further files of events. ``complete``: every one of them could be read whole.

    ``root`` is that of its files where it is not the tree's. ``copies`` are those of feeds of others that hold its events.
    """

    id: str
    main: SourceFile | None
    events: tuple[SourceFile, ...]
    complete: bool
    root: Path | None = None
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTree:
    """All sources. ``texts`` holds the text of each file by path; ``unread`` the ids of files that are broken,
    ``strays`` the paths of tables and calendars that stand beside the sources.

    ``root`` is the folder that documents and images lie in; None where they cannot be known. ``elsewhere`` are the ids of
    organisations that are read apart from this. ``tokens`` are those of private feeds, and ``kept`` tells of the copies of
    feeds of others, by the organisation whose events they hold and by name.
    """

    root: Path | None
    site: SourceFile | None
    organisations: tuple[OrganisationFiles, ...]
    feeds: tuple[SourceFile, ...]
    unread: frozenset[str]
    texts: dict[str, str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    tokens: SourceFile | None = None
    kept: Mapping[tuple[str, str], Kept] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all organisations."""
        return (*(files.id for files in self.organisations), *self.elsewhere)
