"""The builders: of a feed, to choose what is in it and take its address, its code or its file; and of the code for web sites."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from flask import Response, abort, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from coopcal.model.ids import ALL
from coopcal.model.party import Role
from coopcal.text.late import late
from coopcal.text.words import joined
from coopcal.views.filters import Filters, Refused
from coopcal.views.occurrences import coming, dates_told
from coopcal.web import language
from coopcal.web.current import agenda, instant, site
from coopcal.web.embed.options import VALUES, VIEWS, Options, read_options
from coopcal.web.headers import ASKING_POLICY
from coopcal.web.language import country as country_name
from coopcal.web.language import gettext as _
from coopcal.web.links import are_served, link, whole
from coopcal.web.pages.blueprint import blueprint, page, plainly, tag_words, titles
from coopcal.web.pages.calendars import Wall, wall_of
from coopcal.web.pages.offers import attributes, embedded_list, frame, frame_filters, reminders, subscription
from coopcal.web.pages.requested import feed_of, requested_filters, to_canonical

SHOWN = 10
"""Dates that are shown of what was chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen: its words, how many events have it, and whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@blueprint.get("/builder/")
def build() -> Response | Redirection:
    """Show the choices and what comes of them; the same choice has the same address."""
    if (other := _to_language()) is not None:
        return other
    entry = feed_of(ALL)
    wall = wall_of(entry)
    if (canonical := to_canonical(wall.filters)) is not None:
        return canonical
    compiled, tongue = site(), language.current()
    title, chosen = _title(wall), dict(parse_qsl(wall.filters.query()))
    ahead = coming(wall.found, instant())
    upcoming = wall.rows(instant()).ahead[:SHOWN]
    return page(
        "builder.html",
        feed=entry,
        wall=wall,
        query=wall.query,
        choices=_choices(wall),
        past=chosen.get("past", ""),
        future=chosen.get("future", ""),
        reminding=_reminding(wall),
        timed=dates_told(upcoming),
        upcoming=upcoming,
        count=len(ahead),
        subscription=replace(subscription(entry, compiled, wall.filters), title=title, choosing=None),
        frame=frame(embedded_list(entry, tongue), title, frame_filters(wall.filters)),
        attributes=attributes(wall.filters),
        definition=late("formats.feed_source", "feed_yaml")(wall.filters, title),
        file=f"feeds/{late('formats.feed_source', 'feed_id')(wall.filters)}.yaml",
    )


def _to_language() -> Redirection | None:
    """Lead to the builder in the language that is asked for: that of an address is in its path."""
    asked = request.args.get("language")
    if asked is None:
        return None
    if asked not in site().manifest.languages:
        abort(400)
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "language" and value]
    path = language.localised("/builder/", asked)
    return redirect(f"{path}?{urlencode(rest)}" if rest else path, 303)


def _choices(wall: Wall) -> dict[str, tuple[Choice, ...]]:
    """Return what can be chosen by each name, as far as there are events that have it."""
    counted, tongue = agenda().counts, language.current()
    names = {one.id: plainly(one.name, tongue) for one in site().organisations}
    roles = {
        "organiser": _("organises"),
        "host": _("hosts"),
        "partner": _("is a partner"),
        "participant": _("takes part"),
    }
    values = {
        "organisation": (counted["organisation"], names),
        "tag": (counted["tag"], {tag: tag_words(tag, site(), tongue) for tag in counted["tag"]}),
        "country": (counted["country"], {}),
        "role": (counted["role"], roles),
    }
    compiled = {}
    for name, (counts, words) in values.items():
        chosen = getattr(wall.filters, name)
        known = list(Role) if name == "role" else sorted({*counts, *chosen})
        compiled[name] = tuple(
            Choice(value, words.get(value) or _said(name, value, tongue), counts[value], value in chosen)
            for value in known
            if counts[value] or value in chosen
        )
    return compiled


def _said(name: str, value: str, tongue: str) -> str:
    return country_name(value, tongue) if name == "country" else value


def _reminding(wall: Wall) -> tuple[Choice, ...]:
    """Return the reminders that there are: a server puts any into a feed, files have those that are offered."""
    offered = None if are_served() else wall.feed.reminders or ()
    if offered == ():
        return ()
    return tuple(
        Choice(value, label, 0, value == wall.filters.remind) for value, label in reminders(offered).items()
    )


def _title(wall: Wall) -> str:
    """Say in a few words what was chosen."""
    tongue, filters = language.current(), wall.filters
    names = {one.id: plainly(one.name, tongue) for one in site().organisations}
    who = joined([names.get(name, name) for name in filters.organisation], tongue)
    where = joined([country_name(code, tongue) for code in filters.country], tongue)
    what = joined([tag_words(tag, site(), tongue) for tag in filters.tag], tongue)
    return ", ".join(part for part in (who, what, where) if part) or plainly(site().manifest.title, tongue)


@blueprint.get("/feeds/<slug:identifier>/embedding/")
def embedding(identifier: str) -> Response:
    """Show how to put a feed on a web site, narrowed as the address asks: choose how it is shown, see it, and take its code."""
    entry, compiled, tongue = feed_of(identifier), site(), language.current()
    wall = wall_of(entry, requested_filters("view", *VALUES))
    own = {name: " ".join(filter(None, request.args.getlist(name))).removeprefix("#") for name in VALUES}
    asked_view = request.args.get("view", "")
    view = asked_view if asked_view in VIEWS else (*own["views"].split(), VIEWS[0])[0]
    read = read_options(urlencode([(name, value) for name, value in own.items() if value]), view)
    options = Options(VIEWS[0], Filters(), Filters()) if isinstance(read, Refused) else read
    query = "&".join(part for part in (frame_filters(wall.filters), options.query()) if part)
    embedded = f"/embed/{entry.id}/{options.view}.{tongue}/"
    said = [("view", options.view if options.view != VIEWS[0] else ""), *options.said]
    answer = page(
        "feed/embedding.html",
        feed=entry,
        wall=wall,
        query=wall.query,
        options=options,
        kept=parse_qsl(wall.filters.query()),
        **{day: date(2026, 1, number) for day, number in (("saturday", 3), ("sunday", 4), ("monday", 5))},
        wrong=read.message if isinstance(read, Refused) else "",
        preview=link(f"{embedded}?{query}" if query else embedded),
        frame=frame(embedded, plainly(titles(entry, compiled), tongue), query),
        fragment=whole(f"{embedded.removesuffix('/')}.html" + (f"?{query}" if query else "")),
        attributes=attributes(wall.filters)
        + "".join(Markup(' {}="{}"').format(name, value) for name, value in said if value),
    )
    if are_served():
        answer.headers["Content-Security-Policy"] = f"{ASKING_POLICY}; frame-src 'self'"
    return answer
