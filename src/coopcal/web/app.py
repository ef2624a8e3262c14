"""The application: a site, and the routes to it."""

import gzip
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.test import create_environ, run_wsgi_app

from coopcal.site.reader import LiveSite
from coopcal.text.dates import language_name
from coopcal.views.former import FormerAddresses
from coopcal.views.search import Index
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
from coopcal.web.current import Agendas, PerSite
from coopcal.web.feeds import Application, FeedLayer
from coopcal.web.headers import SECURITY, stay_here

WORTH_COMPRESSING = 1000
"""Bytes below which compressing saves no packet."""


def now() -> datetime:
    """Return the time on the clock."""
    return datetime.now(UTC)


def create_app(
    live: LiveSite,
    clock: Callable[[], datetime] = now,
    extras: Iterable[Callable[[Flask], None]] = (),
) -> Application:
    """Return a WSGI application that serves a site as it is at each request.

    ``clock`` tells which events are next. ``extras`` add what only some servers have: pages that check what is pasted
    (``check.pages``), or that follow sources which are watched (``watch.pages``).
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
        "day_in_words": language.day_in_words,
        "month_in_words": language.month_in_words,
        "weekday_in_words": language.weekday_in_words,
    }
    app.jinja_env.globals["asset"] = assets.asset
    app.jinja_env.globals["home"] = lambda: language.localised("/")
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
    agendas = app.extensions["coopcal_agendas"] = Agendas()
    app.extensions["coopcal_former"] = PerSite(FormerAddresses)
    app.extensions["coopcal_index"] = PerSite(lambda site: Index(agendas.of(site)))
    language.install(app.jinja_env)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(pages.blueprint, name="pages-by-language", url_prefix="/<language:language>")
    app.register_blueprint(embed.blueprint)
    app.register_blueprint(formats.blueprint())
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(sitemap.blueprint)
    app.register_error_handler(HTTPException, pages.errors.show_error)
    app.register_error_handler(Exception, pages.errors.show_failure)
    app.after_request(_finish)
    for extra in extras:
        extra(app)
    return FeedLayer(live, app.wsgi_app, agendas, clock)


def warm(app: Application) -> None:
    """Ask an application for its first page once, so that the first visitor does not wait for what is made only once."""
    run_wsgi_app(app, create_environ("/"))


def _finish(response: Response) -> Response:
    for name, value in SECURITY:
        response.headers.setdefault(name, value)
    stay_here(response)
    if (
        response.status == "200 OK"
        and not response.direct_passthrough
        and not response.cache_control.no_store
    ):
        _compress(response)
        response.add_etag()
        response.make_conditional(request)
    return response


def _compress(response: Response) -> None:
    """Send text compressed to whoever takes that, where it pays; feeds have bodies of their own for it."""
    if "Content-Encoding" in response.headers or "Content-Disposition" in response.headers:
        return
    if not re.match(r"text/|application/(?:\w+\+)?(?:json|xml)|image/svg", response.mimetype or ""):
        return
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) >= WORTH_COMPRESSING and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(content, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
