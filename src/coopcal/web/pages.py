"""Pages: plain, server-rendered, from a site's records and an instant."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from coopcal.emit import dates
from coopcal.emit.words import word
from coopcal.site.reader import Site
from coopcal.site.record import EventRecord
from coopcal.web.current import instant, site
from coopcal.web.documents import document
from coopcal.web.headers import PAGE_CACHING

blueprint = Blueprint("pages", __name__, template_folder="templates")

NEXT = 20
"""Events that the first page shows."""


@cache
def style() -> tuple[str, str]:
    """Give the style sheet and its address, which changes with it."""
    css = (Path(__file__).parent / "static/style.css").read_text(encoding="utf-8")
    return css, f"/static/style.{hashlib.sha256(css.encode()).hexdigest()[:12]}.css"


def say(text: Mapping[str, str], language: str) -> Markup:
    """Give a text in a language, else in the first there is, marked with its own language then."""
    if language in text:
        return Markup.escape(text[language])
    for other, said in text.items():
        return Markup('<span lang="{}">{}</span>').format(other, said)
    return Markup()


def say_html(html: Mapping[str, str], language: str) -> Markup:
    """Give HTML that the compile made safe, in a language, else in the first there is."""
    for tag in (language, *html):
        if tag in html:
            return Markup('<div lang="{}">{}</div>').format(tag, Markup(html[tag]))  # noqa: S704 - rendered with html=False
    return Markup()


def ends(event: EventRecord) -> datetime:
    """Give the instant after which an event is past; days end with the day in UTC."""
    if event.end is not None:
        return event.end.astimezone(UTC)
    if event.last == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(event.last + timedelta(days=1), time(0), UTC)


@blueprint.get("/")
def home() -> Response:
    """Show organisations and feeds, and what is on next."""
    found = site()
    upcoming = sorted((event for event in found.events if ends(event) > instant()), key=_next)
    ids = {one.id for one in found.organisations}
    feeds = [feed for name, feed in found.feeds.items() if name == feed.id and not feed.gone]
    return page(
        "home.html",
        feeds=[feed for feed in feeds if feed.id not in ids],
        organisations=sorted(found.organisations, key=lambda one: one.id),
        upcoming=upcoming[:NEXT],
    )


@blueprint.get("/organisations/<slug:identifier>/")
def organisation(identifier: str) -> Response:
    """Show an organisation and its events."""
    found = site()
    one = next((each for each in found.organisations if each.id == identifier), None)
    if one is None:
        abort(404)
    events = [
        event for event in found.events if any(party.organisation == identifier for party in event.parties)
    ]
    held = next((each.since for each in found.manifest.held if each.organisation == identifier), None)
    language = found.manifest.languages[0]
    said = word("held", language, day=dates.day(held.date(), language)) if held else None
    return page("organisation.html", one=one, feed=found.feeds.get(identifier), held=said, **_split(events))


@blueprint.get("/feeds/<slug:identifier>/")
def feed(identifier: str) -> Response:
    """Show how to subscribe to a feed."""
    found = site()
    entry = found.feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    languages = [one for name, one in found.translations if name == entry.id]
    return page("feed.html", feed=entry, languages=sorted(languages))


@blueprint.get("/events/<path:address>")
def event(address: str) -> Response:
    """Show an event or a session, or give one of its documents."""
    found = site()
    events = {each.address: each for each in found.events}
    one = events.get(f"/events/{address}")
    if one is None:
        if f"/events/{address}/" in events:
            return make_response(redirect(f"/events/{address}/", 308))
        return document(address)
    sessions = [events[session] for session in one.sessions if session in events]
    return page("event.html", event=one, sessions=sessions, parent=events.get(one.parent or ""))


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    """Give the style sheet, for as long as anybody likes."""
    css, address = style()
    if address != f"/static/{name}":
        abort(404)
    answer = Response(css, mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def show_error(error: HTTPException) -> Response:
    """Show what is wrong with a request, in a few words."""
    code = error.code or 500
    answer = _error(code)
    if code == 503:  # noqa: PLR2004
        answer.headers["Retry-After"] = "60"
    for name, value in error.get_headers():
        if name.lower() == "allow":
            answer.headers[name] = value
    if error.response is not None and 300 <= code < 400:  # noqa: PLR2004 - a redirection is no error
        return make_response(error.response)
    if 300 <= code < 400:  # noqa: PLR2004
        return make_response(error.get_response())
    return answer


def show_failure(error: Exception) -> Response:
    """Log what failed, and show none of it."""
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _error(500)


def _error(code: int) -> Response:
    words = {
        400: ("Not understood", "This cannot be understood; please go back and try again."),
        404: ("Not found", "There is nothing at this address."),
        405: ("Not allowed", "This address can be read, and nothing else."),
        410: ("Gone", "What was here has ended."),
        413: (
            "Too large",
            "This is more than is taken here. Split it, or check it with the command coopcal check.",
        ),
        503: ("Not ready", "Nothing has been published yet. Please try again in a minute."),
    }
    title, said = words.get(code, ("Something went wrong", "Please try again later."))
    answer = make_response(render_template("error.html", title=title, said=said, style=style()[1]), code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def page(template: str, **values: Any) -> Response:
    """Give a page of the site."""
    found = site()
    language = found.manifest.languages[0]
    answer = make_response(
        render_template(
            template,
            site=found,
            language=language,
            style=style()[1],
            say=lambda text: say(text, language),
            say_html=lambda html: say_html(html, language),
            feed_url=lambda entry: f"{found.manifest.base_url}/feeds/{entry.id}.ics",
            webcal_url=lambda entry: _webcal(found, entry.id),
            **values,
        )
    )
    answer.headers["Cache-Control"] = PAGE_CACHING
    return answer


def _webcal(found: Site, identifier: str) -> str:
    parts = urlsplit(found.manifest.base_url)
    return f"webcal://{parts.netloc}{parts.path}/feeds/{identifier}.ics"


def _split(events: list[EventRecord]) -> dict[str, list[EventRecord]]:
    now = instant()
    return {
        "upcoming": sorted((event for event in events if ends(event) > now), key=_next),
        "past": sorted((event for event in events if ends(event) <= now), key=_start, reverse=True),
    }


def _next(event: EventRecord) -> tuple[datetime, str]:
    """Give the key that sorts by what comes next; of a series, by its next date."""
    start, address = _start(event)
    coming = next((day for day in event.dates if day >= instant().date()), None)
    return (start + (coming - event.first) if coming else start), address


def _start(event: EventRecord) -> tuple[datetime, str]:
    start = event.start or datetime.combine(event.first, time(0), UTC)
    return start, event.address
