"""Published feeds, answered ahead of Flask from ready header lists."""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from coopcal.formats.filtered import changed, narrowed, with_reminder
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import LiveSite, Site
from coopcal.views.filters import Filters, Refused, hour, read_filters
from coopcal.web import conditions
from coopcal.web.cache import Cache
from coopcal.web.current import Agendas
from coopcal.web.headers import FEED_CACHING, SECURITY

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_FEED = re.compile(
    r"/feeds/([a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:(?:\.([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)|/archive/([1-9][0-9]{3}))?\.ics"
    r"|/(changes)(?:\.([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*))?\.atom)"
)
_PREFERENCE = ("br", "gzip", "identity")
_ALLOWED = "GET, HEAD, OPTIONS"
_OPEN = (("Access-Control-Allow-Origin", "*"), ("X-Robots-Tag", "noindex"), *SECURITY)

Answer = tuple[str, list[tuple[str, str]], bytes]


class FeedLayer:
    """Answers the feeds, their translations and archives, and hands every other request on.

    ``/feeds/<feed>.ics``, ``/feeds/<feed>.<language>.ics`` and ``/feeds/<feed>/archive/<year>.ics``, each narrowed, and
    with reminders, where the query asks for it (``coopcal.filters``); and what changed, ``/feeds/<feed>/changes.atom`` and
    ``/feeds/<feed>/changes.<language>.atom``.

    Nothing depends on the User-Agent; credentials are ignored, as Outlook sends some to public feeds
    (clients.md 4.15).
    """

    def __init__(
        self, live: LiveSite, onward: Application, agendas: Agendas, clock: Callable[[], datetime]
    ) -> None:
        self._live = live
        self._onward = onward
        self._agendas = agendas
        self._clock = clock
        self._cache = Cache()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        match = _FEED.fullmatch(environ.get("PATH_INFO", ""))
        if match is None:
            return self._onward(environ, start_response)
        status, headers, body = self._answer(match, environ)
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _answer(self, address: re.Match[str], environ: Environ) -> Answer:
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return _bodiless("204 No Content", _ALLOWED)
        if method not in ("GET", "HEAD"):
            return _plain("405 Method Not Allowed", "Feeds are read with GET or HEAD.", ("Allow", _ALLOWED))
        try:
            site = self._live.current()
        except NoSite:
            return _plain("503 Service Unavailable", "Nothing has been published yet.", ("Retry-After", "60"))
        except SiteError:
            sentence = "The site is damaged; whoever keeps it finds the reason at /readyz."
            return _plain("503 Service Unavailable", sentence, ("Retry-After", "60"))
        entry = _addressed(site, *address.groups())
        if entry is None:
            return _plain("404 Not Found", "There is no such feed.")
        if entry.gone:
            where = f" See {_successor(site, entry.closed_see)}" if entry.closed_see else ""
            return _plain("410 Gone", f"This feed has ended.{where}")
        if entry.changes:
            return _feed(site, entry, environ)
        filters = read_filters(environ.get("QUERY_STRING", ""))
        if isinstance(filters, Refused):
            return _plain("400 Bad Request", filters.message)
        return _feed(site, self._narrowed(site, entry, filters), environ)

    def _narrowed(self, site: Site, entry: FeedEntry, filters: Filters) -> FeedEntry:
        """Return a feed with what is asked for; a closed one says where to go whatever that is."""
        selects = filters.selects
        if not selects and not filters.remind:
            return entry
        begun = hour(self._clock()) if selects and filters.depends_on_time else None
        query = filters.query()
        key = (site.version, entry.id, entry.year, entry.translation, query, begun)

        def made() -> dict[str, Body]:
            reminder = filters.reminder

            def reminded(event: bytes) -> bytes:
                return with_reminder(event, reminder) if reminder else event

            if selects:
                uids = filters.uids(self._agendas.of(site), entry.id, begun or entry.modified)
                source = f"{site.manifest.base_url}{_path(entry)}?{query}"
                content = narrowed(site, entry, uids, source, reminded)
            else:
                content = changed(entry, reminded)
            return _bodies(content, compressed=len(entry.bodies) > 1)

        bodies = self._cache.get(key, made)
        return replace(entry, bodies=bodies, modified=max(entry.modified, begun or entry.modified))


