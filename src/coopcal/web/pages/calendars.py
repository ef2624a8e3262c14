"""A feed as it hangs on a wall: by month, week and year, and a month to print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, abort, request

from coopcal import zones
from coopcal.site.index import FeedEntry
from coopcal.text.dates import locale
from coopcal.views import months as grid
from coopcal.views.filters import Filters
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import Rows, between, in_lists, rows_at, whole
from coopcal.web import language
from coopcal.web.current import agenda, instant
from coopcal.web.pages.blueprint import blueprint, page
from coopcal.web.pages.filtering import Filtering, filtering
from coopcal.web.pages.requested import (
    DATES,
    EVERY,
    asks_for_every_date,
    feed_of,
    lead_to_tidy,
    requested_filters,
    requested_part,
)

IN_A_CELL = 3
"""Events that a day has room for on paper."""

IN_A_DAY = 5
"""Events that a day of a month shows; its week shows all."""

IN_A_MONTH, IN_A_WEEK = 400, 300
"""Dates that a page of a month shows, of further ones it says how many there are; and that one of a week does, with more on the next."""

ON_A_SHEET = 200
"""Dates that the back of a printed month has."""

IMPRECISE = 30
"""Dates that a month, or a year, shows of those whose day is not known."""

LEEWAY = 1
"""Years before the first and after the last in which something is: robots do not turn leaves for ever."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A feed, perhaps narrowed: its dates, the years that there are, and today on its clocks."""

    feed: FeedEntry
    filters: Filters
    found: tuple[Occurrence, ...]
    years: range
    today: date

    @property
    def query(self) -> str:
        """What its links carry on."""
        query = self.filters.query()
        return f"?{query}" if query else ""

    def rows(self, instant: datetime) -> Rows:
        """Return what its lists show, gathered."""
        if not self.filters.selects:
            return agenda().rows(self.feed.id, instant)
        return rows_at(self.found, instant)

    def filtering(self, period: str = "all") -> Filtering:
        """Return the filters of its page: what there is to choose, of what is coming or of all, and what is chosen."""
        shown = agenda().shown_in(self.feed.id)
        is_of_feed = language.bare_path().startswith("/feeds/")
        path = request.path if is_of_feed else language.localised(f"/feeds/{self.feed.id}/")
        own = ((DATES, EVERY),) if asks_for_every_date() else ()
        return filtering(self.filters, shown, path, period=period, own=own)

    def count(self, first: date, last: date) -> int:
        """Return how many dates there are on these days, the last one included."""
        return len(between(self.found, first, last))

    def within(self, day: date) -> date | None:
        """Return a day, if it is in a year that there is."""
        return day if day.year in self.years else None


@blueprint.get("/feeds/<slug:identifier>/<month:asked_month>/")
def month(identifier: str, asked_month: tuple[int, int]) -> Response:
    """Show a month."""
    wall = _wall(identifier, asked_month[0])
    made = grid.month(wall.found, *asked_month, locale(language.current()).first_week_day)
    most = grid.most_in_a_day((day for week in made.weeks for day in week.days), IN_A_MONTH)
    return _shown(
        "calendar/month.html",
        wall,
        _in(made.weeks),
        month=made,
        rows=[(week, grid.cells(week, min(most, IN_A_DAY))) for week in made.weeks],
        legend=_legend(made),
        imprecise=made.imprecise[:IMPRECISE],
        **_beside(wall, made.first),
    )


@blueprint.get("/feeds/<slug:identifier>/<month:asked_month>/sheet/")
def sheet(identifier: str, asked_month: tuple[int, int]) -> Response:
    """Show a month to print: the grid in front, what is on behind, to be folded once."""
    wall = _wall(identifier, asked_month[0])
    made = grid.month(wall.found, *asked_month, locale(language.current()).first_week_day)
    listed = in_lists(between(wall.found, made.first, made.days[-1].day))
    return _shown(
        "calendar/sheet.html",
        wall,
        (*_in(made.weeks), *listed),
        month=made,
        most=IN_A_CELL,
        listed_dates=listed[:ON_A_SHEET],
        more=len(listed[ON_A_SHEET:]),
    )


