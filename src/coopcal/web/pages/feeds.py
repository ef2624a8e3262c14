"""The pages of a feed and of the organisation whose it is: how to subscribe, what is on next, narrowed as their address asks; and what was."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, request

from coopcal.site.record import OrganisationRecord
from coopcal.views.filters import Filters
from coopcal.views.occurrences import Row, coming, dates_told, gone, in_lists, single, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.links import link
from coopcal.web.pages.blueprint import blueprint, canonical, page, titles, whose
from coopcal.web.pages.calendars import Wall, wall_of
from coopcal.web.pages.feed_health import health, whose_it_is
from coopcal.web.pages.offers import subscription
from coopcal.web.pages.requested import (
    DATES,
    EVERY,
    Part,
    asking,
    asks_for_every_date,
    feed_of,
    requested_part,
)

UPCOMING, PAST = 50, 20
"""Rows of dates that a page shows; further ones to come stand on the next, what was in the archive."""

OF_A_YEAR = 100
"""Dates of a year that a page of the archive shows; further ones stand on the next."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What is coming in a feed: the ``part`` of its rows that is asked for, and the ``query`` that asks for it, "" for the first one.

    ``every`` leads to where each date of what recurs stands by itself, ``gathered`` to where it stands once; "" from where it leads.
    """

    part: Part[Row]
    query: str
    every: str
    gathered: str


@blueprint.get("/feeds/<slug:identifier>/")
def feed(identifier: str) -> Response:
    """Show how to subscribe to a feed, and what is in it; of an organisation's own, also who that is."""
    entry, compiled = feed_of(identifier), site()
    own = next((one for one in compiled.organisations if one.id == entry.id), None)
    return calendar(wall_of(entry), own, titles(entry, compiled))


@blueprint.get("/organisations/<slug:identifier>/")
def organisation(identifier: str) -> Response:
    """Show an organisation and its events: as its own feed has them; where that is gone, what is known of it."""
    compiled = site()
    one = next((one for one in compiled.organisations if one.id == identifier), None)
    if one is None:
        abort(404)
    entry = compiled.feeds.get(identifier)
    if entry is not None and not entry.gone:
        return calendar(wall_of(entry, Filters()), one, one.name)
    involved = (
        event
        for event in compiled.events
        if any(party.organisation == identifier for party in event.details.parties)
    )
    dates, now = whole(agenda().of(involved)), instant()
    part = requested_part([*coming(dates, now), *gone(dates, now)], UPCOMING)
    return page(
        "organisation.html",
        **({"here": entry.timezone} if entry else {}),
        whose=lambda shown: whose(shown, one.id),
        **whose_it_is(one, compiled, language.current()),
        timed=part.shown,
        part=part,
        query=part.query,
        upcoming=coming(part.shown, now),
        past=[shown for shown in part.shown if shown.ends <= now],
    )


def calendar(wall: Wall, own: OrganisationRecord | None, name: Mapping[str, str]) -> Response:
    """Return the page of a feed, which may be an organisation's own, under a name.

    Of an organisation's own there are two, of which search engines are told one.
    """
    compiled, tongue, entry, dates = site(), language.current(), wall.feed, coming_of(wall)
    past = wall.rows(instant()).behind[:PAST] if dates.part.first == 1 else ()
    return page(
        "feed.html",
        feed=entry,
        wall=wall,
        query=dates.query,
        name=name,
        **({"canonical": canonical(f"/organisations/{own.id}/")} if own and not dates.query else {}),
        **(whose_it_is(own, compiled, tongue) if own else {}),
        health=health(entry, compiled, tongue),
        subscription=subscription(entry, compiled, wall.filters),
        upcoming=dates,
        past=past,
        timed=dates_told([*dates.part.shown, *past]),
        fitting=len(coming(wall.found, instant())),
    )


def coming_of(wall: Wall) -> Coming:
    """Return the part of what is coming in a feed that the address asks for."""
    path, narrowed, every = request.path, wall.query, asking(wall.query, (DATES, EVERY))
    if asks_for_every_date():
        part = requested_part(single(in_lists(coming(wall.found, instant()))), UPCOMING)
        return Coming(part, part.query or every, every="", gathered=link(f"{path}{narrowed}"))
    part = requested_part(wall.rows(instant()).ahead, UPCOMING)
    other = link(f"{path}{every}") if any(row.others for row in part.shown) else ""
    return Coming(part, part.query or narrowed, every=other, gathered="")


@blueprint.get("/feeds/<slug:identifier>/archive/")
def archive(identifier: str) -> Response:
    """Show what was last, and in which years there was something."""
    entry = feed_of(identifier)
    wall = wall_of(entry)
    past = gone(wall.found, instant())
    counts = Counter(occurrence.first.year for occurrence in past)
    rows = wall.rows(instant()).behind[:PAST]
    return page(
        "archive/years.html",
        feed=entry,
        wall=wall,
        query=wall.query,
        fitting=len(past),
        counts=sorted(counts.items(), reverse=True),
        past=rows,
        timed=dates_told(rows),
        more=len(past) - sum(len(row.dates) for row in rows),
    )


@blueprint.get("/feeds/<slug:identifier>/archive/<year:asked_year>/")
def archive_of_year(identifier: str, asked_year: int) -> Response:
    """Show what was in a year, the last first."""
    entry = feed_of(identifier)
    all_past = gone(agenda().listed(entry.id), instant())
    years = sorted({occurrence.first.year for occurrence in all_past})
    if asked_year not in years:
        abort(404)
    at = years.index(asked_year)
    wall = wall_of(entry)
    of_year = [
        occurrence for occurrence in gone(wall.found, instant()) if occurrence.first.year == asked_year
    ]
    past = requested_part(single(of_year), OF_A_YEAR)
    return page(
        "archive/year.html",
        feed=entry,
        year=asked_year,
        past=past,
        timed=dates_told(past.shown),
        wall=wall,
        query=past.query or wall.query,
        fitting=len(of_year),
        before=years[at - 1] if at else None,
        after=years[at + 1] if at + 1 < len(years) else None,
        has_file=(entry.id, asked_year) in site().archives,
    )
