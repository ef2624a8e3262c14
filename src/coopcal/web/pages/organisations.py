"""The page of an organisation: its parts and what it is part of, what is on next, what was."""

from collections.abc import Sequence

from flask import Response, abort

from coopcal.site.index import FeedEntry
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import coming, gone, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page, whose
from coopcal.web.pages.feed_health import held_words
from coopcal.web.pages.offers import subscription

PARTS = 200
"""Parts of an organisation that its page names; of further ones, which the first page lists, it says how many there are."""

UPCOMING, PAST = 50, 20
"""Dates that a page shows; the calendar and the archive have all."""


@blueprint.get("/organisations/<slug:identifier>/")
def organisation(identifier: str) -> Response:
    """Show an organisation and its events."""
    compiled = site()
    known = {one.id: one for one in compiled.organisations}
    one = known.get(identifier)
    if one is None:
        abort(404)
    tongue, feed = language.current(), compiled.feeds.get(identifier)
    found_dates, now = whole(_dates(identifier, feed)), instant()
    since = next((held.since for held in compiled.manifest.held if held.organisation == identifier), None)
    parts = [part for part in compiled.organisations if identifier in part.part_of]
    return page(
        "organisation.html",
        **({"here": feed.timezone} if feed else {}),
        whose=lambda shown: whose(shown, one.id),
        one=one,
        wholes=[known[name] for name in one.part_of if name in known],
        parts=parts[:PARTS],
        more_parts=len(parts[PARTS:]),
        subscription=subscription(feed, compiled) if feed and not feed.gone else None,
        held=held_words(since, tongue) if since else None,
        upcoming=coming(found_dates, now)[:UPCOMING],
        past=gone(found_dates, now)[:PAST],
    )


def _dates(identifier: str, feed: FeedEntry | None) -> Sequence[Occurrence]:
    """Return what the own feed has, without what was declined; where it is gone, all in which it has a part."""
    if feed is not None and not feed.gone:
        return agenda().of_feed(identifier)
    return agenda().of(
        event
        for event in site().events
        if any(party.organisation == identifier for party in event.details.parties)
    )