@blueprint.get("/feeds/<slug:identifier>/<week:monday>/")
def week(identifier: str, monday: date) -> Response:
    """Show a week, from its Monday on (ISO 8601)."""
    wall = _wall(identifier, (monday + timedelta(days=3)).year)
    made = grid.week(wall.found, [monday + timedelta(days=number) for number in range(grid.WEEKDAYS)])
    part = requested_part([(day.day, placed) for day in made.days for placed in day.placed], IN_A_WEEK)
    return _shown(
        "calendar/week.html",
        wall,
        _in([made]),
        week=made,
        part=part,
        on={day.day: [placed for on, placed in part.shown if on == day.day] for day in made.days},
        monday=monday,
        before=wall.within(monday - timedelta(weeks=1)),
        after=wall.within(monday + timedelta(weeks=1)),
    )


@blueprint.get("/feeds/<slug:identifier>/<year:asked_year>/")
def year(identifier: str, asked_year: int) -> Response:
    """Show a year at a glance."""
    wall = _wall(identifier, asked_year)
    first_weekday = locale(language.current()).first_week_day
    near = between(wall.found, date(asked_year - 1, 12, 24), date(asked_year + 1, 1, 8))
    months = [grid.month(near, asked_year, number, first_weekday) for number in range(1, 13)]
    ends = date(asked_year, 1, 1), date(asked_year, 12, 31)
    imprecise = [one for one in in_lists(between(near, *ends)) if one.when is None]
    return _shown(
        "calendar/year.html",
        wall,
        year=asked_year,
        months=months,
        imprecise=imprecise[:IMPRECISE],
        more=len(imprecise[IMPRECISE:]),
        before=wall.within(date(asked_year - 1, 1, 1)),
        after=wall.within(date(asked_year + 1, 1, 1)),
    )


def wall_of(entry: FeedEntry, filters: Filters | None = None) -> Wall:
    """Return a feed with its dates, narrowed by filters, where none are given as the request asks."""
    now = instant()
    if filters is None:
        filters = requested_filters()
        lead_to_tidy(filters, DATES)
    known = agenda()
    occurrences = (
        whole(filters.among(known, known.of_feed(entry.id), now))
        if filters.selects
        else known.listed(entry.id)
    )
    today = now.astimezone(zones.zone(entry.timezone)).date()
    return Wall(entry, filters, occurrences, _years(occurrences, now), today)


def _years(occurrences: Sequence[Occurrence], instant: datetime) -> range:
    """Return the years that there are pages for: those of what is in it, this one, and one beside them."""
    first = min((occurrence.first.year for occurrence in occurrences), default=instant.year)
    last = max((occurrence.last.year for occurrence in occurrences), default=instant.year)
    return range(
        max(min(first, instant.year) - LEEWAY, date.min.year + 1),
        min(max(last, instant.year) + LEEWAY, date.max.year - 1) + 1,
    )


def _legend(month: grid.Month) -> list[str]:
    """Return the organisations whose events a month has, in the order of their ids; none where there is but one."""
    found = {
        placed.shown.event.organisation for week in month.weeks for day in week.days for placed in day.placed
    }
    return sorted(found) if len(found) > 1 else []


def _shown(template: str, wall: Wall, dates: Iterable[Occurrence] = (), **values: Any) -> Response:
    """Show a page; its ``dates`` say whose time they are in one way."""
    return page(
        template,
        wall=wall,
        query=wall.query,
        feed=wall.feed,
        timed=dates,
        **values,
    )


def _in(weeks: Iterable[grid.Week]) -> Iterator[Occurrence]:
    """Return what is on in some weeks."""
    return (placed.shown for week in weeks for day in week.days for placed in day.placed)


def _wall(identifier: str, asked_year: int) -> Wall:
    wall = wall_of(feed_of(identifier))
    if asked_year not in wall.years:
        abort(404)
    return wall


def _beside(wall: Wall, first: date) -> dict[str, date | None]:
    return {
        "before": wall.within((first - timedelta(days=1)).replace(day=1)),
        "after": wall.within((first + timedelta(days=31)).replace(day=1)),
    }
