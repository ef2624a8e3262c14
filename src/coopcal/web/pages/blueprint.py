"""The blueprint of pages, which is there once without a language and once with one; and how a page is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from coopcal import zones
from coopcal.model.ids import ALL
from coopcal.model.text_direction import runs_otherwise
from coopcal.site.details import PartyRecord
from coopcal.site.index import FeedEntry
from coopcal.site.reader import Site
from coopcal.text.dates import timezone_name
from coopcal.text.markdown import html
from coopcal.text.words import labelled, left, word
from coopcal.views.occurrence import Occurrence, costs_nothing
from coopcal.views.sentence import row_in_words
from coopcal.views.whose_time import whose_time
from coopcal.web import language
from coopcal.web.brand import about, brand, card, colour_sheet
from coopcal.web.current import AWAY, FORMER, agenda, former, instant, site, written_query
from coopcal.web.headers import ASKING_POLICY, PAGE_CACHING
from coopcal.web.links import are_served, link, whole

ASKING = ("/feeds/", "/organisations/", "/search/", "/builder/")
"""How the addresses of pages begin whose scripts ask this server, or the host of the files that they are."""

blueprint = Blueprint("pages", __name__, template_folder="../templates")
blueprint.url_value_preprocessor(language.take)


@blueprint.before_request
def lead_to_new() -> Redirection | None:
    """Lead from a page at an address that the site had before to the same one where it is now, with its query.

    No cache keeps that: one which does not tell hosts apart would lead the new address to itself.
    """
    if not request.environ.get(FORMER) or request.method not in ("GET", "HEAD"):
        return None
    query = written_query()
    answer = redirect(f"{site().manifest.base_url}{request.path}{f'?{query}' if query else ''}", 308)
    answer.headers["Cache-Control"] = "no-store"
    request.environ[AWAY] = True
    return answer


blueprint.before_request(language.settle)


@blueprint.before_request
def lead_on() -> Redirection | None:
    """Lead from a former address of a page to the one that it has now, with the query."""
    now = former().now(language.bare_path())
    if now is None:
        return None
    query = written_query()
    return redirect(language.localised(now) + (f"?{query}" if query else ""), 308)


def page(template: str, **values: Any) -> Response:
    """Return a page in the language of its address; times on the page of a feed are seen from where that is at home.

    Of the dates that it lists (``timed``), all say whose time they are, or it is said once above them (``told``).
    """
    known = context() | values
    if "feed" in known:
        known |= of_feed(known["feed"])
        known["today"] = instant().astimezone(zones.zone(known["here"])).date()
    known["at_home"] = known["here"]
    if "timed" in known:
        known["told"] = whose_time(known.pop("timed"), language.current(), known["here"])
        known["here"] = known["told"].here
    known["subscribe_at"] = _subscribe_at(values)
    owner = known["owner"] = brand(name) if (name := _owner(values)) else None
    known["card"] = card(known["details"].image if "details" in known else None, owner)
    known["about"] = about(owner or brand(), language.current())
    answer = make_response(render_template(template, **known))
    answer.headers["Cache-Control"] = PAGE_CACHING
    if language.bare_path().startswith(ASKING):
        answer.headers["Content-Security-Policy"] = ASKING_POLICY
    return answer


def _owner(values: Mapping[str, Any]) -> str | None:
    """Return the organisation that a page is of: of its event or its feed, or the one that it shows."""
    match values:
        case {"event": of}:
            return str(of.organisation)
        case {"one": organisation}:
            return str(organisation.id)
        case {"feed": entry}:
            return entry.organisation or None
        case _:
            return None


def canonical(path: str) -> str:
    """Return the whole address of a page in the language of this one."""
    return site().manifest.base_url + language.localised(path)


def _subscribe_at(values: Mapping[str, Any]) -> str:
    """Return where one subscribes to what a page is about: its feed, narrowed as it is, else that of its organisation, else all."""
    name = values["feed"].id if "feed" in values else values.get("subscribing") or ALL
    path = language.localised(f"/feeds/{name}/subscribe/")
    return link(path + (values["wall"].query if "wall" in values else "")) or link(path)


def of_feed(entry: FeedEntry) -> dict[str, Any]:
    """Return what the pages of a feed know beside what every page does: where it is at home, and whose events it has, also where that goes without saying (``owned_by``)."""
    owner = agenda().owner(entry.id)
    return {"here": entry.timezone, "owned_by": owner, "whose": lambda shown: whose(shown, owner)}


def whose(shown: Occurrence, owner: str) -> tuple[PartyRecord, ...]:
    """Return the organisers of a date, none where it is that of an ``owner`` alone, which goes without saying."""
    found = shown.organisers
    return () if all(party.organisation == owner for party in found) else found


def context() -> dict[str, Any]:
    """Return what every page knows: the site, the language, and how to say things in it.

    ``here`` is the time zone that a page is at home in: times elsewhere say whose they are.
    ``today_in`` is the day on clocks of a zone. ``recurring`` says how a row of dates recurs.
    ``whose`` tells of a date whose it is, where that is to be told.
    ``query`` is what the same page in another language is to be asked for, with its question mark.
    """
    compiled = site()
    tongue = language.current()
    return {
        "site": compiled,
        "language": tongue,
        "here": compiled.feeds[ALL].timezone,
        "whose": lambda shown: whose(shown, agenda().owner(ALL)),
        "today_in": lambda zone: instant().astimezone(zones.zone(zone)).date(),
        "recurring": lambda row, here: row_in_words(row, agenda(), instant(), tongue, here),
        "direction": _direction(tongue),
        "alternates": language.alternates(),
        "query": "",
        "colours": link(colours) if (colours := colour_sheet(compiled)) else None,
        "brand": brand,
        "bare": language.bare_path(),
        "canonical": canonical(language.bare_path()),
        "told": None,
        "told_of_all": lambda: whose_time(agenda().once, tongue, compiled.feeds[ALL].timezone),
        "zone_name": lambda zone: timezone_name(zone, tongue),
        "say": lambda text: say(text, tongue),
        "plainly": lambda text: plainly(text, tongue),
        "titles": lambda entry: titles(entry, compiled),
        "successor": lambda entry: successor(entry, compiled, tongue),
        "word": lambda key: word(key, tongue),
        "tag_words": lambda tag: tag_words(tag, compiled, tongue),
        "tag_title": lambda tag: tag_title(tag, compiled, tongue),
        "left": lambda count: left(count, tongue),
        "labelled": lambda label, text: _labelled(label, text, tongue),
        "price_of": lambda said: word("free_of_charge", tongue) if costs_nothing(said) else say(said, tongue),
        "say_markdown": lambda text: say_markdown(text, tongue),
        "link": link,
        "at": lambda address: link(address) if address.startswith("/") else address,
        "localised": language.localised,
        "to": lambda path: link(language.localised(path)),
        "whole": whole,
        "is_served": are_served(),
        "can_check": "coopcal_checker" in current_app.extensions,
    }


@lru_cache(maxsize=64)
def _direction(tongue: str) -> str:
    """Return the direction that a language is written in: ``ltr`` or ``rtl``."""
    return str(Locale.parse(tongue, sep="-").text_direction)


@dataclass(frozen=True, slots=True)
class Successor:
    """Where a feed that ends leads: a name, what a page of the site writes to lead there, and the whole address."""

    name: str
    path: str
    whole: str


def successor(entry: FeedEntry, site: Site, tongue: str) -> Successor | None:
    """Return what a feed that is closed, or is going to be, says to see instead."""
    if entry.closed_see is None:
        return None
    other = site.feeds.get(entry.closed_see)
    if other is None:
        return Successor(entry.closed_see, entry.closed_see, entry.closed_see)
    page = language.localised(f"/feeds/{other.id}/", tongue)
    return Successor(plainly(titles(other, site), tongue), link(page), whole(page))


def titles(entry: FeedEntry, site: Site) -> dict[str, str]:
    """Return the title of a feed by language; one that is the same in another is not translated.

    That of the site's first language comes first, then that of the feed, for who reads neither.
    """
    known = {
        language: found.title
        for language in site.manifest.languages
        if (found := site.translations.get((entry.id, language))) and found.title != entry.title
    } | {entry.language: entry.title}
    order = dict.fromkeys((*site.manifest.languages[:1], entry.language, *known))
    return {language: known[language] for language in order if language in known}


def say(text: Mapping[str, str], tongue: str) -> Markup:
    """Return a text in a language, else in the first there is, marked with its own language then.

    What may run against the direction of the page stands apart, so that it turns nothing beside it.
    """
    other = tongue if tongue in text else next(iter(text), None)
    if other is None:
        return Markup()
    words = text[other]
    name = "bdi" if runs_otherwise(words, _direction(tongue)) else "span"
    if other != tongue:
        return Markup('<{0} lang="{1}">{2}</{0}>').format(name, other, words)
    return Markup("<bdi>{}</bdi>").format(words) if name == "bdi" else Markup.escape(words)


def plainly(text: Mapping[str, str], tongue: str) -> str:
    """Return a text in a language, else in the first there is, without a mark: for titles and attributes."""
    return text.get(tongue) or next(iter(text.values()), "")


def _labelled(label: str, text: str, tongue: str) -> Markup:
    form = labelled("{}", "{}", tongue).replace(" :", "\N{NO-BREAK SPACE}:")
    return Markup(form).format(label, text)  # noqa: S704 - of the catalogue


def tag_title(tag: str, site: Site, tongue: str) -> Markup:
    """Say a tag by its title, where the site gives it one, as any text is said."""
    title = site.manifest.tags.get(tag)
    return say(title, tongue) if title else Markup.escape(tag)


def tag_words(tag: str, site: Site, tongue: str) -> str:
    """Return the title of a tag without a mark: for options and attributes."""
    return plainly(site.manifest.tags.get(tag, {}), tongue) or tag


def say_markdown(markdown: Mapping[str, str], tongue: str) -> Markup:
    """Return Markdown as safe HTML, in a language, else in the first there is."""
    for tag in (tongue, *markdown):
        if tag in markdown:
            turned = ' dir="auto"' if runs_otherwise(markdown[tag], _direction(tongue)) else ""
            form = f'<div class="prose" lang="{{}}"{turned}>{{}}</div>'
            return Markup(form).format(tag, Markup(html(markdown[tag])))  # noqa: S704 - rendered with html=False
    return Markup()
