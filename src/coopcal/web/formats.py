"""Other formats of feeds: ``/feeds/<feed>.json``, ``/feeds/<feed>.<language>.csv`` and the like."""

import gzip
import hashlib
import re

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.routing import BaseConverter

from coopcal.formats import FORMATS, Asked
from coopcal.formats.openapi import openapi
from coopcal.site.index import Body, FeedEntry
from coopcal.views.filters import Refused, hour, read_filters
from coopcal.web import conditions
from coopcal.web.cache import Cache
from coopcal.web.current import agenda, instant, site
from coopcal.web.headers import FEED_CACHING, SCHEMA_CACHING

_ENDINGS = "|".join(sorted((re.escape(ending) for ending in FORMATS), key=len, reverse=True))
_NAME = re.compile(
    rf"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?!upcoming\.)([A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{1,8}})*))?\.({_ENDINGS})"
)


class FormatConverter(BaseConverter):
    """A feed, perhaps a language, and the ending of a format, in an address."""

    regex = rf"[a-z0-9-]+(?:\.[A-Za-z0-9-]+)?\.(?:{_ENDINGS})"


def blueprint() -> Blueprint:
    """Return the routes of formats, with a memory of their own."""
    made = Blueprint("formats", __name__)
    cache = Cache()

    @made.get("/feeds/<format:name>")
    def format_of_feed(name: str) -> Response:
        """Return a feed in a format, narrowed as its address asks."""
        return _answer(name, cache)

    @made.get("/openapi.json")
    def description() -> Response:
        """Describe the JSON of feeds."""
        answer = Response(openapi(site()), mimetype="application/json")
        answer.headers["Cache-Control"] = SCHEMA_CACHING
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return made


def _answer(name: str, cache: Cache) -> Response:
    match = _NAME.fullmatch(name)
    if match is None:
        abort(404)
    identifier, language, ending = match.groups()
    entry = _entry(identifier, language)
    filters = read_filters(request.query_string.decode("ascii", "replace"))
    if isinstance(filters, Refused):
        answer = make_response(f"{filters.message}\n", 400)
        answer.mimetype = "text/plain"
        answer.headers["Cache-Control"] = "no-store"
        return answer
    made = FORMATS[ending]
    timely = made.upcoming or filters.depends_on_time
    begun = hour(instant()) if timely else None
    spoken = language or entry.language
    key = (site().version, entry.id, spoken, ending, filters.query(), begun)

    def make() -> dict[str, Body]:
        return _bodies(made.make(Asked(agenda(), entry, spoken, filters, begun or entry.modified)))

    bodies = cache.get(key, make)
    modified = max(entry.modified, begun or entry.modified)
    return _sent(bodies, made.media_type, f"{entry.id}.{ending}", conditions.last_modified(modified))


def _entry(identifier: str, language: str | None) -> FeedEntry:
    compiled = site()
    entry = compiled.feeds.get(identifier)
    if entry is None or (language is not None and (identifier, language) not in compiled.translations):
        abort(404)
    if entry.gone:
        abort(410)
    return entry


def _bodies(content: bytes) -> dict[str, Body]:
    contents = {"gzip": gzip.compress(content, mtime=0), "identity": content}
    return {
        encoding: Body(hashlib.sha256(body).hexdigest()[:32], len(body), body, 0)
        for encoding, body in contents.items()
    }


def _sent(bodies: dict[str, Body], media_type: str, name: str, modified: str) -> Response:
    coding = (
        conditions.coding(request.headers.get("Accept-Encoding", "identity"), tuple(bodies)) or "identity"
    )
    answer = Response(bodies[coding].content, content_type=media_type)
    if coding != "identity":
        answer.headers["Content-Encoding"] = coding
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Last-Modified"] = modified
    answer.headers["Cache-Control"] = FEED_CACHING
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.set_etag(bodies[coding].etag)
    return answer
