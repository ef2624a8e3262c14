"""Digests of what an organisation is made of: the bytes of its YAML, and which other files lie beside it."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from coopcal.compile.digests import digest_of_parts
from coopcal.definitions.pictures import ENDINGS
from coopcal.definitions.source.tree import (
    CALENDARS,
    FEEDS,
    FILES,
    INCLUDED,
    LARGEST,
    SITE_FILE,
    TOKENS_FILE,
    OrganisationName,
)

SMALL = 65_536
"""Bytes for which there is room at least where a file is read: it may grow meanwhile, or not tell its size."""


def frame_digest(root: Path) -> bytes:
    """Return the digest of the settings, of the feeds, of copies of feeds of others, of pictures beside these, and of the names in the folders of sources."""
    names = (f"{folder}/{name}" for folder in (CALENDARS, FEEDS) for name in _names(root / folder))
    files = (f"{FEEDS}/{name}" for name in _names(root / FEEDS))
    copies = (f"{INCLUDED}/{name}" for name in _copies(root / INCLUDED))
    pictures = [name for name in _names(root) if name.lower().endswith(ENDINGS)]
    beside = (part for name in pictures for part in (name.encode(), _status(root / name)))
    return digest_of_parts(
        [
            *_each(root, [SITE_FILE, *files, *copies]),
            *beside,
            *_beside(root / FILES, set()),
            "\n".join(names).encode(),
        ]
    )


_OF_COPIES = (".yaml", ".json")


class Digests:
    """Looks at the sources of the organisations in a folder, at each when it is asked for first, and once."""

    def __init__(self, root: Path, organisations: Sequence[OrganisationName]) -> None:
        """Take the folder of the site, and its organisations."""
        self.organisations = tuple(organisations)
        self._root = root
        self._known: dict[str, bytes] = {}
        self.beside = digest_of_parts(
            _beside(root / CALENDARS, {one.id for one in organisations if one.folder})
        )

    @cached_property
    def around(self) -> bytes:
        """The digest of that and of the tokens of private feeds, of which no organisation is made."""
        return digest_of_parts([self.beside, *_each(self._root, [TOKENS_FILE])])

    def of(self, one: OrganisationName) -> bytes:
        """Return the digest of what an organisation is made of."""
        if one.id not in self._known:
            self._known[one.id] = self._digest(one)
        return self._known[one.id]

    def _digest(self, one: OrganisationName) -> bytes:
        without = [uid.encode() for copy in one.copies for uid in sorted(copy.without)]
        if one.folder:
            return digest_of_parts([*_inside(self._root / CALENDARS / one.id), *without])
        return digest_of_parts([self.beside, *_each(self._root, [f"{CALENDARS}/{one.id}.yaml"]), *without])


class Looked:
    """The digests of a folder of sources: what was looked at once is not looked at again before it is compiled."""

    def __init__(self, root: Path) -> None:
        """Look at nothing yet."""
        self._root = root
        self._digests: Digests | None = None

    @cached_property
    def frame(self) -> bytes:
        """The digest of the settings, of the feeds, and of the names in the folders of sources."""
        return frame_digest(self._root)

    def at(self, organisations: Sequence[OrganisationName]) -> Digests:
        """Return the digests of organisations, all that there are."""
        if self._digests is None or self._digests.organisations != tuple(organisations):
            self._digests = Digests(self._root, organisations)
        return self._digests


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _copies(folder: Path) -> list[str]:
    """Return the files of the copies of feeds of others, and their records."""
    return [
        f"{one}/{name}"
        for one in _names(folder)
        for name in _names(folder / one)
        if name.endswith(_OF_COPIES)
    ]


def _each(root: Path, paths: Iterable[str]) -> Iterator[bytes]:
    for path in paths:
        yield path.encode()
        yield _content(f"{root}/{path}")


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


def _content(path: str | Path) -> bytes:
    """Return the bytes of a file, and where it leads if it is a link; what cannot be read is told by its reason."""
    try:
        link = os.readlink(path).encode() if os.path.islink(path) else b""  # noqa: PTH114, PTH115 - of thousands
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            is_read = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST
            return (
                link
                + b"\0"
                + (file.read(min(max(2 * status.st_size, SMALL), LARGEST)) if is_read else _told(status))
            )
    except OSError as error:
        return f"{error.errno}".encode()


def _status(path: Path) -> bytes:
    try:
        return _told(path.stat())
    except OSError as error:
        return f"{error.errno}".encode()


def _told(status: os.stat_result) -> bytes:
    return f"{status.st_mode} {status.st_size} {status.st_mtime_ns}".encode()
