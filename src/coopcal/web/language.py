"""The language of a page, which its address alone decides: ``/fr/…``; the site's first language has no prefix."""

from dataclasses import dataclass

from babel import Locale
from flask import abort, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from coopcal.text.dates import language_name, locale
from coopcal.web.current import site


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
