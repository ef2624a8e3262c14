"""The language of a page, which its address alone decides: ``/fr/…``; the site's first language has no prefix.

Its words are English in the templates, in other languages in catalogues (``locale/<language>/<room>.po``).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from flask import abort, g, redirect, request
from jinja2 import Environment
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from coopcal.model.when import Imprecise
from coopcal.text import dates, recurring
from coopcal.text.catalogues import catalogue_of, form, spoken_tag
from coopcal.text.dates import language_in, language_name, locale
from coopcal.web.current import site

_FEW = 4
"""Letters of a weekday where there is little room, a full stop among them."""

_RANGE = re.compile(r"\d\d?:\d\d–\d\d?:\d\d")

_FOLDER = Path(__file__).parent / "locale"


class LanguageConverter(BaseConverter):
    """A language (BCP 47) at the beginning of an address."""

    regex = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2}|-\d{3})?"


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    name: str
    path: str
    current: bool


def take(_: str | None, values: dict[str, str] | None) -> None:
    """Take the language out of the values of an address."""
    g.asked_language = (values or {}).pop("language", None)


def settle() -> Response | None:
    """Refuse a language that the site does not have, and lead the first one's prefix to the address without."""
    asked = g.asked_language
    languages = site().manifest.languages
    if asked is None:
        g.language = languages[0]
    elif asked not in languages:
        abort(404)
    elif asked == languages[0]:
        bare = request.full_path.removeprefix(f"/{asked}").rstrip("?")
        return redirect(bare, 308)
    else:
        g.language = asked
    return None


def current() -> str:
    """Return the language of this page."""
    language: str | None = g.get("language")
    return language or _beginning() or _first()


def babel_locale() -> Locale:
    """Return the locale that coopcal's own words have on this page."""
    return locale(current())


def localised(path: str, language: str | None = None) -> str:
    """Return a path of the site in a language, that of this page where none is given."""
    language = language or current()
    return path if language == _first() else f"/{language}{path}"


def bare_path() -> str:
    """Return the path of this page without its language."""
    prefix = f"/{current()}"
    path: str = request.path
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


def alternates() -> tuple[Alternate, ...]:
    """Return this page in each language of the site."""
    path = bare_path()
    return tuple(
        Alternate(language, language_name(language), localised(path, language), language == current())
        for language in site().manifest.languages
    )


def install(environment: Environment) -> None:
    """Let templates say ``_("…")`` in the language of the page."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, _said_of, newstyle=True)  # type: ignore[attr-defined]


def gettext(english: str) -> str:
    """Return a sentence in the language of the page."""
    return catalogue_of(_FOLDER, _tag()).by_english.get((english, ""), (english,))[0]


def ngettext(one: str, other: str, num: int) -> str:
    """Return a sentence about a number of things in the language of the page; ``%(num)s`` is filled in."""
    return _said_of(one, other, num) % {"num": num}


def weekday(day: date, language: str) -> str:
    """Return a weekday in a few letters: the usual form, or where that is nearly the whole, as in Portugal, the short one."""
    known = locale(language)
    few = max(map(len, known.days["format"]["abbreviated"].values())) <= _FEW
    return format_date(day, "EEE" if few else "EEEEEE", known)


def month(day: date, language: str) -> str:
    """Return a month in a few letters."""
    return format_date(day, "LLL", locale(language))


def country(code: str, language: str) -> str:
    """Return a country's name."""
    return dates.country(code, language)


def tongue(tag: str, language: str) -> str:
    """Return the name of a language in another."""
    return language_in(tag, language)


def day_in_words(day: date, language: str) -> str:
    """Return a day with its weekday, as people say it."""
    return dates.day(day, language)


@lru_cache(maxsize=4096)
def short_day(day: date, language: str) -> str:
    """Return a day with its weekday and year in few letters: ``Sat, 28 Nov 2026``; in English as it is written in Europe."""
    return format_skeleton("yMMMEd", day, locale=_day_first(language))


@lru_cache(maxsize=4096)
def day_and_month(day: date, language: str) -> str:
    """Return a day with its month in few letters: ``1 Dec``."""
    return format_skeleton("MMMd", day, locale=_day_first(language))


@lru_cache(maxsize=4096)
def around_day(day: date, language: str) -> tuple[str, str]:
    """Return what stands before and after the number of a day, where its weekday and month have few letters: ``Mo., ``, ``. Nov.``."""
    words = format_skeleton("MMMEd", day, locale=_day_first(language))
    before, _, after = words.partition(str(day.day))
    return before, after


@lru_cache(maxsize=4096)
def day_in_month(day: date, language: str) -> str:
    """Return a day with its weekday in a few letters, and its month: ``Sat 5 December``."""
    return f"{weekday(day, language)} {format_skeleton('MMMMd', day, locale=_day_first(language))}"


@lru_cache(maxsize=4096)
def weekday_and_day(day: date, language: str) -> str:
    """Return a day with its weekday and month, without its year, as a heading begins: ``Saturday 5 December``; ``Lundi 1er juin``."""
    spoken = _day_first(language)
    comma = "," if "EEEE," in spoken.date_formats["full"].pattern and language != "en" else ""
    is_counted = spoken.language == "fr" and day.day == 1
    rest = (
        format_date(day, "d'er' MMMM", spoken) if is_counted else format_skeleton("MMMMd", day, locale=spoken)
    )
    return f"{weekday_in_words(day, language).capitalize()}{comma} {rest}"


def _day_first(language: str) -> Locale:
    return Locale("en", "GB") if language == "en" else locale(language)


def month_in_words(day: date, language: str, *, inside: bool = False) -> str:
    """Return a month and its year, beginning as a heading does, or as it is written inside a sentence."""
    words = format_skeleton("yMMMM", day, locale=locale(language))
    return words if inside else words[:1].upper() + words[1:]


def roughly(when: Imprecise, language: str) -> str:
    """Return when something is of which the day is not known, as a heading says it: ``Autumn 2027``."""
    words = dates.as_date(when, language)
    return words[:1].upper() + words[1:]


def since(day: date, language: str) -> str:
    """Return from which day on something is: ``From 3 April 2027``."""
    return recurring.since(day, language)


def unbroken(words: str, name: str = "range") -> Markup | str:
    """Return words with each time from one clock to another kept on one line, by the name of a class."""
    if "–" not in words:
        return words
    return Markup(_RANGE.sub(rf'<span class="{name}">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped


def weekday_in_words(day: date, language: str) -> str:
    """Return a weekday, whole."""
    return format_date(day, "cccc", locale(language))


def iso_week(day: date) -> str:
    """Return the week that a day is in, as addresses name it: ``2026-W50`` (ISO 8601)."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def _said_of(one: str, other: str, num: int) -> str:
    tag = _tag()
    return form(catalogue_of(_FOLDER, tag).by_english.get((one, other), (one, other)), num, tag)


def _tag() -> str:
    """Return the language that the page's own words are in; those of English are the templates' own."""
    return spoken_tag(current())


def _beginning() -> str | None:
    """Return the language that the address of no page begins with: what is not there is said in it, too."""
    segment = request.path.split("/")[1]
    try:
        return segment if segment in site().manifest.languages else None
    except HTTPException:
        return None


def _first() -> str:
    try:
        return site().manifest.languages[0]
    except HTTPException:
        return "en"
