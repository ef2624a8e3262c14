"""A feed in the page of somebody else: for a frame, or as a bare fragment."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, render_template, request

from coopcal import zones
from coopcal.site.index import FeedEntry
from coopcal.text.dates import locale
from coopcal.views import months as grid
from coopcal.views.filters import Refused
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import coming, whole
from coopcal.web.current import agenda, instant, site
from coopcal.web.embed.options import IN_A_PART, VIEWS, Options, read_options
from coopcal.web.headers import EMBEDDED_POLICY, FEED_CACHING, PAGE_CACHING
from coopcal.web.language import localised
from coopcal.web.links import are_served
from coopcal.web.links import whole as whole_address
from coopcal.web.pages.blueprint import context, of_feed

blueprint = Blueprint("embed", __name__)
"""The routes of all that is embedded."""

IN_A_MONTH, IMPRECISE = 180, 30
"""Dates that a month shows, and those of them whose day is not known; of further ones it says how many there are."""

YEARS = 3
"""Years around now whose months are shown."""


@blueprint.get("/embed/<slug:identifier>/<view>.<language:language>/")
def framed(identifier: str, view: str, language: str) -> Response:
    """Return a whole page, for a frame in any other."""
    answer = _made("embed/page.html", PAGE_CACHING, identifier, view, language)
    answer.headers["Content-Security-Policy"] = EMBEDDED_POLICY
    return answer


@blueprint.get("/embed/<slug:identifier>/<view>.<language:language>.html")
def fragment(identifier: str, view: str, language: str) -> Response:
    """Return a fragment of HTML with whole addresses and names of classes, without style or script."""
    answer = _made("embed/fragment.html", FEED_CACHING, identifier, view, language)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _made(template: str, caching: str, identifier: str, view: str, language: str) -> Response:
    compiled = site()
    entry = compiled.feeds.get(identifier)
    if entry is None or view not in VIEWS or language not in compiled.manifest.languages:
        abort(404)
    if entry.gone:
        abort(410)
    g.language = language
    options = read_options(request.query_string.decode("ascii", "replace"), view)
    if isinstance(options, Refused):
        answer = make_response(f"{options.message}\n", 400)
        answer.mimetype = "text/plain"
        caching = "no-store"
    else:
        known = context()
        known |= of_feed(entry)
        known["to"] = lambda path: whole_address(localised(path))
        shown = _shown(entry, view, options)
        text = render_template(template, **known, feed=entry, view=view, options=options, **shown)
        answer = make_response(text)
    answer.headers["Cache-Control"] = caching
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _shown(entry: FeedEntry, view: str, options: Options) -> dict[str, Any]:
    """Return what a view shows; in a file also what a script may show of it, where it is asked for more or others."""
    occurrences = whole(options.filters.among(agenda(), agenda().of_feed(entry.id), instant()))
    if view == "month":
        return _month(occurrences, entry, options)
    ahead = coming(occurrences, instant())
    if not are_served():
        return _listed(view, ahead[:IN_A_PART], has_more=False)
    ahead = ahead[: options.number]
    start = (options.page - 1) * IN_A_PART
    return _listed(view, ahead[start : start + IN_A_PART], has_more=start + IN_A_PART < len(ahead))


def _listed(view: str, part: Sequence[Occurrence], *, has_more: bool) -> dict[str, Any]:
    if view == "agenda":
        days = groupby(part, key=lambda occurrence: occurrence.first)
        return {"days": [(day, list(shown)) for day, shown in days], "has_more": has_more}
    return {"upcoming": part, "has_more": has_more}


def _month(occurrences: Sequence[Occurrence], entry: FeedEntry, options: Options) -> dict[str, Any]:
    today = instant().astimezone(zones.zone(entry.timezone)).date()
    year, number = options.month or (today.year, today.month)
    if abs(year - today.year) > YEARS:
        abort(404)
    first_weekday = locale(g.language).first_week_day
    made = grid.month(occurrences, year, number, first_weekday)
    before, after = made.first - timedelta(days=1), _next_month(made.first)
    return {
        "month": made,
        "most": grid.most_in_a_day((day for week in made.weeks for day in week.days), IN_A_MONTH),
        "imprecise": made.imprecise[:IMPRECISE],
        "today": today,
        "neighbours": [
            month.replace(day=1) if abs(month.year - today.year) <= YEARS else None
            for month in (before, after)
        ],
    }


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
