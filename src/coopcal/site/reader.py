"""Reading a site: one version at a time, immutable, safe for threads."""

import logging
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coopcal.model.held import Held
from coopcal.model.message import msg
from coopcal.model.problem import Place
from coopcal.site import layout, seal
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.record import EventRecord, OrganisationRecord, Words
from coopcal.site.values import from_json, of_value, of_values
from coopcal.site.versions import current_version

FRESH = 1.0
"""Seconds for which the pointer to the current version is believed, unless something else is asked for."""

_DOCUMENT = re.compile("[0-9a-f]{64}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says of itself; instants are aware, in UTC.

    ``good_until`` is when it is to be compiled anew; ``told_until`` what others are told of that. ``public`` names
    what the public sees of it.
    """

    title: Mapping[str, str]
    base_url: str
    languages: tuple[str, ...]
    compiled_at: datetime
    good_until: datetime | None
    told_until: datetime | None
    legal: tuple[tuple[Mapping[str, str], str], ...]
    held: tuple[Held, ...] = ()
    public: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a feed in one encoding, and their ETag (unquoted)."""

    etag: str
    length: int
    _pack: bytes
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
                raise SiteError(
                    msg("the site in {out} is not whole ({file})", out=out, file=error.filename)
                ) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SiteError(msg("the site in {out} is damaged ({error})", out=out, error=error)) from error
    raise SiteError(msg("the site in {out} changes too fast to be read", out=out))


def _open(folder: Path) -> Site:
    files = seal.read_sealed(folder)
    manifest = from_json(files[layout.MANIFEST])
    if manifest["format"] != layout.FORMAT:
        raise ValueError(f"its format is {manifest['format']}, and this coopcal reads format {layout.FORMAT}")
    index = from_json(files[layout.INDEX])
    pack = (folder / layout.FEEDS).read_bytes()
    events = tuple(of_values(EventRecord, from_json(row)) for row in files[layout.RECORDS].splitlines())
    entries = [
        (_entry(row, pack, len(events)), of_value(tuple[str, ...], row["former"])) for row in index["feeds"]
    ]
    ends = (offset + length for row in index["feeds"] for offset, length, _ in row["bodies"].values())
    if max(ends, default=0) != len(pack):
        raise ValueError(f"{layout.FEEDS} is not what was written")
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
    return Site(
        version=folder.name,
        manifest=_manifest(manifest, folder.name),
        feeds=feeds,
        archives=archives,
        translations=translations,
        changes=changes,
        events=events,
        organisations=tuple(of_values(OrganisationRecord, one) for one in index["organisations"]),
        removed=frozenset(of_value(tuple[str, ...], index.get("removed", []))),
        documents={
            address: folder / layout.DOCUMENTS / _document(name)
            for address, name in index["documents"].items()
        },
        site_json=files[layout.SITE],
    )


def _manifest(row: dict[str, Any], version: str) -> Manifest:
    languages = of_value(tuple[str, ...], row["languages"])
    if not languages:
        raise ValueError("it has no language")
    return Manifest(
        title=of_value(Words, row["title"]),
        base_url=of_value(str, row["base_url"]),
        languages=languages,
        compiled_at=of_value(datetime, row["compiled_at"]),
        good_until=of_value(datetime | None, row["good_until"]),
        told_until=of_value(datetime | None, row.get("told_until")),
        legal=tuple((of_value(Words, label), of_value(str, url)) for label, url in row["legal"]),
        held=tuple(_held(each) for each in row.get("held", ())),
        public=of_value(str, row.get("public", version)),
    )


def _document(name: str) -> str:
    if not _DOCUMENT.fullmatch(name):
        raise ValueError(f"{name[:40]} names no document")
    return name


def _held(row: dict[str, Any]) -> Held:
    """Read what is held; a site that was compiled when its message was kept has no code."""
    place = Place(
        *map(of_value, (str, int, int), (row["place"][name] for name in ("path", "line", "column")))
    )
    return Held(
        of_value(str, row["organisation"]),
        of_value(datetime, row["since"]),
        of_value(int, row["errors"]),
        place,
        of_value(str, row.get("code", "")),
        of_value(bool, row["shown"]),
    )


def _entry(row: dict[str, Any], pack: bytes, events: int) -> FeedEntry:
    numbers = of_value(tuple[int, ...], row["events"])
    if any(not 0 <= number < events for number in numbers):
        raise ValueError("a feed has an event that is not there")
    bodies = {encoding: _body(pack, *place) for encoding, place in row["bodies"].items()}
    if "identity" not in bodies:
        raise ValueError("a feed has no content")
    return FeedEntry(
        id=of_value(str, row["id"]),
        year=of_value(int | None, row["year"]),
        translation=of_value(str | None, row.get("translation")),
        title=of_value(str, row["title"]),
        language=of_value(str, row["language"]),
        timezone=of_value(str, row["timezone"]),
        organisation=of_value(str | None, row["organisation"]),
        modified=of_value(datetime, row["modified"]),
        count=of_value(int, row["count"]),
        left_out=of_value(int, row["left_out"]),
        closed_see=of_value(str | None, row["closed_see"]),
        gone=of_value(bool, row["gone"]),
        changes=of_value(bool, row.get("changes", False)),
        events=numbers,
        bodies=bodies,
    )


def _body(pack: bytes, offset: int, length: int, etag: str) -> Body:
    found = Body(of_value(str, etag), of_value(int, length), pack, of_value(int, offset))
    if len(found.content) != length or seal.short_digest(found.content) != etag:
        raise ValueError(f"{layout.FEEDS} is not what was written")
    return found


class LiveSite:
    """The site in a folder as it is now: a new version is taken up within ``fresh`` seconds.

    ``trouble`` says why the current version cannot be read, "" where it can.
    """

    def __init__(self, out: Path, fresh: float = FRESH) -> None:
        self._out = out
        self._fresh = fresh
        self._lock = threading.Lock()
        self._site: Site | None = None
        self._error: SiteError | None = None
        self._looked = float("-inf")

    @property
    def trouble(self) -> str:
        """Why the current version cannot be read."""
        return str(self._error) if self._error else ""

    def current(self) -> Site:
        """Return the current site; the one before stays while a new one cannot be read. Raise SiteError if there is none."""
        site = self._site
        if site is not None and time.monotonic() - self._looked < self._fresh:
            return site
        with self._lock:
            if time.monotonic() - self._looked >= self._fresh:
                self._look()
            if self._site is None:
                raise self._error or NoSite(f"no site has been compiled in {self._out}")
            return self._site

    def _look(self) -> None:
        """Look for another version; of damage, say so once, as all that is read is read anew while it lasts."""
        before, self._error = self.trouble, None
        try:
            if self._site is None or current_version(self._out).name != self._site.version:
                self._site = open_site(self._out)
        except SiteError as error:
            self._error = error
            if not isinstance(error, NoSite) and str(error) != before:
                _log.error("coopcal: %s", error)
        finally:
            self._looked = time.monotonic()
