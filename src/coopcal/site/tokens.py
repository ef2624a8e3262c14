"""What opens the private feeds of a site: hashes of tokens, as they are of now in each of its versions."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from coopcal.site.codec import Codec, objects
from coopcal.site.durable import sync
from coopcal.site.layout import TOKENS, SiteError


@dataclass(frozen=True, slots=True)
class Opening:
    """A token by its SHA-256 in hexadecimal digits: it opens a ``feed`` ``until`` an instant (UTC), None for ever.

    Since the day on which it was ``rotated`` it opens what says that there is another one.
    """

    feed: str
    sha256: str
    until: datetime | None = None
    rotated: date | None = None


def known_by(sha256: str) -> str:
    """Return what uses of a token are counted by: a part of its hash."""
    return sha256[:12]


_CODEC = Codec(objects(Opening))


def are_kept(out: Path) -> bool:
    """Return whether anything stands in a folder that opens, or once opened, private feeds."""
    return (out / TOKENS).exists()


@contextmanager
def putting(out: Path) -> Iterator[Callable[[tuple[Opening, ...]], None]]:
    """Give what puts openings in a folder, while no other process or thread does: what was read before is not put after it.

    Nobody but the owner reads them; servers see them at once.
    """
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield partial(_put, out)
    finally:
        os.close(descriptor)


def _put(out: Path, openings: tuple[Opening, ...]) -> None:
    file, content = out / TOKENS, _CODEC.dumps(tuple[Opening, ...], openings)
    if not openings and not file.exists():
        return
    if file.exists() and file.read_bytes() == content:
        return
    aside = out / f"{TOKENS}.new"
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(descriptor)
    aside.replace(file)
    sync(out)


class Openings:
    """What opens the private feeds of the site in a folder, read again where it is another."""

    def __init__(self, out: Path) -> None:
        """Read nothing yet."""
        self._file = out / TOKENS
        self._known: tuple[tuple[int, int, int], tuple[Opening, ...]] | None = None

    def now(self) -> tuple[Opening, ...]:
        """Return all of them; none where there is no file. Raise SiteError where it is not what was written."""
        try:
            status = self._file.stat()
            state = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._known
            if known is None or known[0] != state:
                openings = _CODEC.loads(tuple[Opening, ...], self._file.read_bytes())
                known = self._known = state, openings
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise SiteError(f"{TOKENS}: {type(error).__name__}") from error
        return known[1]
