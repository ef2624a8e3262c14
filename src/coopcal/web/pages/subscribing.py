"""Subscribing: the page with all ways, the QR code, the poster, and the help for each program."""

from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

import segno
from flask import Response, abort, request
from werkzeug.wrappers import Response as Redirection

from coopcal.site.index import FeedEntry
from coopcal.text.dates import language_name
from coopcal.views.filters import Filters
from coopcal.views.occurrences import dates_told
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.language import gettext as _
from coopcal.web.links import whole as whole_address
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.offers import LONGEST_IN_A_CODE, subscription
from coopcal.web.pages.requested import feed_of, requested_filters, to_canonical

HELPED = {
    "google": "Google Calendar",
    "outlook": "Outlook",
    "apple": "Apple",
    "android": "Android",
    "thunderbird": "Thunderbird",
}
"""Programs that there is help for."""

SIZES = ("a4", "a5")
ON_A_POSTER = {"a4": 8, "a5": 5}
"""Rows of dates that a poster has room for."""

IMAGE_CACHING = "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A feed in a language that the site has no pages in: the language's own name and the feed's address."""

    name: str
    address: str


@blueprint.get("/feeds/<slug:identifier>/subscribe/")
def subscribe(identifier: str) -> Response | Redirection:
    """Show all ways to subscribe to a feed; its query, if it has one, is that of the feed's address."""
    entry, filters = feed_of(identifier), requested_filters()
    if (canonical := to_canonical(filters)) is not None:
        return canonical
    return page(
        "subscribe/page.html",
        feed=entry,
        query=f"?{query}" if (query := filters.query()) else "",
        elsewhere=_elsewhere(entry, query),
        subscription=subscription(entry, site(), filters),
        is_plain=filters == Filters(),
    )


@blueprint.get("/feeds/<slug:identifier>/qr.svg")
def qr(identifier: str) -> Response:
    """Return the address of a feed's page as a QR code, where one subscribes; a camera that read a feed's would copy it once."""
    entry, filters = feed_of(identifier), requested_filters()
    query = replace(filters, remind="").query()
    if len(query) > LONGEST_IN_A_CODE:
        abort(400)
    answer = Response(
        _qr(f"{_whole(f'/feeds/{entry.id}/' + (f'?{query}' if query else ''))}#subscribe"),
        mimetype="image/svg+xml",
    )
    answer.headers["Cache-Control"] = IMAGE_CACHING
    return answer


@blueprint.get("/feeds/<slug:identifier>/poster/")
def poster(identifier: str) -> Response:
    """Show a sheet to print: what the calendar is, its address in words and as a QR code, and what is on next."""
    entry, size = feed_of(identifier), request.args.get("size", SIZES[0])
    if size not in SIZES or request.args.keys() - {"size"}:
        abort(400)
    upcoming = agenda().rows(entry.id, instant()).ahead[: ON_A_POSTER[size]]
    return page(
        "subscribe/poster.html",
        timed=dates_told(upcoming),
        feed=entry,
        size=size,
        query=f"?size={size}" if size != SIZES[0] else "",
        sizes=SIZES,
        shown_address=_whole(f"/feeds/{entry.id}/").split("://", 1)[1].rstrip("/"),
        upcoming=upcoming,
    )


@blueprint.get("/help/")
def help_index() -> Response:
    """Show for which programs there is help."""
    return page("help/index.html", helped=_helped())


@blueprint.get("/help/<slug:client>/")
def help_with(client: str) -> Response:
    """Show how to subscribe, be reminded and leave again with a program."""
    if client not in HELPED:
        abort(404)
    return page(f"help/{client}.html", client=client, heading=_headings()[client])


def _helped() -> dict[str, str]:
    """Return the programs by the names that they go by in the language of the page."""
    return HELPED | {"google": _("Google Calendar")}


def _headings() -> dict[str, str]:
    """Return what the help for each program is called."""
    return {
        "google": _("Subscribe with Google Calendar"),
        "outlook": _("Subscribe with Outlook"),
        "apple": _("Subscribe on iPhone, iPad and Mac"),
        "android": _("Subscribe on Android"),
        "thunderbird": _("Subscribe with Thunderbird, Nextcloud or GNOME"),
    }


def _elsewhere(entry: FeedEntry, query: str) -> tuple[Elsewhere, ...]:
    """Return the addresses of a feed in languages that the site has no pages in."""
    choices = site()
    others = sorted(
        tongue
        for name, tongue in choices.translations
        if name == entry.id and tongue not in choices.manifest.languages and tongue != entry.language
    )
    return tuple(
        Elsewhere(
            language_name(tongue),
            whole_address(f"/feeds/{entry.id}.{tongue}.ics" + (f"?{query}" if query else "")),
        )
        for tongue in others
    )


def _whole(path: str) -> str:
    return whole_address(language.localised(path))


@lru_cache(maxsize=256)
def _qr(address: str) -> bytes:
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, border=4, light="#fff", omitsize=True)
    return drawn.getvalue()
