"""The digest of the program itself: what was made by another one is void."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import coopcal

LIBRARIES = frozenset(
    {
        "babel",
        "holidays",
        "icalendar",
        "markdown_it_py",
        "mdurl",
        "python_dateutil",
        "pytz",
        "pyyaml",
        "tzdata",
    }
)
"""What else the bytes of a site, or what is told of its sources, depend on, as files name it."""

_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".egg")

_DATA = (".py", ".mo", ".json", ".txt", ".yaml", ".csv")


@cache
def digest() -> bytes:
    """Return the digest of this coopcal: its files, by size and time as Python knows its modules, and its libraries' versions."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for library in _libraries():
        digest.update(f"{library}\n".encode())
    top = Path(coopcal.__file__).parent
    for path in sorted(_files(str(top))):
        status = os.stat(path)  # noqa: PTH116 - six hundred files, at each start
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()


def _libraries() -> Iterator[str]:
    """Return what tells the versions of libraries: what installers leave beside them, which names these, and its time."""
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            yield from sorted(
                f"{entry.path} {entry.stat().st_mtime_ns}"
                for entry in entries
                if entry.name.endswith(_INSTALLED) and _library(entry.name) in LIBRARIES
            )


def _library(name: str) -> str:
    """Return the library that something is named after, with its version behind a hyphen or without."""
    return name.partition("-")[0].partition(".")[0].lower()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_DATA):
                yield entry.path
            elif "." not in entry.name and entry.name != "__pycache__":
                yield from _files(entry.path)
