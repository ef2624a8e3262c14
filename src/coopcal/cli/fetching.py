"""What is imported: a file, standard input, or an address of the web, within limits of size and time."""

import hashlib
import io
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from http.client import HTTPException
from pathlib import Path

import click

from coopcal import __version__
from coopcal.importing.run import Given

LARGEST = 100_000_000
"""Bytes that are read at the most."""

PATIENCE, WHOLE = 30, 120
"""Seconds that a server has to answer each time, and for everything."""

_CHUNK = 1 << 16
_ZIP = b"PK\x03\x04"


def given(source: str) -> Given:
    """Read what is imported; raise a ClickException, exit code 2, where it cannot be read."""
    if source == "-":
        return Given(_within(sys.stdin.buffer.read(LARGEST + 1), "standard input"), "-")
    scheme = source.partition(":")[0].lower()
    if "://" in source and scheme in ("http", "https", "webcal", "webcals"):
        address = urllib.parse.urlunsplit(
            urllib.parse.urlsplit(source)._replace(scheme="http" if scheme == "http" else "https")
        )
        return Given(_fetched(address), _shown(address), _remembered(address))
    try:
        with Path(source).open("rb") as opened:
            content = _within(opened.read(LARGEST + 1), source)
    except OSError as error:
        raise _unreadable(source, error.strerror or f"{error}") from error
    return _packed(content, Path(source).name)


def _packed(content: bytes, name: str) -> Given:
    """Give the one calendar of a .zip, in which Google hands them out; anything else as it is."""
    if not content.startswith(_ZIP):
        return Given(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            calendars = [each for each in packed.namelist() if each.lower().endswith((".ics", ".csv"))]
            if len(calendars) != 1:
                said = ", ".join(calendars) or "none"
                raise _unreadable(
                    name, f"it should hold one calendar, and holds {said}; unpack it and import each"
                )
            with packed.open(calendars[0]) as opened:
                return Given(_within(opened.read(LARGEST + 1), name), Path(calendars[0]).name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _unreadable(name, f"the .zip is damaged or locked ({error})") from error


def _within(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise _unreadable(name, f"it has more than {LARGEST:,} bytes")
    return content


def _shown(address: str) -> str:
    """Give an address as it is printed: its path may be a secret."""
    parts = urllib.parse.urlsplit(address)
    return f"{parts.hostname or ''}/{parts.path.rsplit('/', 1)[-1]}"


def _remembered(address: str) -> str:
    """Give what an address is remembered as, in a file that others may see."""
    return f"{urllib.parse.urlsplit(address).hostname}#{hashlib.sha256(address.encode()).hexdigest()[:16]}"


def _fetched(address: str) -> bytes:
    request = urllib.request.Request(  # noqa: S310 - http(s) was checked
        address,
        headers={
            "Accept": "text/calendar, text/csv;q=0.9, */*;q=0.1",
            "User-Agent": f"coopcal/{__version__}",
        },
    )
    until = time.monotonic() + WHOLE
    content = bytearray()
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - http(s) was checked
            if not answer.url.startswith(("http://", "https://")):
                raise _unreadable(_shown(address), "it leads to something that is no web page")
            while chunk := answer.read1(_CHUNK):
                content += chunk
                if time.monotonic() > until:
                    raise _unreadable(_shown(address), f"it takes more than {WHOLE} seconds")
                if len(content) > LARGEST:
                    break
    except (OSError, HTTPException, urllib.error.URLError, ValueError) as error:
        raise _unreadable(_shown(address), f"{error}") from error
    return _within(bytes(content), _shown(address))


def _unreadable(name: str, why: str) -> click.ClickException:
    return Unreadable(f"{name} cannot be read: {why}")


class Unreadable(click.ClickException):
    """What is to be imported cannot be read."""

    exit_code = 2
