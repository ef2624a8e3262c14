"""The digest of the program itself: what was made by another one is void."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import coopcal

LIBRARIES = ("holidays", "icalendar", "pytz", "pyyaml", "tzdata")
"""What else the bytes of a site, or what is told of its sources, depend on."""

_DATA = (".py", ".mo", ".json", ".txt", ".yaml", ".csv")


@cache
def digest() -> bytes:
    """Return the digest of this coopcal: its files, by size and time as Python knows its modules, and the libraries' versions."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    top = Path(coopcal.__file__).parent
    for path in sorted(_files(str(top))):
        status = os.stat(path)  # noqa: PTH116 - six hundred files, at each start
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.digest()


def _version(library: str) -> str:
    """Return the version of a library; "" of one that is not here, as not every installation needs all."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_DATA):
                yield entry.path
            elif "." not in entry.name and entry.name != "__pycache__":
                yield from _files(entry.path)
