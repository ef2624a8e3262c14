"""The first page: what is on next, the calendars, the organisations."""

from collections.abc import Iterable

from flask import Response

from coopcal.model.ids import ALL
from coopcal.site.index import FeedEntry
from coopcal.site.record import OrganisationRecord
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import coming, dates_told, in_lists
from coopcal.web.current import agenda, instant, site
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.requested import requested_part

SHOWN = 100
"""Organisations, and feeds that are of none, that a page shows; further ones stand on the next."""

NEXT = 8
"""Events that the first page shows, each with its next date."""


@blueprint.get("/")
def home() -> Response:
    """Show what is on next, and every calendar and organisation, each with its next date."""
    compiled = site()
    ids = {one.id for one in compiled.organisations}
    feeds = [feed for name, feed in compiled.feeds.items() if name == feed.id and not feed.gone]
    listed = [feed for feed in feeds if feed.id not in ids]
    part = requested_part([*listed, *sorted(compiled.organisations, key=lambda one: one.id)], SHOWN)
    own = [one for one in part.shown if isinstance(one, FeedEntry)]
    organisations = [one for one in part.shown if isinstance(one, OrganisationRecord)]
    ahead = in_lists(coming(agenda().listed(ALL), instant()))
    next_of = _next_of({one.id for one in organisations}, ahead)
    organisations.sort(key=lambda one: one.id not in next_of)
    upcoming = agenda().rows(ALL, instant()).events[:NEXT]
    return page(
        "home.html",
        timed=[*dates_told(upcoming), *next_of.values()],
        feeds=own,
        organisations=organisations,
        part=part,
        query=part.query,
        upcoming=upcoming,
        next_of=next_of,
    )


def _next_of(organisations: set[str], ahead: Iterable[Occurrence]) -> dict[str, Occurrence]:
    """Return the next date of each organisation that has any."""
    found: dict[str, Occurrence] = {}
    for occurrence in ahead:
        name = occurrence.event.organisation
        if name in organisations and name not in found:
            found[name] = occurrence
            if len(found) == len(organisations):
                break
    return found
