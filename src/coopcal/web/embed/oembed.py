"""oEmbed: an address of a page becomes a frame in the page that somebody writes (oembed.com)."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Response, abort, request

from coopcal.site.index import FeedEntry
from coopcal.views.filters import MOST_PARAMETERS, NAMES, Refused, read_filters
from coopcal.web import language
from coopcal.web.current import agenda, instant, site, written_query
from coopcal.web.embed.views import blueprint
from coopcal.web.headers import FEED_CACHING
from coopcal.web.pages.blueprint import blueprint as pages
from coopcal.web.pages.blueprint import plainly, titles
from coopcal.web.pages.offers import HEIGHT, WIDTH, embedded_list, frame, frame_filters

LEAST = 200
CACHE_AGE = 86400
HEIGHT_OF_EVENT = 300
_NOT_IMPLEMENTED = 501

_LANGUAGE = r"/(?:([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)/)?"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE = re.compile(
    rf"{_LANGUAGE}(?:(?:feeds|organisations)/({_SLUG})(?:/(?:([1-9]\d{{3}}-(?:0[1-9]|1[0-2]))|([1-9]\d{{3}}-W[0-5]\d)|[1-9]\d{{3}}|embedding|subscribe))?|events/(.+?))/?"
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a frame shows: its address and query, its title, and how high it is usually."""

    embedded: str
    query: str
    tongue: str
    title: str
    height: int = HEIGHT


@pages.get("/feeds/<slug:identifier>/oembed.json")
def of_feed(identifier: str) -> Response:
    """Return the frame of a feed in the language of the address."""
    return _answer(_feed(identifier, language.current(), _asked()))


@pages.get("/feeds/<slug:identifier>/<month:asked_month>/oembed.json")
def of_month(identifier: str, asked_month: tuple[int, int]) -> Response:
    """Return the frame of a month of a feed."""
    year, number = asked_month
    return _answer(_feed(identifier, language.current(), _asked(), month=f"{year}-{number:02}"))


@pages.get("/events/<path:name>/oembed.json")
def of_event(name: str) -> Response:
    """Return the frame of an event, or of one of its dates."""
    return _answer(_event(name, language.current()))


@blueprint.get("/oembed.json")
def of_address() -> Response:
    """Return the frame of what is on the page whose address is asked for."""
    if request.args.get("format", "json") != "json":
        abort(_NOT_IMPLEMENTED)
    asked = request.args.get("url")
    if not asked:
        abort(400)
    home = urlsplit(site().manifest.base_url)
    try:
        parts = urlsplit(asked)
    except ValueError:
        abort(404)
    is_here = parts.netloc == home.netloc and parts.scheme in (home.scheme, "http")
    if not is_here or not parts.path.startswith(f"{home.path}/"):
        abort(404)
    match = _PAGE.fullmatch(parts.path.removeprefix(home.path))
    if match is None or (match[1] and match[1] not in site().manifest.languages):
        abort(404)
    tongue = match[1] or site().manifest.languages[0]
    if match[5]:
        return _answer(_event(match[5], tongue))
    return _answer(_feed(match[2], tongue, parts.query, month=match[3] or "", week=match[4] or ""))


def _asked() -> str:
    return written_query()


def _feed(identifier: str, tongue: str, query: str, month: str = "", week: str = "") -> _Shown:
    entry = _entry(identifier)
    view = "month" if month else "week" if week else ""
    embedded = f"/embed/{entry.id}/{view}.{tongue}/" if view else embedded_list(entry, tongue)
    own = urlencode([(name, value) for name, value in (("month", month), ("week", week)) if value])
    query = "&".join(part for part in (_narrowed(query), own) if part)
    return _Shown(embedded, query, tongue, plainly(titles(entry, site()), tongue))


def _entry(identifier: str) -> FeedEntry:
    entry = site().feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    return entry


def _event(name: str, tongue: str) -> _Shown:
    shown = agenda().at(f"/events/{name.strip('/')}/")
    if shown is None:
        abort(404)
    instant()
    embedded = f"/embed{shown.address.rstrip('/')}.{tongue}/"
    return _Shown(embedded, "", tongue, plainly(shown.details.title, tongue), HEIGHT_OF_EVENT)


def _answer(shown: _Shown) -> Response:
    """Describe a frame; it is as wide as there is room, and no wider than is asked for."""
    compiled = site()
    width, height = _size("maxwidth", WIDTH), _size("maxheight", shown.height)
    most = int(request.args["maxwidth"]) if "maxwidth" in request.args else None
    document = {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        "provider_name": plainly(compiled.manifest.title, shown.tongue),
        "provider_url": f"{compiled.manifest.base_url}/",
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": frame(shown.embedded, shown.title, shown.query, height, most),
    }
    answer = Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = FEED_CACHING
    return answer


def _narrowed(query: str) -> str:
    """Return what of a page's query a frame of it takes; whoever asks for oEmbed adds names of their own."""
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        abort(400)
    filters = read_filters(urlencode([(name, value) for name, value in pairs if name in NAMES]))
    if isinstance(filters, Refused):
        abort(400)
    return frame_filters(filters)


def _size(name: str, usual: int) -> int:
    """Return the usual size, or the largest that is asked for."""
    written = request.args.get(name, str(usual))
    if not re.fullmatch(r"\d{1,5}", written):
        abort(400)
    return max(min(int(written), usual), min(LEAST, int(written)))
