"""The application: a site, and the routes to it."""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.test import create_environ
from werkzeug.wsgi import ClosingIterator

from coopcal.formats.request import Where, as_asked
from coopcal.model.ids import ALL
from coopcal.site.layout import SiteError
from coopcal.site.reader import LiveSite, Site
from coopcal.text.dates import language_name
from coopcal.views.former import FormerAddresses
from coopcal.views.occurrences import chapters
from coopcal.web import (
    assets,
    converters,
    embed,
    formats,
    health,
    language,
    pages,
    sitemap,
)
from coopcal.web.current import AWAY, FORMER, SITE, Agendas, PerSite, true_until
from coopcal.web.delivery import (
    Answer,
    Application,
    Environ,
    Page,
    Pages,
    Ready,
    Request,
    StartResponse,
    page_of,
)
from coopcal.web.feeds import FeedLayer, Secret, is_secret
from coopcal.web.headers import SECURITY, stay_here
from coopcal.web.links import are_served, at_home, base_path, link

FIRST_FORMATS = ("jcal?tag=a", "jcal", "json", "csv", "atom", "rss")
"""Formats of the feed of everything that are made of a site before it is served: no other takes as long to make."""

_PAGE = "coopcal.page"
"""Where a request carries the answer that may be kept."""

_UNTIL = "coopcal.until"
"""Where a request carries until when its answer is true, where that is made to be a file."""


def now() -> datetime:
    """Return the time on the clock."""
    return datetime.now(UTC)


def create_app(
    live: LiveSite,
    clock: Callable[[], datetime] = now,
    extras: Iterable[Callable[[Flask], None]] = (),
    where: Where = as_asked,
) -> "Front":
    """Return a WSGI application that serves a site as it is at each request.

    ``clock`` tells which events are next. ``extras`` add what only some servers have: pages that check what is pasted
    (``check.pages``), or that follow sources which are watched (``watch.pages``). ``where`` is told of pages that are made to be
    static files: where what an address gives stands.
    """
    app = Flask("coopcal.web", root_path=str(Path(__file__).parent), static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "language_name": language_name,
        "weekday": language.weekday,
        "month": language.month,
        "country": language.country,
        "tongue": language.tongue,
        "iso_week": language.iso_week,
        "short_day": language.short_day,
        "day_and_month": language.day_and_month,
        "day_in_month": language.day_in_month,
        "around_day": language.around_day,
        "chapters": chapters,
        "roughly": language.roughly,
        "since": language.since,
        "unbroken": language.unbroken,
        "day_in_words": language.day_in_words,
        "month_in_words": language.month_in_words,
        "weekday_and_day": language.weekday_and_day,
        "weekday_in_words": language.weekday_in_words,
    }
    app.jinja_env.globals["asset"] = lambda name: link(assets.asset(name))
    app.jinja_env.globals["home"] = lambda: link(language.localised("/"))
    app.url_map.strict_slashes = True
    app.url_map.converters |= {
        "slug": converters.SlugConverter,
        "month": converters.MonthConverter,
        "week": converters.WeekConverter,
        "year": converters.YearConverter,
        "language": language.LanguageConverter,
        "format": formats.FormatConverter,
    }
    app.extensions["coopcal"] = live
    app.extensions["coopcal_clock"] = clock
    app.extensions["coopcal_where"] = where
    agendas = app.extensions["coopcal_agendas"] = Agendas()
    app.extensions["coopcal_former"] = PerSite(FormerAddresses)
    language.install(app.jinja_env)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(pages.blueprint, name="pages-by-language", url_prefix="/<language:language>")
    app.register_blueprint(embed.blueprint)
    app.register_blueprint(formats.blueprint)
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(sitemap.blueprint)
    app.register_error_handler(HTTPException, pages.errors.show_error)
    app.register_error_handler(Exception, pages.errors.show_failure)
    app.after_request(_finish)
    for extra in extras:
        extra(app)
    front = Front(live, FeedLayer(live, agendas, clock), Secret(live, clock, app), app.wsgi_app, clock)
    live.ready = front.make_ready
    return front


