"""Digests of what an organisation is made of: the bytes of its YAML, and which other files lie beside it."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coopcal.compile.digests import digest_of_parts
from coopcal.definitions.source.tree import CALENDARS, FEEDS, LARGEST, SITE_FILE, OrganisationName


def frame_digest(root: Path) -> bytes:
    """Return the digest of the settings, of the feeds, and of the names in the folders of sources."""
    names = (f"{folder}/{name}" for folder in (CALENDARS, FEEDS) for name in _names(root / folder))
    files = (f"{FEEDS}/{name}" for name in _names(root / FEEDS))
    return digest_of_parts([*_each(root, [SITE_FILE, *files]), "\n".join(names).encode()])


class Digests:
    """Looks at the sources of the organisations in a folder; what lies beside them is looked at once."""

    def __init__(self, root: Path, organisations: Sequence[OrganisationName]) -> None:
        """Take the folder of the site, and its organisations."""
        self._root = root
        self.beside = digest_of_parts(
            _beside(root / CALENDARS, {one.id for one in organisations if one.folder})
        )

    def of(self, one: OrganisationName) -> bytes:
        """Return the digest of what an organisation is made of as it is now."""
        if one.folder:
            return digest_of_parts(_inside(self._root / CALENDARS / one.id))
        return digest_of_parts([self.beside, *_each(self._root, [f"{CALENDARS}/{one.id}.yaml"])])


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _each(root: Path, paths: Iterable[str]) -> Iterator[bytes]:
    for path in paths:
        yield path.encode()
        yield _content(root / path)


def _inside(folder: Path) -> Iterator[bytes]:
    """Yield the name of each file in the folder of an organisation and in folders there, with what tells its content."""
    yield os.path.realpath(folder).encode()
    for name in _names(folder):
        path = folder / name
        yield name.encode()
        if path.is_dir():
            yield from _beside(path, set())
        else:
            yield _content(path) if name.endswith(".yaml") else _status(path)


def _beside(folder: Path, left_out: set[str]) -> Iterator[bytes]:
    """Yield the files of a folder and all below, but for YAML and some folders: their sizes and times tell their content."""
    met = set[str]()
    for place, inner, names in os.walk(folder, followlinks=True):
        inner[:] = sorted(name for name in inner if place != str(folder) or name not in left_out)
        real = os.path.realpath(place)
        yield real.encode()
        if real in met:
            inner.clear()
            continue
        met.add(real)
        for name in sorted(names):
            yield name.encode()
            if not name.endswith(".yaml"):
                yield _status(Path(place, name))


def _content(path: Path) -> bytes:
    """Return the bytes of a file, and where it leads if it is a link; what cannot be read is told by its reason."""
    try:
        link = str(path.readlink()).encode() if path.is_symlink() else b""
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            is_read = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST
            return link + b"\0" + (file.read(LARGEST) if is_read else _told(status))
    except OSError as error:
        return f"{error.errno}".encode()


def _status(path: Path) -> bytes:
    try:
        return _told(path.stat())
    except OSError as error:
        return f"{error.errno}".encode()


def _told(status: os.stat_result) -> bytes:
    return f"{status.st_mode} {status.st_size} {status.st_mtime_ns}".encode()
