"""A feed, or an event, in the page of somebody else: for a frame, or as a bare fragment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request

from coopcal import zones
from coopcal.site.index import FeedEntry
from coopcal.text.dates import locale
from coopcal.views import months as grid
from coopcal.views.filters import Refused
from coopcal.views.occurrence import Occurrence
from coopcal.views.occurrences import by_day, coming, dates_told, gathered, in_lists, single, whole
from coopcal.views.search import city_key
from coopcal.views.whose_time import whose_time
from coopcal.web import assets
from coopcal.web.current import agenda, instant, site, written_query
from coopcal.web.embed.options import CHOICES, IN_A_PART, STRANGE, VIEWS, Options, read_options
from coopcal.web.headers import EMBEDDED_POLICY, FEED_CACHING, PAGE_CACHING
from coopcal.web.language import iso_week, localised
from coopcal.web.links import are_served
from coopcal.web.links import whole as whole_address
from coopcal.web.pages.blueprint import context, of_feed, successor

blueprint = Blueprint("embed", __name__)
"""The routes of all that is embedded."""

IN_A_MONTH, IMPRECISE = 180, 30
"""Dates that a month shows, and those of them whose day is not known; of further ones it says how many there are."""

YEARS = 3
"""Years around now whose months and weeks are shown."""


class WrongError(Exception):
    """What keeps a calendar from being shown: a status, and a sentence that is shown in its place."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def wrong() -> Any:
    """Return the sentences about what is wrong, which are imported where something is."""
    return import_module("coopcal.web.embed.wrong")


@blueprint.get("/embed/<identifier>/<view>.<tongue>/")
def framed(identifier: str, view: str, tongue: str) -> Response:
    """Return a whole page, for a frame in any other."""
    return _answered(identifier, view, tongue, is_framed=True)


@blueprint.get("/embed/<identifier>/<view>.<tongue>.html")
def fragment(identifier: str, view: str, tongue: str) -> Response:
    """Return a fragment of HTML with whole addresses and names of classes, without style or script."""
    return _answered(identifier, view, tongue, is_framed=False)


@blueprint.get("/embed/events/<path:name>.<tongue>/")
def framed_event(name: str, tongue: str) -> Response:
    """Return an event by itself, as a page for a frame."""
    return _answered(None, name, tongue, is_framed=True)


@blueprint.get("/embed/events/<path:name>.<tongue>.html")
def fragment_of_event(name: str, tongue: str) -> Response:
    """Return an event by itself, as a fragment."""
    return _answered(None, name, tongue, is_framed=False)


@blueprint.get("/embed/<path:rest>")
def unknown(rest: str) -> Response:
    """Say in place that an address is none that a calendar has."""
    g.language = site().manifest.languages[0]
    is_framed = request.path.endswith("/")
    return _sent(_told_wrong(404, wrong().of_address(rest), is_framed=is_framed), is_framed=is_framed)


@blueprint.get("/embed/look.css")
def look() -> Response:
    """Return the colours that a page asks for a frame, as a style sheet: the policy of frames allows no other way."""
    rules = [
        f"--coopcal-{name}:#{value}"
        for name, value in (
            ("accent", request.args.get("accent", "")),
            ("paper", request.args.get("ground", "")),
        )
        if len(value) == len("rrggbb") and set(value.lower()) <= set("0123456789abcdef")
    ]
    answer = Response(f":root.coopcal-framed.coopcal-framed{{{';'.join(rules)}}}\n", mimetype="text/css")
    answer.headers["Cache-Control"] = assets.FOR_EVER
    return answer


def _answered(identifier: str | None, view: str, tongue: str, *, is_framed: bool) -> Response:
    languages = site().manifest.languages
    g.language = tongue if tongue in languages else languages[0]
    try:
        _language(tongue)
        if identifier is None:
            answer = _event(view, is_framed=is_framed)
        else:
            answer = _feed(identifier, view, is_framed=is_framed)
    except WrongError as error:
        answer = _told_wrong(error.status, error.sentence, is_framed=is_framed)
    return _sent(answer, is_framed=is_framed)


