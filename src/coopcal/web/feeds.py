"""Published feeds, answered ahead of Flask from ready header lists; and private ones, by what is loaded once somebody asks for them."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import Protocol

from flask import Flask

from coopcal.formats.filtered import changed, narrowed, with_reminder
from coopcal.site.index import Body, FeedEntry
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import LiveSite, Site
from coopcal.views.filters import Filters, Refused, hour, read_filters
from coopcal.web import conditions
from coopcal.web.current import Agendas, PerSite
from coopcal.web.delivery import (
    GZIP_LEVEL,
    VARYING,
    Answer,
    Cache,
    Delivery,
    Environ,
    Headers,
    Page,
    Request,
    delivery,
    stored,
)
from coopcal.web.headers import FEED_CACHING, SECURITY
from coopcal.web.pages.feed_health import COUNTING

_TAG = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
_FEED = re.compile(
    r"/feeds/(?P<feed>[a-z0-9]+(?:-[a-z0-9]+)*)"
    rf"(?:(?:/remind/(?P<reminder>[A-Za-z0-9]+))?(?:\.(?P<language>{_TAG}))?\.ics"
    r"|/archive/(?P<year>[1-9][0-9]{3})\.ics"
    rf"|/(?P<changes>changes)(?:\.(?P<told_in>{_TAG}))?\.atom)"
)
_MADE = ("gzip", "identity")
_PREFERENCE = ("br", "gzip", "identity")
_ALLOWED = "GET, HEAD, OPTIONS"
_OPEN = (("Access-Control-Allow-Origin", "*"), ("X-Robots-Tag", "noindex"), *SECURITY)


class FeedLayer:
    """Answers the feeds, their translations and archives, and hands every other request on.

    ``/feeds/<feed>.ics``, ``/feeds/<feed>.<language>.ics`` and ``/feeds/<feed>/archive/<year>.ics``, each narrowed, and
    with reminders, where the query asks for it (``coopcal.views.filters``); with each reminder that a feed is offered with
    ``/feeds/<feed>/remind/<reminder>.ics`` and ``/feeds/<feed>/remind/<reminder>.<language>.ics``, which answer as the feed
    does that is asked for it; and what changed, ``/feeds/<feed>/changes.atom`` and
    ``/feeds/<feed>/changes.<language>.atom``.

    Nothing depends on the User-Agent; credentials are ignored, as Outlook sends some to public feeds
    (clients.md 4.15).
    """

    def __init__(self, live: LiveSite, agendas: Agendas, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._agendas = agendas
        self._clock = clock
        self._cache = Cache()
        self._published: PerSite[dict[str, Page]] = PerSite(lambda _: {})

    def at_once(self, site: Site, request: Request) -> Page | None:
        """Return what is sent of a published feed as it stands; None to any other request, and where that is rare."""
        if request.query:
            return None
        known = self._published.of(site)
        sent = known.get(request.path)
        if sent is None:
            match = _FEED.fullmatch(request.path)
            entry = _addressed(site, match) if match and not match["reminder"] else None
            if entry is None or entry.gone:
                return None
            sent = known[request.path] = Page(_delivery(entry), None)
        return sent

    def answer(self, request: Request) -> Answer | None:
        """Return the answer to a request for a feed, be it there or not; None to any other request."""
        match = _FEED.fullmatch(request.path)
        return self._answer(match, request) if match else None

    def _answer(self, address: re.Match[str], request: Request) -> Answer:
        if request.method == "OPTIONS":
            return _bodiless("204 No Content", _ALLOWED)
        if request.method not in ("GET", "HEAD"):
            return _plain("405 Method Not Allowed", "Feeds are read with GET or HEAD.", ("Allow", _ALLOWED))
        try:
            site = self._live.current()
        except NoSite:
            return _plain("503 Service Unavailable", "Nothing has been published yet.", ("Retry-After", "60"))
        except SiteError:
            sentence = "The site is damaged; whoever keeps it finds the reason at /readyz."
            return _plain("503 Service Unavailable", sentence, ("Retry-After", "60"))
        entry, reminder = _addressed(site, address), address["reminder"]
        if entry is None or (reminder and reminder not in (entry.reminders or ())):
            return _plain("404 Not Found", "There is no such feed.")
        if entry.gone:
            return _plain("410 Gone", ended(site, entry))
        if entry.changes:
            return _delivery(entry).answer(request)
        filters = read_filters(request.query)
        if isinstance(filters, Refused):
            return _plain("400 Bad Request", filters.message)
        if reminder:
            filters = replace(filters, remind=reminder)
        return self._narrowed(site, entry, filters, request).answer(request)

    def _narrowed(self, site: Site, entry: FeedEntry, filters: Filters, request: Request) -> Delivery:
        """Return a feed with what is asked for; a closed one says where to go whatever that is.

        It is compressed once somebody asks for that.
        """
        selects = filters.selects
        if not selects and not filters.remind:
            return _delivery(entry)
        begun = hour(self._clock()) if selects and filters.depends_on_time else None
        query = filters.query()
        key = (site.version, entry.id, entry.year, entry.translation, query, begun)

        def made() -> Delivery:
            reminder = filters.reminder

            def reminded(event: bytes) -> bytes:
                return with_reminder(event, reminder) if reminder else event

            if selects:
                uids = filters.uids(self._agendas.of(site), entry.id, begun or entry.modified)
                source = f"{site.manifest.base_url}{_path(entry)}?{query}"
                content = narrowed(site, entry, uids, source, reminded)
            else:
                content = changed(entry, reminded)
            return sent({"identity": stored(content)})

        def compressed() -> Delivery:
            body = self._cache.get(key, made).by_coding["identity"].body
            packed = gzip.compress(body.content, GZIP_LEVEL, mtime=0)
            return sent({"gzip": stored(packed), "identity": body})

        def sent(bodies: dict[str, Body]) -> Delivery:
            modified = max(entry.modified, begun or entry.modified)
            narrowed = replace(entry, bodies=bodies, modified=modified)
            return _delivery(narrowed, compressed=len(entry.bodies) > 1)

        accept = request.accept_encoding or "identity"
        if len(entry.bodies) == 1 or conditions.coding(accept, _MADE) != "gzip":
            return self._cache.get(key, made)
        return self._cache.get((*key, "gzip"), compressed)


def _addressed(site: Site, address: re.Match[str]) -> FeedEntry | None:
    """Return the feed of an address, whatever reminder that names."""
    name, _, language, year, changes, told_in = address.groups()
    if changes is not None:
        return site.changes.get((name, told_in))
    if year is not None:
        return site.archives.get((name, int(year)))
    return site.feeds.get(name) if language is None else site.translations.get((name, language))


def _path(entry: FeedEntry) -> str:
    if entry.year is not None:
        return f"/feeds/{entry.id}/archive/{entry.year}.ics"
    return f"/feeds/{entry.id}{f'.{entry.translation}' if entry.translation else ''}.ics"


def ended(site: Site, entry: FeedEntry) -> str:
    """Return the sentence that a feed which is gone answers with, and where to go instead."""
    where = f" See {_successor(site, entry.closed_see)}" if entry.closed_see else ""
    return f"This feed has ended.{where}"


def _successor(site: Site, see: str) -> str:
    return see if "://" in see else f"{site.manifest.base_url}/feeds/{see}/"


def _delivery(entry: FeedEntry, *, compressed: bool | None = None) -> Delivery:
    """Return what is sent of a feed, which is had ``compressed``, too, where it says nothing else."""
    offered = {coding: entry.bodies[coding] for coding in _PREFERENCE if coding in entry.bodies}
    vary = (VARYING,) if (len(offered) > 1 if compressed is None else compressed) else ()
    return delivery(
        offered, _of_body(entry), (("Cache-Control", FEED_CACHING), *vary, *_OPEN), entry.modified
    )


def _of_body(entry: FeedEntry) -> Headers:
    if entry.changes:
        return (("Content-Type", "application/atom+xml; charset=utf-8"),)
    name = entry.id if entry.year is None else f"{entry.id}-{entry.year}"
    name = name if entry.translation is None else f"{name}.{entry.translation}"
    return (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Disposition", f'inline; filename="{name}.ics"'),
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


class _Layer(Protocol):
    def answer(self, environ: Environ, request: Request) -> Answer:
        """Answer a request."""


_SECRET = re.compile(
    r"[/\\.]*(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|feeds)[/\\]+)?private(?:[/\\].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Also as it is mistyped: the page for what is not there has links, at which browsers tell where they were clicked."""


def is_secret(path: str) -> bool:
    """Return whether a path below the root of the site is one that holds a secret, or was meant to be."""
    return _SECRET.fullmatch(path) is not None


class Secret:
    """Answers what is below ``/private/``, by what is loaded once somebody asks for it."""

    def __init__(self, live: LiveSite, clock: Callable[[], datetime], app: Flask) -> None:
        self._live, self._clock, self._app = live, clock, app

    def answer(self, environ: Environ, request: Request) -> Answer:
        """Return the answer to a request."""
        return self._layer.answer(environ, request)

    @cached_property
    def _layer(self) -> _Layer:
        keeper = self._app.extensions.get(COUNTING)
        layer: _Layer = import_module("coopcal.web.private").PrivateLayer(
            self._live, self._clock, keeper.use if keeper else _unnoted
        )
        return layer


def _unnoted(_: str) -> None:
    """Note nothing."""
