"""The pages of a feed: how to subscribe, what is on next, narrowed as their address asks; and what was, by year."""

from collections import Counter

from flask import Response, abort

from coopcal.views.occurrences import coming, gone
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page, plainly, titles
from coopcal.web.pages.calendars import wall_of
from coopcal.web.pages.feed_health import health
from coopcal.web.pages.offers import attributes, frame, frame_filters, subscription
from coopcal.web.pages.requested import feed_of, requested_part

UPCOMING, PAST = 50, 20
"""Dates that a page shows; the calendar and the archive have all."""

OF_A_YEAR = 100
"""Dates of a year that a page of the archive shows; further ones stand on the next."""


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


@blueprint.get("/feeds/<slug:identifier>/archive/")
def archive(identifier: str) -> Response:
    """Show in which years there was something."""
    entry = feed_of(identifier)
    past = gone(agenda().listed(entry.id), instant())
    counts = Counter(occurrence.first.year for occurrence in past)
    return page("archive/years.html", feed=entry, counts=sorted(counts.items(), reverse=True))


@blueprint.get("/feeds/<slug:identifier>/archive/<year:asked_year>/")
def archive_of_year(identifier: str, asked_year: int) -> Response:
    """Show what was in a year, the last first."""
    entry = feed_of(identifier)
    all_past = gone(agenda().listed(entry.id), instant())
    years = sorted({occurrence.first.year for occurrence in all_past})
    if asked_year not in years:
        abort(404)
    at = years.index(asked_year)
    of_year = [occurrence for occurrence in all_past if occurrence.first.year == asked_year]
    past = requested_part(of_year, OF_A_YEAR)
    return page(
        "archive/year.html",
        feed=entry,
        year=asked_year,
        past=past,
        query=past.query,
        before=years[at - 1] if at else None,
        after=years[at + 1] if at + 1 < len(years) else None,
        has_file=(entry.id, asked_year) in site().archives,
    )
