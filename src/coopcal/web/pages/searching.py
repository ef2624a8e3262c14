"""Search: the form, and what was found."""

from collections.abc import Iterable

from flask import Response, request

from coopcal.site.record import Record
from coopcal.views.filters import Filters
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import whole
from coopcal.views.search import title_words
from coopcal.web.current import agenda, instant
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.filtering import PERIODS, filtering
from coopcal.web.pages.requested import lead_to_tidy, requested_filters, requested_part

RESULTS = 50
"""Events that a page of results shows; further ones stand on the next."""

WHEN = "when"
"""The name by which an address asks for a period."""


@blueprint.get("/search/")
def search() -> Response:
    """Show the form, and what was found."""
    filters = requested_filters(WHEN)
    lead_to_tidy(filters, WHEN)
    asked = request.args.get(WHEN, "")
    when = asked if asked in PERIODS else PERIODS[0]
    results = _results(filters, when) if filters.selects else ()
    own = "&".join(part for part in (filters.query(), f"{WHEN}={when}" if when != PERIODS[0] else "") if part)
    return page(
        "search.html",
        filters=filters,
        when=when,
        query=f"?{own}" if own else "",
        filtering=filtering(
            filters,
            agenda().shown,
            request.path,
            period=when,
            own=((WHEN, when),) if when != PERIODS[0] else (),
        ),
        results=requested_part(results, RESULTS),
        count=len(results),
        periods=PERIODS,
    )


def _results(filters: Filters, when: str) -> tuple[Occurrence, ...]:
    """Return a date of each event that was found: those whose title has the words first, then by time."""
    known, now = agenda(), instant()
    dates = whole(filters.among(known, known.every, now))
    ahead: dict[str, Occurrence] = {}
    behind: dict[str, Occurrence] = {}
    for date in dates:
        if date.ends <= now:
            behind[date.event.whole] = date
        else:
            ahead.setdefault(date.event.whole, date)
    found = {"coming": ahead, "past": behind}.get(when, behind | ahead)
    ordered = sorted(found.values(), key=lambda one: one.key, reverse=when == "past")
    if not filters.words:
        return tuple(ordered)
    titled = _titled((date.event for date in dates), filters)
    return tuple(sorted(ordered, key=lambda one: one.event.whole not in titled))


def _titled(records: Iterable[Record], filters: Filters) -> frozenset[str]:
    """Return the events whose title alone has all words, by their addresses."""
    once = {id(record): record for record in records}
    titles = ((record.whole, title_words(record)) for record in once.values())
    return frozenset(whole for whole, title in titles if all(word in title for word in filters.words))