def _addressed(
    site: Site, name: str, language: str | None, year: str | None, changes: str | None, told_in: str | None
) -> FeedEntry | None:
    if changes is not None:
        return site.changes.get((name, told_in))
    if year is not None:
        return site.archives.get((name, int(year)))
    return site.feeds.get(name) if language is None else site.translations.get((name, language))


def _path(entry: FeedEntry) -> str:
    if entry.year is not None:
        return f"/feeds/{entry.id}/archive/{entry.year}.ics"
    return f"/feeds/{entry.id}{f'.{entry.translation}' if entry.translation else ''}.ics"


def _successor(site: Site, see: str) -> str:
    return see if "://" in see else f"{site.manifest.base_url}/feeds/{see}/"


def _bodies(content: bytes, *, compressed: bool) -> dict[str, Body]:
    contents = {"identity": content}
    if compressed:
        contents["gzip"] = gzip.compress(content, mtime=0)
    return {
        encoding: Body(hashlib.sha256(body).hexdigest()[:32], len(body), body, 0)
        for encoding, body in contents.items()
    }


def _feed(site: Site, entry: FeedEntry, environ: Environ) -> Answer:
    offered = tuple(coding for coding in _PREFERENCE if coding in entry.bodies)
    accept = environ.get("HTTP_ACCEPT_ENCODING")
    chosen = conditions.coding(accept, offered) if accept is not None else "identity"
    body = entry.bodies[chosen or "identity"]
    headers = _headers(site, entry, chosen or "identity", compressed=len(offered) > 1)
    matching = environ.get("HTTP_IF_NONE_MATCH")
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if matching is not None:
        unchanged = conditions.none_match(matching, body.etag)
    else:
        unchanged = since is not None and conditions.not_modified_since(since, entry.modified)
    if unchanged:
        return "304 Not Modified", list(headers), b""
    length = ("Content-Length", str(body.length))
    content = b"" if environ["REQUEST_METHOD"] == "HEAD" else body.content
    return "200 OK", [*_typed(entry, chosen or "identity"), length, *headers], content


def _typed(entry: FeedEntry, encoding: str) -> tuple[tuple[str, str], ...]:
    if entry.changes:
        kind = ("Content-Type", "application/atom+xml; charset=utf-8")
        return (kind,) if encoding == "identity" else (kind, ("Content-Encoding", encoding))
    name = entry.id if entry.year is None else f"{entry.id}-{entry.year}"
    name = name if entry.translation is None else f"{name}.{entry.translation}"
    typed: tuple[tuple[str, str], ...] = (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Disposition", f'inline; filename="{name}.ics"'),
    )
    return typed if encoding == "identity" else (*typed, ("Content-Encoding", encoding))


def _headers(site: Site, entry: FeedEntry, encoding: str, *, compressed: bool) -> tuple[tuple[str, str], ...]:
    """Return what 200 and 304 share (RFC 9110, 15.4.5)."""
    return _ready(
        site.version, entry.bodies[encoding].etag, conditions.last_modified(entry.modified), compressed
    )


@lru_cache(maxsize=4096)
def _ready(version: str, etag: str, modified: str, compressed: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - a part of the key
    del version
    vary = (("Vary", "Accept-Encoding"),) if compressed else ()
    return (
        ("ETag", f'"{etag}"'),
        ("Last-Modified", modified),
        ("Cache-Control", FEED_CACHING),
        *vary,
        *_OPEN,
    )


def _bodiless(status: str, allowed: str) -> Answer:
    return (
        status,
        [
            ("Allow", allowed),
            ("Access-Control-Allow-Methods", "GET, HEAD"),
            ("Access-Control-Max-Age", "86400"),
            *_OPEN,
        ],
        b"",
    )


def _plain(status: str, sentence: str, *more: tuple[str, str]) -> Answer:
    body = f"{sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *more,
        *_OPEN,
    ]
    return status, headers, body
