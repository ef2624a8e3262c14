"""oEmbed: an address of a page becomes a frame in the page that somebody writes (oembed.com)."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Response, abort, request

from coopcal.views.filters import MOST_PARAMETERS, NAMES, Refused, read_filters
from coopcal.web import language
from coopcal.web.current import site
from coopcal.web.embed.views import blueprint
from coopcal.web.headers import FEED_CACHING
from coopcal.web.pages.blueprint import blueprint as pages
from coopcal.web.pages.blueprint import plainly, titles
from coopcal.web.pages.offers import HEIGHT, WIDTH, frame, frame_filters

LEAST = 200
CACHE_AGE = 86400
_NOT_IMPLEMENTED = 501

_PAGE = re.compile(
    r"/(?:([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)/)?(feeds|organisations)/([a-z0-9]+(?:-[a-z0-9]+)*)/?"
)


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int


@pages.get("/feeds/<slug:identifier>/oembed.json")
def of_feed(identifier: str) -> Response:
    """Return the frame of a feed in the language of the address."""
    return _answer(identifier, language.current(), request.query_string.decode("ascii", "replace"))


@blueprint.get("/oembed.json")
def of_address() -> Response:
    """Return the frame of the feed whose page's address is asked for."""
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
    return _answer(match[3], match[1] or site().manifest.languages[0], parts.query)


def _answer(identifier: str, tongue: str, query: str) -> Response:
    compiled, size = site(), _size()
    entry = compiled.feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    title = plainly(titles(entry, compiled), tongue)
    document = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": plainly(compiled.manifest.title, tongue),
        "provider_url": f"{compiled.manifest.base_url}/",
        "cache_age": CACHE_AGE,
        "width": size.width,
        "height": size.height,
        "html": frame(entry, tongue, title, size.width, size.height, _narrowed(query)),
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


def _size() -> _Size:
    """Return the usual size, or the largest that is asked for."""
    sizes = []
    for name, usual in (("maxwidth", WIDTH), ("maxheight", HEIGHT)):
        written = request.args.get(name, str(usual))
        if not re.fullmatch(r"\d{1,5}", written):
            abort(400)
        sizes.append(max(min(int(written), usual), min(LEAST, int(written))))
    return _Size(*sizes)
