"""The page of an organisation: that of its own feed, with who it is; where that is gone, what is known of it and its events."""

from flask import Response, abort

from coopcal.views.filters import Filters
from coopcal.views.occurrences import coming, gone, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page, whose
from coopcal.web.pages.calendars import wall_of
from coopcal.web.pages.feed_health import whose_it_is
from coopcal.web.pages.feeds import PAST, UPCOMING, calendar


@blueprint.get("/organisations/<slug:identifier>/")
def organisation(identifier: str) -> Response:
    """Show an organisation and its events."""
    compiled = site()
    one = next((one for one in compiled.organisations if one.id == identifier), None)
    if one is None:
        abort(404)
    feed = compiled.feeds.get(identifier)
    if feed is not None and not feed.gone:
        return calendar(wall_of(feed, Filters()), one, one.name)
    involved = (
        event
        for event in compiled.events
        if any(party.organisation == identifier for party in event.details.parties)
    )
    dates, now = whole(agenda().of(involved)), instant()
    return page(
        "organisation.html",
        **({"here": feed.timezone} if feed else {}),
        whose=lambda shown: whose(shown, one.id),
        **whose_it_is(one, compiled, language.current()),
        upcoming=coming(dates, now)[:UPCOMING],
        past=gone(dates, now)[:PAST],
    )
