"""The page of a feed: how to subscribe, what is on next; narrowed, as its address asks."""

from flask import Response

from coopcal.views.occurrences import coming, gone
from coopcal.web import language
from coopcal.web.current import instant, site
from coopcal.web.pages.blueprint import blueprint, page, plainly, titles
from coopcal.web.pages.calendars import wall_of
from coopcal.web.pages.feed_health import health
from coopcal.web.pages.frame import attributes, frame, frame_filters
from coopcal.web.pages.requested import feed_of
from coopcal.web.pages.subscription import subscription

UPCOMING, PAST = 50, 20
"""Dates that a page shows; the calendar and the archive have all."""


@blueprint.get("/feeds/<slug:identifier>/")
def feed(identifier: str) -> Response:
    """Show how to subscribe to a feed, and what is in it."""
    entry, compiled, now = feed_of(identifier), site(), instant()
    wall, tongue = wall_of(entry), language.current()
    return page(
        "feed.html",
        feed=entry,
        wall=wall,
        query=wall.query,
        frame=frame(
            entry,
            tongue,
            plainly(titles(entry, compiled), tongue),
            query=frame_filters(wall.filters),
        ),
        attributes=attributes(wall.filters),
        health=health(entry, compiled, tongue),
        subscription=subscription(entry, compiled, wall.filters),
        upcoming=coming(wall.found, now)[:UPCOMING],
        past=gone(wall.found, now)[:PAST],
    )