class Plain(NamedTuple):
    """An answer as it is, for a file: its status, headers, and content; it is true ``until`` an instant, None for ever."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    until: datetime | None


class Front:
    """The application (WSGI): feeds, then answers that are kept, then all that Flask answers.

    Whatever may be kept is sent in the same way when it is made and when it is known: in the coding that is asked for, whole,
    as headers, or as 304. It depends on the site, on its address, and on time as long as it says; nothing of it depends on
    the host that a request names, but that pages at a former address of the site lead on.
    """

    def __init__(
        self,
        live: LiveSite,
        feeds: FeedLayer,
        secret: Secret,
        flask: Application,
        clock: Callable[[], datetime],
    ) -> None:
        self._live = live
        self._feeds = feeds
        self._secret = secret
        self._flask = flask
        self._clock = clock
        self._pages = Pages()
        self._known = PerSite(lambda _: Ready())
        self._ready = PerSite(self._first_pages)

    def at_once(self, request: Request) -> Answer | None:
        """Return what is answered by looking it up: a feed as it stands, what is known and still true; None to all else.

        No file is opened and nothing made, so that it may be asked where nothing may wait.
        """
        site = self._site()
        if site is None:
            return None
        request = at_home(request, site.manifest)
        return None if is_secret(request.path) else self._looked_up(site, request)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        site = self._site()
        request = Request.of(environ)
        if site is not None:
            request = at_home(request, site.manifest)
            environ["PATH_INFO"], environ[FORMER] = request.path, request.former
        if is_secret(request.path):
            answer: Answer | None = self._secret.answer(environ, request)
        else:
            answer = (self._looked_up(site, request) if site else None) or self._feeds.answer(request)
        if answer is None:
            begun: list[tuple[object, ...]] = []
            environ[SITE] = site
            chunks = self._flask(environ, lambda *started: begun.append(started))
            page: Page | None = environ.pop(_PAGE, None)
            if page is None:
                start_response(*begun[0])
                return chunks
            if site is not None:
                self._pages.keep(site.version, request, page)
            answer = page.delivery.answer(request)
        status, headers, body = answer
        start_response(status, headers)
        return [b"" if request.method == "HEAD" else body]

    def plain(self, address: str) -> Plain:
        """Return what an address (a path, perhaps with a query) gives, as it is: of an application whose pages are to be files."""
        environ = create_environ(address)
        answer = self._feeds.answer(Request.of(environ))
        if answer is None:
            begun: list[tuple[str, list[tuple[str, str]]]] = []
            environ[SITE] = self._site()
            with closing(
                ClosingIterator(self._flask(environ, lambda status, headers: begun.append((status, headers))))
            ) as chunks:
                content = b"".join(chunks)
            answer = (*begun[0], content)
        status, headers, content = answer
        return Plain(int(status[:3]), dict(headers), content, environ.get(_UNTIL))

    def make_ready(self, site: Site) -> None:
        """Make of a site, once, what its first requests would wait for: what is made once a version, and first pages.

        All that is there by then stays for long, so that the cyclic garbage collector need not look through it again and again,
        while requests wait; of a site that is closed nothing is left in cycles.
        """
        self._ready.of(site)
        gc.freeze()

    def warm(self) -> None:
        """Make the site that is served ready, where there is one."""
        site = self._site()
        if site is not None:
            self.make_ready(site)

    def _first_pages(self, site: Site) -> tuple[str, ...]:
        """Make a page of each kind that needs something of its own, and the longest lists; return which."""
        paths = tuple(_first_paths(site, self._clock().date()))
        for path in paths:
            environ = create_environ(path) | {SITE: site}
            self._flask(environ, lambda *_: None)
            page: Page | None = environ.pop(_PAGE, None)
            if page is not None:
                self._pages.keep(site.version, Request.of(environ), page)
        return paths

    def _site(self) -> Site | None:
        """Return the site that is served, None while there is none."""
        try:
            return self._live.current()
        except SiteError:
            return None

    def _looked_up(self, site: Site, request: Request) -> Answer | None:
        if request.method not in ("GET", "HEAD"):
            return None
        known = self._known.of(site)
        answer = known.answer(request, self._clock)
        if answer is None:
            page = self._feeds.at_once(site, request) or self._pages.known(
                site.version, request, self._clock()
            )
            if page is not None:
                known.keep(request, page)
                answer = page.delivery.answer(request)
        return answer


def _first_paths(site: Site, today: date) -> Iterator[str]:
    """Return the addresses of a page of each kind, and of the longest lists."""
    yield from ("/", "/search/?q=a", "/builder/", f"/feeds/{ALL}/", f"/feeds/{ALL}/{today:%Y-%m}/")
    yield from (f"/embed/{ALL}/{view}.{site.manifest.languages[0]}/" for view in ("list", "month"))
    yield from (f"/organisations/{one.id}/" for one in site.organisations[:1])
    yield from (record.address for record in site.events[:1])
    yield from (f"/feeds/{ALL}.{ending}" for ending in FIRST_FORMATS)


_OPEN = re.compile(r"/embed/|/feeds/[^/]+\.[^/]+$|(?:/[^/]+)?/(?:.*/)?oembed\.json$")
"""Addresses that pages of other sites read: what is wrong with them is read there, too."""


def _finish(response: Response) -> Response:
    for name, value in SECURITY:
        response.headers.setdefault(name, value)
    if response.status_code >= HTTPStatus.BAD_REQUEST and _OPEN.match(request.path):
        response.headers["Access-Control-Allow-Origin"] = "*"
    if AWAY not in request.environ:
        stay_here(response, base_path())
    if not are_served():
        request.environ[_UNTIL] = true_until()
        leads = response.headers.get("Location")
        return pages.errors.moved(leads) if leads and AWAY not in request.environ else response
    is_whole = response.status == "200 OK" and not response.direct_passthrough
    is_document = "Accept-Ranges" in response.headers  # has conditions of its own
    if is_whole and not is_document and not response.cache_control.no_store:
        _let_keep(response)
    return response


def _let_keep(response: Response) -> None:
    """Let an answer be sent as whoever asks for it wants it, and be kept for others."""
    content, headers = response.get_data(), response.headers.items()
    request.environ[_PAGE] = page_of(content, headers, true_until())
