"""Other formats of feeds: ``/feeds/<feed>.json``, ``/feeds/<feed>.<language>.csv`` and the like."""

import re
import sys

from flask import Blueprint, Response, abort, make_response
from werkzeug.routing import BaseConverter

from coopcal.formats import FORMATS, Asked
from coopcal.site.index import FeedEntry
from coopcal.text.late import late
from coopcal.views.filters import Refused, read_filters
from coopcal.web.current import agenda, hour_of_request, site
from coopcal.web.headers import FEED_CACHING, SCHEMA_CACHING
from coopcal.web.links import are_served, where
from coopcal.web.pages.requested import part_number, query_without

_ENDINGS = "|".join(sorted((re.escape(ending) for ending in FORMATS), key=len, reverse=True))
_NAME = re.compile(
    rf"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?!upcoming\.)([A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{1,8}})*))?\.({_ENDINGS})"
)


class FormatConverter(BaseConverter):
    """A feed, perhaps a language, and the ending of a format, in an address."""

    regex = rf"[a-z0-9-]+(?:\.[A-Za-z0-9-]+)?\.(?:{_ENDINGS})"


blueprint = Blueprint("formats", __name__)


@blueprint.get("/feeds/<format:name>")
def format_of_feed(name: str) -> Response:
    """Return a feed in a format, narrowed as its address asks."""
    match = _NAME.fullmatch(name)
    if match is None:
        abort(404)
    identifier, language, ending = match.groups()
    entry = _entry(identifier, language)
    filters = read_filters(query_without())
    if isinstance(filters, Refused):
        answer = make_response(f"{filters.message}\n", 400)
        answer.mimetype = "text/plain"
        answer.headers["Cache-Control"] = "no-store"
        return answer
    made = FORMATS[ending]
    begun = hour_of_request() if made.upcoming or filters.depends_on_time else None
    spoken = language or entry.language
    most = made.most if are_served() else sys.maxsize
    asked = Asked(agenda(), entry, spoken, filters, begun or entry.modified, part_number(), most, where())
    answer = Response(made.make(asked), content_type=made.media_type)
    answer.last_modified = max(entry.modified, begun or entry.modified)
    answer.headers["Content-Disposition"] = f'inline; filename="{entry.id}.{ending}"'
    if made.in_parts and asked.has_next(upcoming=made.upcoming):
        following = asked.url(f"/feeds/{entry.id}.{spoken}.{ending}?{asked.part_query(asked.part + 1)}")
        answer.headers["Link"] = f'<{following}>; rel="next"'
        answer.headers["Access-Control-Expose-Headers"] = "Link"
    answer.headers["Cache-Control"] = FEED_CACHING
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/openapi.json")
def description() -> Response:
    """Describe the JSON of feeds."""
    answer = Response(late("formats.openapi", "openapi")(site()), mimetype="application/json")
    answer.headers["Cache-Control"] = SCHEMA_CACHING
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _entry(identifier: str, language: str | None) -> FeedEntry:
    compiled = site()
    entry = compiled.feeds.get(identifier)
    if entry is None or (language is not None and (identifier, language) not in compiled.translations):
        abort(404)
    if entry.gone:
        abort(410)
    return entry
