"""Where source files come from: a folder, or what is held in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Protocol

from coopcal.definitions.codes.files import LINK_LEAVES_TREE, LINK_LOOP, UNREADABLE
from coopcal.definitions.source.files import decoded, read_text
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem
from coopcal.model.refusal import refusal


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A name in a folder, and whether it is a folder itself."""

    name: str
    folder: bool


class Origin(Protocol):
    """A tree of files; paths are relative to its root, with ``/``."""

    @property
    def root(self) -> Path | None:
        """The folder that documents and images are looked for in; None where they cannot be known."""

    def has(self, path: str) -> bool:
        """Return whether there is something of that name."""

    def entries(self, folder: str) -> tuple[list[Entry], tuple[Problem, ...]]:
        """Return what lies in a folder, by name; nothing where there is no such folder."""

    def read(self, path: str) -> tuple[str | None, tuple[Problem, ...]]:
        """Return a file's text, as ``read_text`` does."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk."""

    root: Path

    def has(self, path: str) -> bool:
        """Return whether there is something of that name; a link that leads nowhere is something."""
        return (self.root / path).exists() or (self.root / path).is_symlink()

    def entries(self, folder: str) -> tuple[list[Entry], tuple[Problem, ...]]:
        """Return what lies in a folder; links that lead out of the root or in a circle are problems."""
        path = self.root / folder
        try:
            if path.is_symlink() and (problem := self._misleading(path, folder)):
                return [], (problem,)
            return sorted(Entry(item.name, item.is_dir()) for item in path.iterdir()), ()
        except FileNotFoundError:
            return [], ()
        except OSError as error:
            message = msg("The folder cannot be read: {reason}", reason=refusal(error))
            return [], (Problem.of(Position(folder), UNREADABLE, message, msg("allow it to be read")),)

    def read(self, path: str) -> tuple[str | None, tuple[Problem, ...]]:
        """Return a file's text."""
        return read_text(self.root, path)

    def _misleading(self, link: Path, folder: str) -> Problem | None:
        target = link.resolve(strict=True)
        mend = msg("put the folder itself here")
        if link.parent.resolve().is_relative_to(target):
            return Problem.of(Position(folder), LINK_LOOP, msg("This link leads in a circle"), mend)
        if not target.is_relative_to(self.root.resolve()):
            message = msg("This link leads out of the folder of the site")
            return Problem.of(Position(folder), LINK_LEAVES_TREE, message, mend)
        return None


class Contents:
    """Files held in memory, by path: what was pasted, or what stood in another revision.

    Documents and images beside the YAML are not known, and so never missing.
    """

    root = None

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._folders: dict[str, set[Entry]] = {}
        for path in files:
            folder = False
            for above in (PurePosixPath(path), *PurePosixPath(path).parents):
                if above.name:
                    self._folders.setdefault(str(above.parent), set()).add(Entry(above.name, folder))
                folder = True

    def has(self, path: str) -> bool:
        """Return whether there is a file or folder of that name."""
        return path in self._files or path in self._folders

    def entries(self, folder: str) -> tuple[list[Entry], tuple[Problem, ...]]:
        """Return what lies in a folder."""
        return sorted(self._folders.get(folder, ())), ()

    def read(self, path: str) -> tuple[str | None, tuple[Problem, ...]]:
        """Return a file's text."""
        return decoded(self._files[path], path)


class Seen:
    """A tree of files that is looked at once: whatever was asked before is answered as then."""

    def __init__(self, below: Origin) -> None:
        self._below = below
        self.has = cache(below.has)
        self.entries = cache(below.entries)
        self.read = cache(below.read)

    @property
    def root(self) -> Path | None:
        """The folder."""
        return self._below.root


class Edited:
    """A folder with some of its files as they will be, though they are not written yet."""

    def __init__(self, below: Origin, files: Mapping[str, bytes]) -> None:
        self._below = below
        self._above = Contents(files)
        self._files = files

    @property
    def root(self) -> Path | None:
        """The folder."""
        return self._below.root

    def has(self, path: str) -> bool:
        """Return whether there is, or will be, something of that name."""
        return self._above.has(path) or self._below.has(path)

    def entries(self, folder: str) -> tuple[list[Entry], tuple[Problem, ...]]:
        """Return what lies, or will lie, in a folder."""
        there, problems = self._below.entries(folder)
        coming, _ = self._above.entries(folder)
        names = {entry.name for entry in there}
        return sorted([*there, *(entry for entry in coming if entry.name not in names)]), problems

    def read(self, path: str) -> tuple[str | None, tuple[Problem, ...]]:
        """Return the text that a file has, or will have."""
        return (self._above if path in self._files else self._below).read(path)
