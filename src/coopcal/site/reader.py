"""Reading a site: one version at a time, immutable, safe for threads."""

import json
import mmap
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coopcal.model.held import Held
from coopcal.model.problem import Place
from coopcal.site import layout
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.previous import current_version
from coopcal.site.record import EventRecord, OrganisationRecord
from coopcal.site.values import of_values

FRESH = 1.0
"""Seconds for which the pointer to the current version is believed, unless something else is asked for."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says of itself; instants are aware, in UTC.

    ``good_until`` is when it is to be compiled anew; ``told_until`` what others are told of that.
    """

    title: Mapping[str, str]
    base_url: str
    languages: tuple[str, ...]
    compiled_at: datetime
    good_until: datetime | None
    told_until: datetime | None
    legal: tuple[tuple[Mapping[str, str], str], ...]
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a feed in one encoding, and their ETag (unquoted)."""

    etag: str
    length: int
    _pack: mmap.mmap | bytes
    _offset: int

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self._pack[self._offset : self._offset + self.length]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A feed as served, its archive of a ``year``, its ``translation`` into a language, or its ``changes`` as Atom.

    ``events`` are the numbers of the records of all events that a feed selects, by start, whatever its window.
    ``bodies`` holds ``identity`` and, where feeds are compressed, ``gzip`` and ``br``.
    """

    id: str
    year: int | None
    translation: str | None
    title: str
    language: str
    timezone: str
    organisation: str | None
    modified: datetime
    count: int
    left_out: int
    closed_see: str | None
    gone: bool
    changes: bool
    events: tuple[int, ...]
    bodies: Mapping[str, Body]


@dataclass(frozen=True, slots=True)
class Site:
    """One compiled site.

    ``feeds`` holds entries by id, ``archives`` those of a year by id and year, ``translations`` those of a
    language by id and language, ``changes`` what changed by id and language (None: the default); a former id gives the entry of the feed that took over.
    ``removed`` names events that are published no longer (``organisation/event``).
    """

    version: str
    manifest: Manifest
    feeds: Mapping[str, FeedEntry]
    archives: Mapping[tuple[str, int], FeedEntry]
    translations: Mapping[tuple[str, str], FeedEntry]
    changes: Mapping[tuple[str, str | None], FeedEntry]
    events: tuple[EventRecord, ...]
    organisations: tuple[OrganisationRecord, ...]
    removed: frozenset[str]
    documents: Mapping[str, Path]
    site_json: bytes

    def close(self) -> None:
        """Let the site go; open files end with the last request that reads them."""


def open_site(out: Path) -> Site:
    """Open the current version of a site; raise NoSite when there is none, SiteError when it cannot be read."""
    for attempt in range(5):
        folder = current_version(out)
        try:
            return _open(folder)
        except FileNotFoundError as error:  # swept away between reading the pointer and opening
            if current_version(out) == folder and attempt > 0:
                raise SiteError(f"the site in {out} is not whole ({error.filename})") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SiteError(f"the site in {out} is damaged ({error})") from error
    raise SiteError(f"the site in {out} changes too fast to be read")


def _open(folder: Path) -> Site:
    manifest = json.loads((folder / layout.MANIFEST).read_bytes())
    if manifest["format"] != layout.FORMAT:
        raise ValueError(f"its format is {manifest['format']}, and this coopcal reads format {layout.FORMAT}")
    index = json.loads((folder / layout.INDEX).read_bytes())
    with (folder / layout.FEEDS).open("rb") as file:
        pack: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    entries = [(_entry(row, pack), row["former"]) for row in index["feeds"]]
    feeds: dict[str, FeedEntry] = {}
    archives: dict[tuple[str, int], FeedEntry] = {}
    translations: dict[tuple[str, str], FeedEntry] = {}
    changes: dict[tuple[str, str | None], FeedEntry] = {}
    addresses = [(entry.id, entry) for entry, _ in entries]
    addresses += [(former, entry) for entry, names in entries for former in names]
    for name, entry in addresses:
        if entry.changes:
            changes.setdefault((name, entry.translation), entry)
        elif entry.year is not None:
            archives.setdefault((name, entry.year), entry)
        elif entry.translation is not None:
            translations.setdefault((name, entry.translation), entry)
        else:
            feeds.setdefault(name, entry)
    for name, entry in feeds.items():
        translations.setdefault((name, entry.language), entry)
        if (name, None) in changes:
            changes.setdefault((name, entry.language), changes[name, None])
    records = (folder / layout.RECORDS).read_bytes().splitlines()
    return Site(
        version=folder.name,
        manifest=Manifest(
            title=manifest["title"],
            base_url=manifest["base_url"],
            languages=tuple(manifest["languages"]),
            compiled_at=datetime.fromisoformat(manifest["compiled_at"]),
            good_until=_instant(manifest["good_until"]),
            told_until=_instant(manifest.get("told_until")),
            legal=tuple((label, url) for label, url in manifest["legal"]),
            held=tuple(_held(each) for each in manifest.get("held", ())),
        ),
        feeds=feeds,
        archives=archives,
        translations=translations,
        changes=changes,
        events=tuple(of_values(EventRecord, json.loads(record)) for record in records),
        organisations=tuple(of_values(OrganisationRecord, one) for one in index["organisations"]),
        removed=frozenset(index.get("removed", ())),
        documents={address: folder / layout.DOCUMENTS / name for address, name in index["documents"].items()},
        site_json=(folder / layout.SITE).read_bytes(),
    )


def _held(row: dict[str, Any]) -> Held:
    """Read what is held; a site that was compiled when its message was kept has no code."""
    since, place = datetime.fromisoformat(row["since"]), Place(**row["place"])
    return Held(row["organisation"], since, row["errors"], place, row.get("code", ""), row["shown"])


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _entry(row: dict[str, Any], pack: mmap.mmap | bytes) -> FeedEntry:
    return FeedEntry(
        id=row["id"],
        year=row["year"],
        translation=row.get("translation"),
        title=row["title"],
        language=row["language"],
        timezone=row["timezone"],
        organisation=row["organisation"],
        modified=datetime.fromisoformat(row["modified"]),
        count=row["count"],
        left_out=row["left_out"],
        closed_see=row["closed_see"],
        gone=row["gone"],
        changes=row.get("changes", False),
        events=tuple(row["events"]),
        bodies={
            encoding: Body(etag, length, pack, offset)
            for encoding, (offset, length, etag) in row["bodies"].items()
        },
    )


class LiveSite:
    """The site in a folder as it is now: a new version is taken up within ``fresh`` seconds."""

    def __init__(self, out: Path, fresh: float = FRESH) -> None:
        self._out = out
        self._fresh = fresh
        self._lock = threading.Lock()
        self._site: Site | None = None
        self._looked = float("-inf")

    def current(self) -> Site:
        """Give the current site; the one before stays while a new one cannot be read. Raise NoSite if there is none."""
        site = self._site
        if site is not None and time.monotonic() - self._looked < self._fresh:
            return site
        with self._lock:
            if self._site is None or time.monotonic() - self._looked >= self._fresh:
                self._look()
            if self._site is None:
                raise NoSite(f"no site has been compiled in {self._out}")
            return self._site

    def _look(self) -> None:
        try:
            if self._site is None or current_version(self._out).name != self._site.version:
                self._site = open_site(self._out)
        except SiteError:
            if self._site is None:
                raise
        finally:
            self._looked = time.monotonic()
