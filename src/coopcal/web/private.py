"""Private feeds, at addresses that hold a token: one answer to whoever has none, in like time, and nothing that others keep."""

import gzip
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from coopcal.site.layout import SiteError
from coopcal.site.private import PrivateCalendar, PrivateFeed, body_of, private_feeds
from coopcal.site.reader import LiveSite
from coopcal.site.tokens import Opening, Openings, known_by
from coopcal.text import content_lines as lines
from coopcal.text.notice import notice
from coopcal.web.current import PerSite
from coopcal.web.delivery import (
    GZIP_LEVEL,
    VARYING,
    WORTH_COMPRESSING,
    Answer,
    Environ,
    Request,
    delivery,
    stored,
)
from coopcal.web.headers import SECURITY
from coopcal.web.hosts import is_private, without_port

_ADDRESS = re.compile(
    r"/private/(?P<token>[^/]{1,200})/(?P<feed>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<language>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*))?\.ics"
)
_ALLOWED = "GET, HEAD"
_SHARED = (
    ("Cache-Control", "private, no-cache"),
    ("X-Robots-Tag", "noindex"),
    *(pair for pair in SECURITY if pair[0] != "Referrer-Policy"),
    ("Referrer-Policy", "no-referrer"),
)

Use = Callable[[str], None]
"""Notes that a token was used, by what it is known by."""


class PrivateLayer:
    """Answers ``/private/<token>/<feed>.ics`` and ``/private/<token>/<feed>.<language>.ics``, and all else below ``/private/``."""

    def __init__(self, live: LiveSite, clock: Callable[[], datetime], use: Use) -> None:
        """Look at nothing yet."""
        self._live = live
        self._clock = clock
        self._use = use
        self._openings = Openings(live.out)
        self._feeds: PerSite[dict[str, PrivateFeed]] = PerSite(lambda site: dict(private_feeds(site.folder)))

    def answer(self, environ: Environ, request: Request) -> Answer:
        """Return the answer to a request for a path below ``/private/``."""
        if request.method not in ("GET", "HEAD"):
            return _plain("405 Method Not Allowed", "It is read with GET or HEAD.", ("Allow", _ALLOWED))
        if environ.get("wsgi.url_scheme") != "https" and not _is_here(environ):
            return _plain("403 Forbidden", "This address opens by https alone, as it is secret.")
        if request.query:
            return _plain(
                "400 Bad Request", "Private feeds are read whole: leave out what stands behind “?”."
            )
        try:
            return self._opened(request, is_doctor="HTTP_COOPCAL_DOCTOR" in environ)
        except SiteError:
            return _plain("503 Service Unavailable", "Try again in a minute.", ("Retry-After", "60"))

    def _opened(self, request: Request, *, is_doctor: bool) -> Answer:
        site = self._live.current()
        address = _ADDRESS.fullmatch(request.path)
        opening = _matching(self._openings.now(), address["token"] if address else "")
        feeds = self._feeds.of(site)
        feed = feeds.get(address["feed"]) if address else None
        calendar = feed.calendar(address["language"]) if feed and address else None
        if (
            opening is None
            or feed is None
            or calendar is None
            or feeds.get(opening.feed) is not feed
            or (opening.until is not None and opening.until <= self._clock())
        ):
            return _plain("404 Not Found", "There is nothing here.")
        if not is_doctor:
            self._use(known_by(opening.sha256))
        if feed.gone:
            return _plain("410 Gone", "This calendar has ended.")
        if opening.rotated is not None:
            return _delivered(feed, calendar, _replaced(feed, calendar, opening.rotated), None, request)
        return _delivered(feed, calendar, body_of(site.folder, calendar), calendar.modified, request)


def _matching(openings: tuple[Opening, ...], token: str) -> Opening | None:
    """Return what a token opens; every hash that is kept is looked at, and how long that takes tells nothing of any."""
    shown = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest().encode()
    found = None
    for opening in openings:
        if hmac.compare_digest(opening.sha256.encode(), shown):
            found = opening
    return found


def _is_here(environ: Environ) -> bool:
    """Return whether somebody asks this very machine, by a name of its own: a preview, or a test of an installation.

    What goes by http is readable on its way; this goes no way.
    """
    return is_private(without_port(environ.get("HTTP_HOST", "")))


def _delivered(
    feed: PrivateFeed, calendar: PrivateCalendar, body: bytes, modified: datetime | None, request: Request
) -> Answer:
    """Return a calendar. None as ``modified``: when it took the place of another is not known, and whoever asks by date gets it whole."""
    name = f"{feed.id}{f'.{calendar.translation}' if calendar.translation else ''}.ics"
    of_body = (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Disposition", f'inline; filename="{name}"'),
    )
    bodies = {"identity": stored(body)}
    if feed.compressed and request.accept_encoding and len(body) >= WORTH_COMPRESSING:
        bodies = {"gzip": stored(gzip.compress(body, GZIP_LEVEL, mtime=0)), **bodies}
    shared = (*_SHARED, VARYING) if feed.compressed else _SHARED
    return delivery(bodies, of_body, shared, modified).answer(request)


def _replaced(feed: PrivateFeed, calendar: PrivateCalendar, day: date) -> bytes:
    """Return a calendar of one event, on the day since which there is another address."""
    told = calendar.rotated
    return b"".join(
        (
            b"BEGIN:VCALENDAR\r\n",
            lines.raw("VERSION", "2.0"),
            lines.raw("PRODID", "-//coopcal//coopcal//EN"),
            lines.raw("CALSCALE", "GREGORIAN"),
            lines.text("NAME", feed.title),
            lines.text("X-WR-CALNAME", feed.title),
            notice(feed.rotated_uid, day, _midnight(day), told.title, told.advice, None),
            b"END:VCALENDAR\r\n",
        )
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _plain(status: str, sentence: str, *more: tuple[str, str]) -> Answer:
    body = f"{sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        *((name, "private, no-store" if name == "Cache-Control" else value) for name, value in _SHARED),
        *more,
    ]
    return status, headers, body
