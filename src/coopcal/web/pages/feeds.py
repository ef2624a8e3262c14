"""The page of a feed: how to subscribe, what is on next."""

from flask import Response, abort

from coopcal.agenda import coming, gone, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page, plainly, titles
from coopcal.web.pages.frame import frame
from coopcal.web.pages.subscription import subscription
from coopcal.web.pages.wellbeing import health

UPCOMING, PAST = 50, 20
"""Dates that a page shows; the calendar and the archive have all."""


@blueprint.get("/feeds/<slug:identifier>/")
def feed(identifier: str) -> Response:
    """Show how to subscribe to a feed, and what is in it."""
    found = site()
    entry = found.feeds.get(identifier)
    if entry is None:
        abort(404)
    if entry.gone:
        abort(410)
    dates, now = whole(agenda().of_feed(entry.id)), instant()
    return page(
        "feed.html",
        feed=entry,
        frame=frame(entry, language.current(), plainly(titles(entry, found), language.current())),
        health=health(entry, found, language.current()),
        subscription=subscription(entry, found),
        upcoming=coming(dates, now)[:UPCOMING],
        past=gone(dates, now)[:PAST],
    )
