"""A place for previews: a folder that is the user's alone, and goes with the program that made it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from coopcal.site.layout import CURRENT, PRIVATE, VERSIONS, SiteError, current_version

PREFIX = "coopcal-preview-"

MEMORY = Path("/dev/shm")  # noqa: S108 - each preview has a folder that is its user's alone
"""Files that are in memory alone: none of a preview has to outlive the machine."""

ROOM = 4_000_000_000
"""Bytes that have to be free there: several versions of a very large site."""

LOCK = "lock"
"""The file that a program holds as long as it lives: a folder whose lock is free was left by one that was killed."""


@contextmanager
def preview_folder() -> Iterator[Path]:
    """Return an empty folder, and take it away afterwards; those that killed programs of the user left are taken away first.

    A preview holds lines of the sources, which may be of hidden events, so nobody else may read it.
    """
    _sweep()
    folder, lock = _made()
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def stand_in(published: Path, preview: Path) -> None:
    """Put what the public sees of a published site, if there is one, where a preview has nothing to show yet."""
    with suppress(SiteError, OSError):
        version = current_version(published)
        shutil.copytree(version, preview / VERSIONS / version.name, ignore=shutil.ignore_patterns(PRIVATE))
        (preview / CURRENT).write_text(version.name, encoding="ascii")


def _place() -> Path:
    """Return where previews lie: in memory where there is plenty, unless another place is asked for."""
    with suppress(OSError):
        is_asked_for = any(name in os.environ for name in ("TMPDIR", "TEMP", "TMP"))
        if not is_asked_for and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
            return MEMORY
    return Path(tempfile.gettempdir())


def _made() -> tuple[Path, IO[bytes]]:
    """Make a folder and hold it; another one where a program that sweeps was quicker."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_place()))
        with suppress(FileNotFoundError):
            lock = (folder / LOCK).open("ab")
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / LOCK).exists():
                return folder, lock
            lock.close()


def _sweep() -> None:
    places = (Path(tempfile.gettempdir()), MEMORY)
    for folder in (folder for place in places for folder in place.glob(f"{PREFIX}*")):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            with (folder / LOCK).open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