def _language(tongue: str) -> None:
    """Refuse a language that the site does not have."""
    if tongue not in site().manifest.languages:
        raise WrongError(404, wrong().of_language(tongue))


def _sent(answer: Response, *, is_framed: bool) -> Response:
    caching = PAGE_CACHING if is_framed else FEED_CACHING
    answer.headers["Cache-Control"] = caching if answer.status_code == 200 else "no-store"  # noqa: PLR2004
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    if is_framed:
        answer.headers["Content-Security-Policy"] = EMBEDDED_POLICY
    else:
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _told_wrong(status: int, sentence: str, *, is_framed: bool) -> Response:
    """Show in place what is wrong, so that whoever wrote the page reads it there."""
    template = "embed/wrong_page.html" if is_framed else "embed/wrong.html"
    return make_response(render_template(template, **context(), framed=is_framed, wrong=[sentence]), status)


def _options(view: str, *, is_framed: bool) -> Options:
    options = read_options(written_query(), view)
    if isinstance(options, Refused):
        raise WrongError(400, options.message)
    if is_framed and options.get("target") == "_self":
        raise WrongError(400, wrong().of_target())
    return options


def _feed(identifier: str, view: str, *, is_framed: bool) -> Response:
    compiled = site()
    entry = compiled.feeds.get(identifier)
    if entry is None:
        raise WrongError(404, wrong().of_feed(identifier))
    if view not in VIEWS:
        raise WrongError(404, wrong().of_view(view))
    if entry.gone:
        other = successor(entry, compiled, g.language)
        raise WrongError(410, wrong().of_ended(other.whole if other else ""))
    options = _options(view, is_framed=is_framed)
    fixed = replace(options.filters, limit=None)
    occurrences = whole(fixed.among(agenda(), agenda().of_feed(entry.id), instant()))
    told: list[str] = []
    if options.filters.selects and are_served():
        told += wrong().of_filters(entry, options.filters)
    if are_served() and (strange := [request.args.get(name, "") for name in STRANGE]) != ["", ""]:
        told += wrong().of_element(*strange)
    known = (
        context()
        | of_feed(entry)
        | {
            "to": lambda path: whole_address(localised(path)),
            "framed": is_framed,
            "feed": entry,
            "view": view,
            "options": options,
            "views": VIEWS if not are_served() else options.views,
            "wrong": told,
            "today": _today(entry),
            "city_key": city_key,
            "fixed": f"?{options.filters.query()}" if options.filters.query() else "",
        }
    )
    shown = _shown(options.chosen.among(agenda(), occurrences, instant()), entry, options)
    known["told"] = whose_time(shown.pop("timed"), g.language, entry.timezone)
    known["here"] = known["told"].here
    offered = options.choices if are_served() else CHOICES
    if offered:
        ahead = _ahead(occurrences, shown, known["today"])
        choosing = import_module("coopcal.web.embed.choosing").choosing
        known["choosing"] = choosing(offered, occurrences, ahead, options.chosen)
    return make_response(
        render_template("embed/page.html" if is_framed else "embed/fragment.html", **known, **shown)
    )


def _event(name: str, *, is_framed: bool) -> Response:
    """Show an event by itself, or one date of it."""
    shown = agenda().at(f"/events/{name}/")
    if shown is None:
        raise WrongError(404, wrong().of_event(name))
    options = _options("next-event", is_framed=is_framed)
    known = context() | {
        "here": "",
        "to": lambda path: whole_address(localised(path)),
        "framed": is_framed,
        "view": "event",
        "options": options,
        "shown": shown,
    }
    instant()
    return make_response(
        render_template("embed/event_page.html" if is_framed else "embed/single.html", **known)
    )


