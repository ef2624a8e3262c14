"""The files of a version that is being written: those that are as in the version that stands are links to it."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from coopcal.site.durable import sync

_PIECE = 1 << 20
"""Bytes that are compared at a time."""


class Files:
    """What stands in the folder of a version, on the disk once it is settled; of what does not last, nothing has to be.

    ``before`` is the folder of the version that stands, None where there is none.
    """

    def __init__(self, folder: Path, before: Path | None, *, lasts: bool = True) -> None:
        self.root = folder
        self.lasts = lasts
        self._before = before
        self._written: list[Path] = []
        self._folders = {folder}

    def write(self, name: str, content: bytes) -> None:
        """Put a file of its own, which no damage to another version touches."""
        path = self.path(name)
        path.write_bytes(content)
        self._written.append(path)

    def put(self, name: str, content: bytes) -> None:
        """Put a file, as a link where the same one stands."""
        if not (self._stands(name, content) and self.link(name)):
            self.write(name, content)

    def put_written(self, name: str) -> None:
        """Put a file that was written to its place while it was made, as a link where the same one stands."""
        path = self.path(name)
        if self._before is not None and _are_same(self._before / name, path):
            aside = path.with_name(f"{path.name}.aside")
            path.rename(aside)
            if self.link(name):
                aside.unlink()
                return
            aside.rename(path)
        self._written.append(path)

    def link(self, name: str) -> bool:
        """Put a file as it stands; return whether that can be done."""
        if self._before is None:
            return False
        try:
            os.link(self._before / name, self.path(name))
        except OSError:
            return False
        return True

    def stand(self, name: str) -> None:
        """Put a file as it stands, as a link where that can be done."""
        if not self.link(name):
            assert self._before is not None, "something stands"
            path = self.path(name)
            shutil.copy(self._before / name, path)
            self._written.append(path)

    def path(self, name: str) -> Path:
        """Return where a file is, in a folder that is there."""
        path = self.root / name
        self._make(path.parent)
        return path

    def folder(self, name: str) -> Path:
        """Return a folder, which is there."""
        folder = self.root / name
        self._make(folder)
        return folder

    def settle(self) -> None:
        """Wait until all is on the disk: each file that was written, then the names of all."""
        self.settle_contents(self.written)
        if self.lasts:
            for folder in sorted(self._folders, reverse=True):
                sync(folder)

    @property
    def written(self) -> tuple[str, ...]:
        """The names of the files that were written, and are no links."""
        return tuple(str(path.relative_to(self.root)) for path in self._written)

    def settle_contents(self, names: Iterable[str]) -> None:
        """Wait until files are on the disk, whoever wrote them, but perhaps not their names."""
        if self.lasts:
            for name in names:
                sync(self.root / name)

    def _make(self, folder: Path) -> None:
        if folder not in self._folders:
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)  # another process may write there, too
            self._folders.add(folder)

    def _stands(self, name: str, content: bytes) -> bool:
        if self._before is None:
            return False
        try:
            file = self._before / name
            return file.stat().st_size == len(content) and file.read_bytes() == content
        except OSError:
            return False


def _are_same(one: Path, other: Path) -> bool:
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as left, other.open("rb") as right:
            while content := left.read(_PIECE):
                if content != right.read(_PIECE):
                    return False
    except OSError:
        return False
    return True
