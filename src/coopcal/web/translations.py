"""The words of pages: English in the templates, other languages in catalogues (``locale/<language>/<room>.po``)."""

from pathlib import Path

from jinja2 import Environment

from coopcal.text.catalogues import catalogue, form
from coopcal.web import language

_FOLDER = Path(__file__).parent / "locale"


def install(environment: Environment) -> None:
    """Let templates say ``_("…")`` in the language of the page."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(_said, _said_of, newstyle=True)  # type: ignore[attr-defined]


def gettext(english: str) -> str:
    """Return a sentence in the language of the page."""
    return _said(english)


def ngettext(one: str, other: str, num: int) -> str:
    """Return a sentence about a number of things in the language of the page; ``%(num)s`` is filled in."""
    return _said_of(one, other, num) % {"num": num}


def _said(english: str) -> str:
    return catalogue(_FOLDER / _tag()).by_english.get((english, ""), (english,))[0]


def _said_of(one: str, other: str, num: int) -> str:
    tag = _tag()
    return form(catalogue(_FOLDER / tag).by_english.get((one, other), (one, other)), num, tag)


def _tag() -> str:
    """Return the language that the page's own words are in; those of English are the templates' own."""
    return str(language.babel_locale().language)