def _ahead(occurrences: Sequence[Occurrence], shown: dict[str, Any], today: date) -> Sequence[Occurrence]:
    """Return what is to come, in a month or week that is over also what was from there on."""
    days = shown["week"].days if "week" in shown else shown["month"].weeks[0].days if "month" in shown else ()
    if not days:
        return coming(occurrences, instant())
    return [each for each in occurrences if each.last >= min(today, days[0].day)]


def _shown(occurrences: Sequence[Occurrence], entry: FeedEntry, options: Options) -> dict[str, Any]:
    """Return what a view shows; in a file also what a script may show of it, where it is asked for more or others."""
    if options.view == "month":
        return _month(occurrences, entry, options)
    if options.view == "week":
        return _week(occurrences, entry, options)
    ahead = in_lists(coming(occurrences, instant()))
    each = options.view == "agenda" or (options.get("dates") and are_served())
    rows = single(ahead) if each else gathered(ahead)
    is_cut = len(rows) > options.number
    rows = rows[: options.number if are_served() else IN_A_PART]
    start = (options.page - 1) * IN_A_PART if are_served() else 0
    part = rows[start : start + IN_A_PART]
    return {
        "timed": dates_told(part),
        "days": by_day(part, _today(entry)),
        "upcoming": part,
        "has_more": start + IN_A_PART < len(rows),
        "is_cut": is_cut,
    }


def _first_weekday(options: Options) -> int:
    return locale(g.language).first_week_day if options.first_weekday is None else options.first_weekday


def _today(entry: FeedEntry) -> date:
    return instant().astimezone(zones.zone(entry.timezone)).date()


def _is_near(day: date, today: date) -> bool:
    return abs(day.year - today.year) <= YEARS


def _month(occurrences: Sequence[Occurrence], entry: FeedEntry, options: Options) -> dict[str, Any]:
    today = _today(entry)
    year, number = options.month or (today.year, today.month)
    if abs(year - today.year) > YEARS:
        raise WrongError(404, wrong().of_month(f"{year}-{number:02}"))
    made = grid.month(occurrences, year, number, _first_weekday(options))
    before, after = (made.first + timedelta(days=days) for days in (-1, 31))
    return {
        "timed": _in(made.weeks),
        "month": made,
        "most": grid.most_in_a_day((day for week in made.weeks for day in week.days), IN_A_MONTH),
        "imprecise": made.imprecise[:IMPRECISE],
        "neighbours": [f"{day:%Y-%m}" if _is_near(day, today) else "" for day in (before, after)],
        "is_now": (year, number) == (today.year, today.month),
    }


def _week(occurrences: Sequence[Occurrence], entry: FeedEntry, options: Options) -> dict[str, Any]:
    """Return a week; it is named for its Monday, and begins on the day that weeks begin with before or on that."""
    today, first_weekday = _today(entry), _first_weekday(options)
    before_monday = -first_weekday % grid.WEEKDAYS
    this_monday = today - timedelta(days=(today.weekday() - first_weekday) % grid.WEEKDAYS - before_monday)
    asked = options.get("week")
    try:
        monday = date.fromisocalendar(int(asked[:4]), int(asked[6:]), 1) if asked else this_monday
    except ValueError:
        raise WrongError(404, wrong().of_month(asked)) from None
    if not _is_near(monday, today):
        raise WrongError(404, wrong().of_month(asked))
    first = monday - timedelta(days=before_monday)
    made = grid.week(occurrences, [first + timedelta(days=number) for number in range(grid.WEEKDAYS)])
    beside = (monday - timedelta(weeks=1), monday + timedelta(weeks=1))
    return {
        "timed": _in([made]),
        "week": made,
        "named": iso_week(monday),
        "most": grid.most_in_a_day(made.days, IN_A_MONTH),
        "neighbours": [iso_week(day) if _is_near(day, today) else "" for day in beside],
        "is_now": monday == this_monday,
    }


def _in(weeks: Iterable[grid.Week]) -> Iterator[Occurrence]:
    """Return what is on in some weeks."""
    return (placed.shown for week in weeks for day in week.days for placed in day.placed)
