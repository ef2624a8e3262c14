"""Which feed a page is of, and what of it its address asks for."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response as Redirection

from coopcal.site.index import FeedEntry
from coopcal.views.filters import Filters, Refused, read_filters
from coopcal.web.current import site


def feed_of(identifier: str) -> FeedEntry:
    """Return a feed that has pages; answer 404 or 410 for any other."""
    entry = site().feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    return entry


def requested_filters() -> Filters:
    """Return what the address of a page asks for; answer 400 where that is nothing that can be asked for."""
    filters = read_filters(request.query_string.decode("ascii", "replace"))
    if isinstance(filters, Refused):
        abort(400)
    return filters


def to_canonical(filters: Filters) -> Redirection | None:
    """Lead to the address that says the same in its canonical form; None where this is it."""
    canonical = filters.query()
    if canonical == request.query_string.decode("ascii", "replace"):
        return None
    return redirect(f"{request.path}?{canonical}" if canonical else request.path, 303)
