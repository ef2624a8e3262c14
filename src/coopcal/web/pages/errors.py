"""What is wrong with a request, in a few words, and the way on; and pages that lead to where something is now."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.utils import import_string

from coopcal.model.ids import ALL
from coopcal.site.details import Words
from coopcal.site.record import WholeRecord
from coopcal.views.occurrences import dates_told
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.language import gettext as _
from coopcal.web.pages.blueprint import Successor, page, successor, titles

LONGEST = 64
"""Characters of an id: of longer ones the beginning is looked at."""

SHOWN, NEXT = 3, 5
"""What may be meant, and dates, that a page shows of what is not there."""


@dataclass(frozen=True, slots=True)
class Near:
    """A page that may be meant: its path without a language, and its name."""

    path: str
    name: Words


def show_error(error: HTTPException) -> Response:
    """Show what is wrong with a request; a redirection is no error."""
    code = error.code or 500
    if 300 <= code < 400:  # noqa: PLR2004
        return make_response(error.response or error.get_response())
    answer = _error(code)
    if code == 503:  # noqa: PLR2004
        answer.headers["Retry-After"] = "60"
    for name, value in error.get_headers():
        if name.lower() == "allow":
            answer.headers[name] = value
    return answer


def show_failure(error: Exception) -> Response:
    """Log what failed, and show none of it but a number by which it is found there."""
    number = _logged(error)
    answer = _error(500, _("Its number, for whoever keeps this site: %(number)s") % {"number": number})
    answer.headers["X-Request-Id"] = number
    return answer


def _logged(error: Exception) -> str:
    """Log what failed, without secrets of its address; return the number of that."""
    number, path = secrets.token_hex(8), import_string("coopcal.counting.address:told")(request.path)
    extra = {"request_id": number}
    current_app.logger.error("%s %s failed (%s)", request.method, path, number, exc_info=error, extra=extra)
    return number


def moved(address: str) -> Response:
    """Return a page that leads to another address by itself, for hosts of files, which have no redirects."""
    origin = urlsplit(site().manifest.base_url)._replace(path="").geturl()
    answer = page("moved.html", address=address, canonical=f"{origin}{address}", alternates=_homes())
    answer.headers["Location"] = address
    return answer


def _error(code: int, more: str = "") -> Response:
    words = {
        400: (_("Not a valid address"), _("This address asks for something that does not exist.")),
        404: (_("Not found"), _("There is nothing at this address.")),
        405: (_("Not allowed"), _("This address can only be read.")),
        410: (_("Page removed"), _("What was here is no longer published.")),
        413: (
            _("Too large"),
            _("This is more than can be checked here. Split it, or check it with the command coopcal check."),
        ),
        503: (_("Not ready"), _("Nothing has been published yet. Please try again in a minute.")),
    }
    title, sentence = words.get(code, (_("Something went wrong"), _("Please try again later.")))
    sentence = f"{sentence} {more}".rstrip()
    try:
        answer = _with_a_way_on(code, title, sentence)
    except Exception as failure:  # noqa: BLE001 - the error is told all the same
        if not isinstance(failure, HTTPException):
            _logged(failure)
        tongue = language.babel_locale().language
        answer = make_response(render_template("unready.html", title=title, said=sentence, tongue=tongue))
    answer.status_code = code
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _with_a_way_on(code: int, title: str, sentence: str) -> Response:
    """Return a page that says what is wrong, with what may be meant, a search, and what is on next of what the address names."""
    known = agenda()
    kind, *ids = [part[:LONGEST] for part in language.bare_path().strip("/").split("/")]
    is_of_ours = (
        kind in ("events", "feeds", "organisations") and ids and code != HTTPStatus.INTERNAL_SERVER_ERROR
    )
    near = _near(kind, ids) if is_of_ours else ()
    instead = _instead(ids) if is_of_ours and kind == "feeds" and code == HTTPStatus.GONE else None
    feed = ids[0] if is_of_ours and ids[0] in site().feeds and not site().feeds[ids[0]].gone else ALL
    upcoming = known.rows(feed, instant()).events[:NEXT] if is_of_ours else ()
    return page(
        "error.html",
        timed=dates_told(upcoming),
        title=title,
        said=sentence,
        near=near,
        instead=instead,
        words=" ".join(ids[-1].split("-")) if is_of_ours and code == HTTPStatus.NOT_FOUND else "",
        upcoming=upcoming,
        canonical="",
        alternates=_homes(),
    )


def _instead(ids: Sequence[str]) -> Successor | None:
    """Return what a calendar that is gone says to use instead."""
    entry = site().feeds.get(ids[0].partition(".")[0])
    return successor(entry, site(), language.current()) if entry else None


def _near(kind: str, ids: Sequence[str]) -> tuple[Near, ...]:
    """Return what an address may mean: events of the organisation that it names, else calendars and organisations."""
    compiled = site()
    organisations = {one.id: Near(f"/organisations/{one.id}/", one.name) for one in compiled.organisations}
    if kind == "events" and ids[0] in organisations:
        own = {
            event.path[0]: Near(event.whole, event.details.title)
            for event in compiled.events
            if event.organisation == ids[0] and isinstance(event, WholeRecord)
        }
        return (*_closest("".join(ids[1:2]), own), organisations[ids[0]])
    feeds = {
        name: Near(f"/feeds/{name}/", titles(feed, compiled))
        for name, feed in compiled.feeds.items()
        if name == feed.id and not feed.gone
    }
    return _closest(ids[0], feeds | organisations)


def _closest(written: str, known: Mapping[str, Near]) -> tuple[Near, ...]:
    return tuple(known[name] for name in get_close_matches(written, known, SHOWN))


def _homes() -> tuple[language.Alternate, ...]:
    """Return the first page in each language: what is not there is in none."""
    return tuple(
        replace(other, path=language.localised("/", other.language)) for other in language.alternates()
    )
