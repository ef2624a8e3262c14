"""What is imported: a file, standard input, or an address of the web, within limits of size and time."""

import hashlib
import io
import os
import stat
import sys
import urllib.parse
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import click

from coopcal import __version__
from coopcal.authoring.importing.run import Given
from coopcal.cli.language import spoken
from coopcal.compile.download import DownloadError, Limits, download, gunzipped
from coopcal.model.message import Message, Number, msg, reason_of
from coopcal.model.refusal import refusal

LARGEST = 50_000_000
"""Bytes that are read at the most."""

_HEADERS = {
    "Accept": "text/calendar, text/csv;q=0.9, */*;q=0.1",
    "User-Agent": f"coopcal/{__version__}",
}
_ZIP = b"PK\x03\x04"
_PACKED = (".ics", ".csv", ".json", ".jcal")
_BEGINS, _ENDS = b"BEGIN:VCALENDAR", b"END:VCALENDAR"


def given(source: str, *, limits: Limits | None = None) -> Given:
    """Read what is imported; raise a ClickException, exit code 2, where it cannot be read."""
    if source == "-":
        return _unpacked(_within(sys.stdin.buffer.read(LARGEST + 1), msg("standard input")), "-")
    scheme = source.partition(":")[0].lower()
    if "://" in source and scheme in ("http", "https", "webcal", "webcals"):
        return _fetched(source, scheme, limits or Limits(LARGEST))
    try:
        content = _regular(source)
    except (OSError, ValueError) as error:
        raise _unreadable(source, refusal(error) if isinstance(error, OSError) else f"{error}") from error
    return _unpacked(content, Path(source).name)


def _regular(source: str) -> bytes:
    """Read a file; what is a folder, a pipe or a device would never end, or is none."""
    with os.fdopen(os.open(source, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            reason = msg("it is no file; what comes from another program is read from “-”")
            raise _unreadable(source, reason)
        return _within(opened.read(LARGEST + 1), source)


def _unpacked(content: bytes, name: str, remembered: str | None = None) -> Given:
    """Return what is in a .gz, and the one calendar of a .zip, in which Google hands them out; anything else as it is."""
    try:
        content = gunzipped(content, LARGEST)
    except DownloadError as error:
        raise _unreadable(name, reason_of(error)) from error
    name = name.removesuffix(".gz")
    if not content.startswith(_ZIP) or name.lower().endswith((".xlsx", ".ods")):
        return Given(content, name, remembered)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "[Content_Types].xml" in names or "mimetype" in names:
                return Given(content, name, remembered)
            calendars = [name for name in names if name.lower().endswith(_PACKED)]
            if len(calendars) != 1:
                raise _unreadable(name, _not_one(calendars))
            with packed.open(calendars[0]) as opened:
                return Given(_within(opened.read(LARGEST + 1), name), Path(calendars[0]).name, remembered)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        why = msg("the .zip is damaged or locked ({reason})", reason=error)
        raise _unreadable(name, why) from error


def _not_one(calendars: Sequence[str]) -> Message:
    if not calendars:
        return msg("it should hold one calendar, and holds none; unpack it and import each")
    return msg(
        "it should hold one calendar, and holds {calendars}; unpack it and import each",
        calendars=", ".join(calendars),
    )


def _within(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise _unreadable(name, msg("it has more than {most} bytes", most=Number(LARGEST)))
    return content


def _fetched(source: str, scheme: str, limits: Limits) -> Given:
    """Bring what stands at an address; what calls itself webcal is asked for by https, as http would be read by others."""
    try:
        parts = urllib.parse.urlsplit(source)._replace(scheme="http" if scheme == "http" else "https")
        address = urllib.parse.urlunsplit(parts)
        shown = _shown(parts)
    except ValueError as error:
        raise _unreadable(source, msg("it is no web address")) from error
    try:
        content = download(address, limits, _HEADERS)
    except DownloadError as error:
        why = reason_of(error)
        if scheme == "webcal":
            why = msg(
                "{reason}; if it is not to be had by https, write http:// instead of webcal://", reason=why
            )
        raise _unreadable(shown, why) from error
    brought = _unpacked(content, shown, _remembered(parts.hostname or "", address))
    if brought.data.lstrip().upper().startswith(_BEGINS) and _ENDS not in brought.data[-4096:].upper():
        why = msg("it came cut off: the end of the calendar is missing; try again later")
        raise _unreadable(shown, why)
    return brought


def _shown(parts: urllib.parse.SplitResult) -> str:
    """Return an address as it is printed: its path may be a secret."""
    return f"{parts.hostname or ''}/{parts.path.rsplit('/', 1)[-1]}"


def _remembered(host: str, address: str) -> str:
    """Return what an address is remembered as, in a file that others may see."""
    return f"{host}#{hashlib.sha256(address.encode()).hexdigest()[:16]}"


def _unreadable(name: str, why: str) -> click.ClickException:
    return Unreadable(spoken(msg("{name} cannot be read: {reason}", name=name, reason=why)))


class Unreadable(click.ClickException):
    """What is to be imported cannot be read."""

    exit_code = 2
