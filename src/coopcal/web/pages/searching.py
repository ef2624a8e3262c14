"""Search: the form, and what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple

from flask import Response, request

from coopcal.site.record import Record
from coopcal.views.filters import Filters
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import Row, coming, dates_told, is_usual, row_of, whole
from coopcal.views.search import title_words
from coopcal.web.current import agenda, instant
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.filtering import PERIODS, filtering
from coopcal.web.pages.requested import lead_to_tidy, requested_filters, requested_part

RESULTS = 50
"""Events that a page of results shows; further ones stand on the next."""

OTHERWISE = {"coming": "past", "past": "coming"}
"""The period in which there may be something, where nothing was found in the one that was asked for."""

WHEN = "when"
"""The name by which an address asks for a period."""


@blueprint.get("/search/")
def search() -> Response:
    """Show the form, and what was found."""
    filters = requested_filters(WHEN)
    lead_to_tidy(filters, WHEN)
    asked = request.args.get(WHEN, "")
    when = asked if asked in PERIODS else PERIODS[0]
    results = _found(filters, when) if filters.selects else ()
    otherwise = OTHERWISE.get(when) if filters.selects and not results else None
    beside = len(_found(filters, otherwise)) if otherwise else 0
    own = "&".join(part for part in (filters.query(), f"{WHEN}={when}" if when != PERIODS[0] else "") if part)
    part = requested_part(results, RESULTS)
    rows = [_row(dates) for dates in part.shown]
    return page(
        "search.html",
        timed=dates_told(rows),
        filters=filters,
        when=when,
        query=f"?{own}" if own else "",
        filtering=filtering(
            filters,
            agenda().shown,
            request.path,
            period=when,
            own=((WHEN, when),) if when != PERIODS[0] else (),
            by_event=True,
        ),
        results=part,
        rows=rows,
        count=len(results),
        otherwise=otherwise,
        beside=beside,
        meant=None if results or beside or not filters.words else _meant(filters, when),
        periods=PERIODS,
    )


def _found(filters: Filters, when: str) -> tuple[Sequence[Occurrence], ...]:
    """Return, of each event that was found, its dates to come, or else its last one: those whose title has the words first, then what is coming, the next one first, then what is over, the last one first."""
    known, now = agenda(), instant()
    dates = whole(filters.among(known, known.every, now))
    ahead: dict[str, list[Occurrence]] = {}
    behind: dict[str, Occurrence] = {}
    for date in dates:
        if date.ends <= now:
            behind[date.event.whole] = date
        else:
            ahead.setdefault(date.event.whole, []).append(date)
    only_behind = [date for whole, date in behind.items() if when == "past" or whole not in ahead]
    ordered: list[Sequence[Occurrence]] = []
    if when != "past":
        ordered += sorted(ahead.values(), key=lambda each: each[0].key)
    if when != "coming":
        ordered += [(date,) for date in sorted(only_behind, key=lambda one: one.key, reverse=True)]
    if not filters.words:
        return tuple(ordered)
    titled = _titled((date.event for date in dates), filters)
    return tuple(sorted(ordered, key=lambda each: each[0].event.whole not in titled))


class Meant(NamedTuple):
    """What was probably meant by words that are found nowhere: ``words``, and the query of an address that finds something by them."""

    words: str
    query: str


def _meant(filters: Filters, when: str) -> Meant | None:
    """Return what was probably meant, if anything is found by that: in the period that is asked for, else in any."""
    words = import_module("coopcal.views.spelling").meant(filters.words, agenda())
    likely = replace(filters, q=words)
    period = next((each for each in (when, "all") if words and _found(likely, each)), "")
    if not period:
        return None
    return Meant(words, likely.query() + (f"&{WHEN}={period}" if period != PERIODS[0] else ""))


def _row(found: Sequence[Occurrence]) -> Row:
    """Return the dates of an event that were found as a row."""
    known, now = agenda(), instant()
    first, *others = found
    if first.ends <= now:
        return Row(first)
    usual = {one.address for one in coming(known.of_whole(first.event), now) if is_usual(one)}
    is_all = usual <= {one.address for one in found}
    return row_of(found) if is_all else Row(first, tuple(others), in_part=True)


def _titled(records: Iterable[Record], filters: Filters) -> frozenset[str]:
    """Return the events whose title alone has all words, by their addresses."""
    once = {id(record): record for record in records}
    titles = ((record.whole, title_words(record)) for record in once.values())
    return frozenset(whole for whole, title in titles if all(word in title for word in filters.words))
