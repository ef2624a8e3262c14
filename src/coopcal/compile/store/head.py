"""What is kept of a site as a whole, which is small: enough to tell that nothing has changed."""

import pickle
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from coopcal.compile.store import program
from coopcal.compile.store.segments import DIGEST, digest_of
from coopcal.model.problem import Problem
from coopcal.site.layout import SiteError, current_version

FOLDER = ".coopcal"
"""The folder beside that of a site which holds its store."""

FILE = "head"


@dataclass(frozen=True, slots=True)
class Head:
    """What a compile tells the next one of itself.

    ``version`` is that of the site which it made of sources in ``root`` at an instant, ``at``; ``seal`` tells the files of
    that as they were written. It is ``good`` until another instant; by then a day has begun where the site is at home, or
    time alone makes another site. ``frame`` is the digest of the settings and feeds, and ``sources`` are those of
    organisations, whose names are ``folders`` where they have one; ``beside`` is that of what lies beside these, and of
    tokens.
    ``problems`` are what is told of these sources where nothing changes, of files whose paths are ``texts``. ``body`` is the
    digest of the rest.
    """

    program: bytes
    root: str
    version: str
    seal: str
    at: datetime
    good: datetime
    today: date
    frame: bytes
    sources: Mapping[str, bytes]
    beside: bytes
    folders: frozenset[str]
    problems: tuple[Problem, ...]
    texts: tuple[str, ...]
    feeds: int
    events: int
    good_until: datetime | None
    body: bytes

    def is_of(self, root: Path, frame: bytes, now: datetime) -> bool:
        """Return whether it was made by this program, of the same settings and feeds, and no later."""
        same = self.program == program.digest() and self.frame == frame
        return same and self.root == str(root.resolve()) and self.at <= now


def seal_of(site: Path, version: str) -> str:
    """Return what tells that a version is served, and that no file of it was touched; "" where it is not served."""
    try:
        folder = current_version(site)
    except SiteError:
        return ""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    states = [(str(path.relative_to(folder)), path.stat()) for path in files]
    told = "".join(f"{name} {state.st_size} {state.st_mtime_ns}\n" for name, state in states)
    return digest_of(told.encode()).hex() if folder.name == version else ""


def folder_of(site: Path) -> Path:
    """Return the folder of the store of a site: beside that, never in it, as a site is given away whole."""
    return site.absolute().parent / FOLDER / site.name


def read(folder: Path) -> Head | None:
    """Return what was written in a folder last; None where there is nothing, or not what was written."""
    with suppress(OSError):
        content = (folder / FILE).read_bytes()
        if digest_of(content[DIGEST:]) == content[:DIGEST] and content[DIGEST:].startswith(program.digest()):
            return _loaded(content[2 * DIGEST :])
    return None


def is_good(site: Path, root: Path, now: datetime) -> bool:
    """Return whether something is kept of a site that this program made of sources in ``root``, on the same day."""
    known = read(folder_of(site))
    return known is not None and known.root == str(root.resolve()) and known.at <= now < known.good


@lru_cache(maxsize=1)
def _loaded(content: bytes) -> Head | None:
    """Return what was pickled, once for those who look whether anything changed and for what compiles it then."""
    head = pickle.loads(content)  # noqa: S301 - a file of ours, that nobody else may write
    return head if isinstance(head, Head) else None


def write(folder: Path, head: Head) -> None:
    """Write it in place of the one before."""
    content = program.digest() + pickle.dumps(head, pickle.HIGHEST_PROTOCOL)
    aside = folder / f"{FILE}.new"
    aside.write_bytes(digest_of(content) + content)
    aside.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Take it away: the next compile makes everything anew."""
    (folder / FILE).unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Take away all that is kept: nothing of it stands in the file system any more."""
    if folder.is_dir():
        shutil.rmtree(folder)
