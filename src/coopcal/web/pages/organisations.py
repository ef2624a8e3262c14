"""The page of an organisation: its parts and what it is part of, what is on next, what was."""

from flask import Response, abort

from coopcal.agenda import coming, gone, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.subscription import subscription
from coopcal.web.pages.wellbeing import held_words

UPCOMING, PAST = 50, 20
"""Dates that a page shows; the calendar and the archive have all."""


@blueprint.get("/organisations/<slug:identifier>/")
def organisation(identifier: str) -> Response:
    """Show an organisation and its events."""
    found = site()
    known = {one.id: one for one in found.organisations}
    one = known.get(identifier)
    if one is None:
        abort(404)
    events = [
        event
        for event in found.events
        if event.day is None and any(party.organisation == identifier for party in event.parties)
    ]
    found_dates, now = whole(agenda().of(events)), instant()
    since = next((each.since for each in found.manifest.held if each.organisation == identifier), None)
    tongue, feed = language.current(), found.feeds.get(identifier)
    return page(
        "organisation.html",
        one=one,
        wholes=[known[each] for each in one.part_of if each in known],
        parts=[each for each in found.organisations if identifier in each.part_of],
        subscription=subscription(feed, found) if feed and not feed.gone else None,
        held=held_words(since, tongue) if since else None,
        upcoming=coming(found_dates, now)[:UPCOMING],
        past=gone(found_dates, now)[:PAST],
    )
