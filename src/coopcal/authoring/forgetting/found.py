"""Where something stands in all that coopcal keeps on a machine: sources, compiled sites, what compiles keep, published files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coopcal.authoring.forgetting.needle import Needle
from coopcal.compile.store.head import folder_of
from coopcal.site.layout import VERSIONS

LARGEST = 100_000_000
"""Bytes of a file up to which it is searched."""

_NOT_SOURCES = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Line:
    """A place in a source file: its path from the root, the line and column, and that line; 0 in what is no text."""

    path: str
    line: int = 0
    column: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Files of one kind that hold it: the folder that they lie in, and their paths below that."""

    folder: Path
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found; ``versions`` are those of the compiled site, the one that is served or another.

    ``unread`` are files that could not be read, or are too large.
    """

    sources: tuple[Line, ...] = ()
    versions: tuple[Kept, ...] = ()
    store: tuple[Kept, ...] = ()
    state: tuple[Kept, ...] = ()
    published: tuple[Kept, ...] = ()
    unread: tuple[Path, ...] = ()

    @property
    def is_compiled(self) -> bool:
        """Whether a compiled site, or what compiles keep, holds it."""
        return bool(self.versions or self.store)

    def __bool__(self) -> bool:
        """Return whether anything was found."""
        return bool(self.sources or self.is_compiled or self.state or self.published)


class Search:
    """A search for a text in a tree of sources, its compiled site, and folders beside them."""

    def __init__(
        self,
        root: Path,
        out: Path,
        state: Path | None,
        published: Iterable[Path],
        is_published: Callable[[Path], bool],
        needle: Needle,
    ) -> None:
        """Take what is searched; ``is_published`` tells folders of published files in the tree from those of sources."""
        self._root, self._out, self._state = root.resolve(), out.resolve(), state
        self._published = {folder.resolve() for folder in published}
        self._is_published, self._needle = is_published, needle
        self._unread: list[Path] = []

    def run(self) -> Found:
        """Search everything."""
        self._unread = []
        sources = tuple(self._sources())
        versions = [*(self._out / VERSIONS).glob("*")] if (self._out / VERSIONS).is_dir() else []
        return Found(
            sources,
            tuple(self._all_kept(sorted(versions))),
            tuple(self._all_kept([folder_of(self._out)])),
            tuple(self._all_kept([self._state] if self._state else [])),
            tuple(self._all_kept(sorted(self._published))),
            tuple(self._unread),
        )

    def _sources(self) -> Iterator[Line]:
        ahead = [self._root]
        while ahead:
            folder = ahead.pop()
            for path in sorted(folder.iterdir(), reverse=True):
                if path.is_dir() and not path.is_symlink():
                    if self._is_published(path):
                        self._published.add(path.resolve())
                    elif self._is_of_sources(path):
                        ahead.append(path)
                elif path.is_file() and path.resolve().is_relative_to(self._root):
                    yield from self._lines(path)

    def _is_of_sources(self, folder: Path) -> bool:
        others = (self._out, folder_of(self._out).parent, self._state and self._state.resolve())
        return folder.name not in _NOT_SOURCES and folder.resolve() not in (*others, *self._published)

    def _lines(self, path: Path) -> Iterator[Line]:
        name, content = path.relative_to(self._root).as_posix(), self._content(path)
        if content is None or not self._needle.is_in_bytes(content):
            return
        try:
            text = content.decode()
        except UnicodeDecodeError:
            yield Line(name)
            return
        spans = [*self._needle.spans(text)]
        if not spans:
            yield Line(name)
        for start, _ in spans:
            before = text[:start]
            column = start - (before.rfind("\n") + 1) + 1
            line = text[start - column + 1 :].split("\n", 1)[0].rstrip("\r")
            yield Line(name, before.count("\n") + 1, column, line)

    def _all_kept(self, folders: Iterable[Path]) -> Iterator[Kept]:
        for folder in folders:
            files = tuple(self._files_in(folder))
            if files:
                yield Kept(folder, files)

    def _files_in(self, folder: Path) -> Iterator[str]:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                content = self._content(path)
                if content is not None and self._needle.is_in_bytes(content):
                    yield path.relative_to(folder).as_posix()

    def _content(self, path: Path) -> bytes | None:
        try:
            if path.stat().st_size <= LARGEST:
                return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            pass
        self._unread.append(path)
        return None
