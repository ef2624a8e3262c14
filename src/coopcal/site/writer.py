"""Writing a site: aside, made durable, then swapped in by one rename."""

import fcntl
import filecmp
import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import brotli

from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import layout, seal
from coopcal.site.component import Component, Parts
from coopcal.site.content import Calendar, CompiledFeed, Content
from coopcal.site.index import Body, FeedEntry, Index
from coopcal.site.layout import SiteError
from coopcal.site.manifest import Manifest
from coopcal.site.memory import to_json
from coopcal.site.record import EventRecord
from coopcal.site.stored import STORED

KEPT = 2
"""Versions kept beside the one that is served, for readers that are still on them."""

ASIDE = "aside-"
"""How the names of folders begin that are being written."""

BROTLI_QUALITY = 6
GZIP_LEVEL = 6


@contextmanager
def exclusively(out: Path) -> Iterator[None]:
    """Hold the folder for one compile; another one waits, and the lock ends with its process."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / layout.LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise SiteError(msg("{out} cannot be written ({reason})", out=out, reason=refusal(error))) from error


def write(content: Content, out: Path) -> str:
    """Write a version and make it the one that is served; return its name.

    Call it while holding the folder ``exclusively``. Readers see the site before or this one; when anything
    fails (a full disk, say), the site before stands and nothing of this one is left.
    """
    versions = out / layout.VERSIONS
    versions.mkdir(exist_ok=True)
    _sweep(out)
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=versions))
    try:
        version = _fill(aside, content)
        final = versions / version
        if final.exists():
            shutil.rmtree(aside if _is_same(final, aside) else final)
        if aside.exists():
            aside.chmod(0o755)
            aside.rename(final)
        _sync(versions)
        _point(out, version)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _sweep(out)
    return version


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same files; one that was written before may be damaged since."""
    files = [
        {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    return files[0].keys() == files[1].keys() and all(
        filecmp.cmp(files[0][name], files[1][name], shallow=False) for name in files[0]
    )


def _point(out: Path, version: str) -> None:
    """Make a version the one that is served, after noting that it is the newest: clocks may be set back."""
    order = [version, *(name for name in _order(out) if name != version)]
    for file, content in (
        (layout.ORDER, "".join(f"{name}\n" for name in order)),
        (layout.CURRENT, f"{version}\n"),
    ):
        aside = out / f"{file}.new"
        _put(aside, content.encode())
        aside.replace(out / file)
    _sync(out)


def _order(out: Path) -> list[str]:
    """Return the names of the versions that there are, the one that was served last first; those of unknown order by their time."""
    there = {
        folder.name: folder.stat().st_mtime_ns
        for folder in (out / layout.VERSIONS).iterdir()
        if not folder.name.startswith(ASIDE)
    }
    try:
        noted = (out / layout.ORDER).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        noted = []
    known = [name for name in dict.fromkeys(noted) if name in there]
    return [*known, *sorted(there.keys() - set(known), key=lambda name: (there[name], name), reverse=True)]


def _fill(folder: Path, content: Content) -> str:
    (folder / layout.DOCUMENTS).mkdir(parents=True)
    numbers: dict[Component, int] = {}
    index = Index(
        documents=_documents(folder, content.documents),
        feeds=_feeds(folder, content, numbers),
        removed=tuple(sorted(content.published.removed)),
        organisations=content.organisations,
        components=tuple(numbers),
        timezones={zone: body.decode() for zone, body in sorted(content.timezones.items())},
    )
    records = b"".join(STORED.dumps(EventRecord, event) for event in content.events)
    kept = _keep(folder, content.kept)
    memory = to_json(content.published, content.told_until)
    manifest = Manifest(
        format=layout.FORMAT,
        title=content.title,
        base_url=content.base_url,
        languages=content.languages,
        compiled_at=content.compiled_at.astimezone(UTC),
        good_until=content.good_until and content.good_until.astimezone(UTC),
        told_until=content.told_until and content.told_until.astimezone(UTC),
        legal=content.legal,
        held=content.held,
        schema=seal.digest(content.schema),
    )
    without_hidden = replace(manifest, good_until=None)  # which waits for hidden events, too
    bodies = {
        layout.RECORDS: records,
        layout.INDEX: STORED.dumps(Index, index),
        layout.SITE: memory,
        layout.MANIFEST: STORED.dumps(Manifest, without_hidden),
    }
    manifest = replace(manifest, kept=kept, public=seal.name_of(bodies))
    bodies[layout.MANIFEST] = STORED.dumps(Manifest, manifest)
    for name, body in (*bodies.items(), (layout.SCHEMA, content.schema)):
        _put(folder / name, body)
    for directory in (folder / layout.DOCUMENTS, folder / "public", folder):
        _sync(directory)
    return seal.name_of(bodies)


def _documents(folder: Path, documents: Mapping[str, Path]) -> dict[str, str]:
    names = {}
    for address, source in sorted(documents.items()):
        body = source.read_bytes()
        digest = seal.digest(body)
        if not (folder / layout.DOCUMENTS / digest).exists():
            _put(folder / layout.DOCUMENTS / digest, body)
        names[address] = digest
    return names


def _keep(folder: Path, kept: Mapping[str, Mapping[str, bytes | Path]]) -> str:
    """Write the sources that are kept where nobody but the owner reads; return their digest."""
    written: list[tuple[str, str, bytes]] = []
    for organisation, files in sorted(kept.items()):
        for path, source in sorted(files.items()):
            body = source if isinstance(source, bytes) else source.read_bytes()
            file = folder / layout.PRIVATE / organisation / path
            file.parent.mkdir(parents=True, exist_ok=True)
            _put(file, body)
            written.append((organisation, path, body))
    if kept:
        private = folder / layout.PRIVATE
        private.chmod(0o700)
        for directory in (private, *private.rglob("*")):
            if directory.is_dir():
                _sync(directory)
    return seal.kept_digest(written)


def _feeds(folder: Path, content: Content, components: dict[Component, int]) -> tuple[FeedEntry, ...]:
    """Write the bodies of all feeds; return their entries in the index, and put numbers to all ``components``."""
    entries, pack, offset = [], [], 0
    numbers = {event.address: number for number, event in enumerate(content.events) if event.day is None}
    for feed in content.feeds:
        bodies = {}
        for encoding, body in _encoded(feed, compress=content.compress).items():
            bodies[encoding] = Body(seal.short_digest(body), len(body), offset=offset)
            pack.append(body)
            offset += len(body)
        entries.append(
            FeedEntry(
                id=feed.id,
                year=feed.year,
                translation=feed.translation,
                title=feed.title,
                language=feed.language,
                timezone=feed.timezone,
                organisation=feed.organisation,
                modified=feed.stamp.modified,
                count=feed.count,
                left_out=feed.left_out,
                closed_see=feed.closed_see,
                gone=feed.gone,
                changes=feed.changes,
                former=feed.former,
                events=tuple(numbers[address] for address in feed.events),
                bodies=bodies,
                parts=_parts(feed.calendar, components) if feed.calendar else None,
            )
        )
    _put(folder / layout.FEEDS, b"".join(pack))
    return tuple(entries)


def _parts(calendar: Calendar, numbers: dict[Component, int]) -> Parts:
    """Return where the parts of a body are; a component that is new is given the next number."""
    return Parts(
        heading=len(calendar.heading),
        zones={zone: len(body) for zone, body in calendar.zones},
        components=tuple(numbers.setdefault(component, len(numbers)) for component, _ in calendar.components),
        lengths=tuple(len(body) for _, body in calendar.components),
    )


def _encoded(feed: CompiledFeed, *, compress: bool) -> dict[str, bytes]:
    encoded = {"identity": feed.content}
    if compress:
        encoded["gzip"] = gzip.compress(feed.content, GZIP_LEVEL, mtime=0)
        encoded["br"] = brotli.compress(feed.content, quality=BROTLI_QUALITY)
    return encoded


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(out: Path) -> None:
    """Take away what killed compiles left and all but the last versions; call it while holding the folder."""
    versions = out / layout.VERSIONS
    try:
        current = (out / layout.CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    for folder in versions.glob(f"{ASIDE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in [name for name in _order(out) if name != current][KEPT:]:
        shutil.rmtree(versions / name, ignore_errors=True)
