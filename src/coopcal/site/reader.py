"""Reading a site: one version at a time, immutable, safe for threads."""

import logging
import os
import re
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from coopcal.model.message import msg
from coopcal.site import collector_at_rest, layout, seal
from coopcal.site.codec import from_json
from coopcal.site.index import FeedEntry, Index, by_address
from coopcal.site.layout import (
    NoSite,
    ShardList,
    SiteError,
    current_version,
    feeds_file,
    pack_file,
    records_file,
)
from coopcal.site.lines import KnownLines, ReadLine, read_line, read_records
from coopcal.site.manifest import Manifest
from coopcal.site.record import OrganisationRecord, Record
from coopcal.site.seal import Shard, in_packs, mapped, read_memory
from coopcal.site.stored import STORED

FRESH = 1.0
"""Seconds for which the pointer to the current version is believed, unless something else is asked for."""

LATE = 1.0
"""Seconds after which a request looks by itself, where the thread that looks for others has gone: a server that forks has none."""

_DOCUMENT = re.compile("[0-9a-f]{64}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Site:
    """One compiled site.

    ``feeds`` holds entries by id, ``archives`` those of a year by id and year, ``translations`` those of a
    language by id and language, ``changes`` what changed by id and language (None: the default); a former id gives the entry of the feed that took over.
    ``schema`` is a document that is given out as it is, and ``folder`` where the version lies.
    ``timezones`` are the VTIMEZONEs of feeds without events by TZID.
    ``removed`` names events that are published no longer (``organisation/event``).
    ``made`` holds what is made of the site while it is served, by what makes it, and goes with it.
    """

    version: str
    manifest: Manifest
    feeds: Mapping[str, FeedEntry]
    archives: Mapping[tuple[str, int], FeedEntry]
    translations: Mapping[tuple[str, str], FeedEntry]
    changes: Mapping[tuple[str, str | None], FeedEntry]
    events: tuple[Record, ...]
    organisations: tuple[OrganisationRecord, ...]
    removed: frozenset[str]
    documents: Mapping[str, Path]
    schema: bytes
    folder: Path
    timezones: Mapping[str, bytes]
    made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def site_json(self) -> bytes:
        """What is published, as the next compile reads it: joined when it is asked for.

        Raise SiteError where it is damaged, or swept away as two newer versions were served.
        """
        try:
            return read_memory(self.folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            out = self.folder.parent.parent
            raise SiteError(msg("the site in {out} is damaged ({error})", out=out, error=error)) from error

    def close(self) -> None:
        """Let go what was made of the site; the site itself ends with the last request that reads it."""
        self.made.clear()


def open_site(out: Path, read: ReadLine = read_line) -> Site:
    """Open the current version of a site; raise NoSite when there is none, SiteError when it cannot be read.

    ``read`` reads a line of records.
    """
    for attempt in range(5):
        folder = current_version(out)
        try:
            with collector_at_rest():
                return _open(folder, read)
        except FileNotFoundError as error:  # swept away between reading the pointer and opening
            if current_version(out) == folder and attempt > 0:
                raise SiteError(
                    msg("the site in {out} is not whole ({file})", out=out, file=error.filename)
                ) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SiteError(msg("the site in {out} is damaged ({error})", out=out, error=error)) from error
    raise SiteError(msg("the site in {out} changes too fast to be read", out=out))


def _open(folder: Path, read: ReadLine) -> Site:
    files = seal.read_sealed(folder)
    written = from_json(files[layout.MANIFEST])
    if written["format"] != layout.FORMAT:
        raise SiteError(
            msg(
                "the site in {out} has format {written}, and this coopcal serves format {format}: compile it anew",
                out=folder.parent.parent,
                written=written["format"],
                format=layout.FORMAT,
            )
        )
    manifest = STORED.read(Manifest, written)
    index = STORED.loads(Index, files[layout.INDEX])
    shards = STORED.loads(ShardList, files[layout.SHARDS])
    schema = (folder / layout.SCHEMA).read_bytes()
    if seal.digest(schema) != manifest.schema:
        raise ValueError(f"{layout.SCHEMA} is not what was written")
    numbers = range(shards.count)
    listed = (seal.read_listed(folder, shards, records_file(number)) for number in numbers)
    records = read_records(listed, read)
    packs = (_feeds(folder, shards, number) for number in numbers)
    entries = in_packs(packs, records.selected)
    if any(entry.timezone not in index.timezones for entry in entries):
        raise ValueError("a feed has a time zone that is not there")
    feeds = by_address(entries)
    return Site(
        version=folder.name,
        manifest=manifest,
        feeds=feeds.current,
        archives=feeds.archives,
        translations=feeds.translations,
        changes=feeds.changes,
        events=records.all,
        organisations=index.organisations,
        removed=frozenset(index.removed),
        documents={
            address: folder / layout.DOCUMENTS / _document(name) for address, name in index.documents.items()
        },
        schema=schema,
        folder=folder,
        timezones={zone: body.encode() for zone, body in index.timezones.items()},
    )


def _feeds(folder: Path, shards: ShardList, number: int) -> Shard:
    listed = seal.read_listed(folder, shards, feeds_file(number))
    return STORED.loads(tuple[FeedEntry, ...], listed), mapped(folder / pack_file(number))


def _document(name: str) -> str:
    if not _DOCUMENT.fullmatch(name):
        raise ValueError(f"{name[:40]} names no document")
    return name


class LiveSite:
    """The site in a folder as it is now: a new version is taken up within ``fresh`` seconds.

    Where it is opened ``beside`` the one that is served, no request waits for it: a thread looks for it, asked for or not, and the
    one before is given until the new one is ready, for which ``ready`` may make what requests need of it.
    ``trouble`` says why the current version cannot be read, "" where it can.
    """

    def __init__(self, out: Path, fresh: float = FRESH, *, beside: bool = False) -> None:
        self.ready: Callable[[Site], None] = lambda _: None
        self.out = out
        self._fresh = fresh
        self._beside = beside
        self._believed = fresh + LATE if beside else fresh
        self._watcher: threading.Thread | None = None
        self._opening = False
        self._lock = threading.Lock()
        self._site: Site | None = None
        self._known = KnownLines()
        self._error: SiteError | None = None
        self._looked = float("-inf")
        if beside and hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=partial(_forked, weakref.ref(self)))

    @property
    def trouble(self) -> str:
        """Why the current version cannot be read."""
        return str(self._error) if self._error else ""

    def current(self) -> Site:
        """Return the current site; the one before stays while a new one cannot be read. Raise SiteError if there is none."""
        site = self._site
        if site is not None and (self._opening or time.monotonic() - self._looked < self._believed):
            return site
        with self._lock:
            if time.monotonic() - self._looked >= self._believed:
                self._look()
            if self._beside and (self._watcher is None or not self._watcher.is_alive()):
                self._watcher = threading.Thread(
                    target=_watch, args=(weakref.ref(self), self._fresh), daemon=True
                )
                self._watcher.start()
            if self._site is None:
                raise self._error or NoSite(f"no site has been compiled in {self.out}")
            return self._site

    def forget_threads(self) -> None:
        """Go on in a process that was forked, where no thread looks for another version, nor is in the midst of it."""
        self._lock, self._watcher, self._opening = threading.Lock(), None, False

    def look_beside(self) -> None:
        """Look for another version while the one that is there is served."""
        with self._lock:
            self._opening = True
            try:
                self._look()
            finally:
                self._opening = False

    def _look(self) -> None:
        """Look for another version; of damage, say so once, as all that is read is read anew while it lasts."""
        before, error = self.trouble, None
        try:
            if self._site is None or current_version(self.out).name != self._site.version:
                site, former = open_site(self.out, self._known.read), self._site
                self._known.begin()
                if self._beside:
                    self.ready(site)
                self._site = site
                if former is not None:
                    former.close()
        except SiteError as trouble:
            error = trouble
            if not isinstance(error, NoSite) and str(error) != before:
                _log.error("coopcal: %s", error)
        finally:
            self._error = error
            self._looked = time.monotonic()


def _watch(live: weakref.ref[LiveSite], seconds: float) -> None:
    """Let a site look for another version again and again, as long as somebody has it."""
    pause = threading.Event()
    while not pause.wait(max(seconds, 0.01)):
        watched = live()
        if watched is None:
            return
        watched.look_beside()
        del watched


def _forked(live: weakref.ref[LiveSite]) -> None:
    if kept := live():
        kept.forget_threads()
