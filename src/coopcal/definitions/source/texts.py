"""The texts of files that something is told of, for excerpts: each is read when somebody asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from coopcal.definitions.source.files import read_text


class Texts(Mapping[str, str]):
    """Texts by path: some that are known, and those of other files in a folder."""

    def __init__(self, root: Path, paths: Iterable[str], known: Mapping[str, str] | None = None) -> None:
        """Take the folder, the paths of files in it, and the texts that need not be read again."""
        self._root = root
        self._known: dict[str, str] = dict(known or {})
        self._unread = set(paths) - self._known.keys()

    def __getitem__(self, path: str) -> str:
        """Return a text."""
        if path in self._unread:
            self._known[path] = read_text(self._root, path)[0] or ""
            self._unread.remove(path)
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        """Return the paths."""
        return iter([*self._known, *self._unread])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._known) + len(self._unread)
