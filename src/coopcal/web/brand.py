"""The face of the site and of each organisation: name, logo, letters, picture, and colours, which pages name by classes."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, abort

from coopcal.site.details import ImageRecord, Shade, Shades, Words
from coopcal.site.reader import Site
from coopcal.text.markdown import plain, shortened
from coopcal.web.assets import FOR_EVER, blueprint, document
from coopcal.web.current import PerSite, site

SHORT = 3
"""Letters of a short word."""

ARTICLES = frozenset(
    [
        "the",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "i",
        "o",
        "os",
        "as",
        "a",
        "l",
    ]
)
"""Words that tell nothing of a name."""

LONGEST = 200
"""Characters of a description of a page: others show no more."""


@dataclass(frozen=True, slots=True)
class Brand:
    """How an organisation, or the site, shows itself; ``path`` is that of its page.

    ``tint`` is the class that gives its colours. ``description`` is Markdown.
    """

    name: Words
    path: str
    tint: str
    logo: ImageRecord | None = None
    image: ImageRecord | None = None
    description: Words | None = None

    def monogram(self, language: str) -> str:
        """Return the letters that stand for it where it has no logo."""
        return letters(self.name.get(language) or next(iter(self.name.values()), ""))


def letters(name: str) -> str:
    """Return what stands for a name: its first letters, ``MB``, or all of a short one in capitals, ``ICA``.

    Those of words that begin with a large letter come first, then those of long words; articles have none.
    """
    found: list[str] = re.findall(r"[^\W_]+", name)
    words = [word for word in found if word.lower() not in ARTICLES] or found
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= SHORT:
        return words[0]
    large = [word for word in words if word[0] != word[0].lower() or word[0].isdecimal()]
    others = [word for word in words if word not in large and (len(word) > SHORT or not large)]
    return "".join(word[0].upper()[:1] for word in (*large, *others)[:2])


@dataclass(frozen=True, slots=True)
class Card:
    """The picture that other services show of a link to a page; a large one shows something, others are signs."""

    picture: ImageRecord
    is_large: bool


def card(image: ImageRecord | None, whose: Brand | None) -> Card | None:
    """Return the nearest picture of a page: its own, that of whose it is, that of the site; None where there is none.

    Drawings (SVG) are left out, as no service shows them.
    """
    pictures = [(image, True)]
    for one in (whose, brand()):
        pictures += [(one.image, True), (one.logo, False)] if one else []
    known = (Card(picture, is_large) for picture, is_large in pictures if picture and not _is_drawn(picture))
    return next(known, None)


def _is_drawn(picture: ImageRecord) -> bool:
    return picture.url.partition("?")[0].lower().endswith(".svg")


def about(whose: Brand | None, language: str) -> str:
    """Return what an organisation, or the site, says of itself, as plain text and not too long for a search engine."""
    said = (whose.description if whose else None) or {}
    return shortened(" ".join(plain(said.get(language) or next(iter(said.values()), "")).split()), LONGEST)


def brand(organisation: str | None = None) -> Brand | None:
    """Return the face of an organisation, of the site where none is named; None of one that is not there."""
    return _brands.of(site()).get(organisation or "")


def _all(compiled: Site) -> Mapping[str, Brand]:
    face = compiled.manifest.face
    own = Brand(compiled.manifest.title, "/", "", face.logo, face.image, face.description)
    return {
        "": own,
        **{
            one.id: Brand(
                one.name, f"/organisations/{one.id}/", f"o-{one.id}", one.logo, one.image, one.description
            )
            for one in compiled.organisations
        },
    }


_brands = PerSite(_all)


@blueprint.get("/organisations/<slug:identifier>/<file>")
def picture(identifier: str, file: str) -> Response:
    """Give the logo or the image of an organisation."""
    return document(f"/organisations/{identifier}/{file}")


@blueprint.get("/site/<file>")
def own_picture(file: str) -> Response:
    """Give the logo or the image of the site."""
    return document(f"/site/{file}")


def colour_sheet(compiled: Site) -> str | None:
    """Return where the style sheet of colours is, which changes with them; None where there are none."""
    css = _sheets.of(compiled)
    return f"/colours.{hashlib.sha256(css.encode()).hexdigest()[:12]}.css" if css else None


@blueprint.get("/colours.<digest>.css")
def colours(digest: str) -> Response:
    """Return the style sheet of colours, for as long as anybody likes."""
    if colour_sheet(site()) != f"/colours.{digest}.css":
        abort(404)
    answer = Response(_sheets.of(site()), mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


def _written(compiled: Site) -> str:
    """Return rules for the colours of the site and of organisations: pages name them by classes, as their policy allows no other way.

    Organisations of one colour share a rule.
    """
    shared: dict[Shades, list[str]] = {}
    for one in compiled.organisations:
        if one.shades:
            shared.setdefault(one.shades, []).append(f".o-{one.id}")
    rules = [("organisation", ",".join(names), shades) for shades, names in shared.items()]
    if compiled.manifest.face.shades:
        rules.insert(0, ("house", ":root", compiled.manifest.face.shades))
    dark = "".join(_rule(selector, _of(name, shades.dark)) for name, selector, shades in rules)
    light = "".join(_rule(selector, _of_light(name, shades)) for name, selector, shades in rules)
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n" if rules else ""


_sheets = PerSite(_written)


def _rule(selector: str, values: Iterator[str]) -> str:
    return f"{selector} {{ {' '.join(values)} }}\n"


def _of_light(name: str, shades: Shades) -> Iterator[str]:
    yield from _of(name, shades.light)
    yield f"--{name}-fill: {shades.fill}; --{name}-fill-ink: {shades.ink};"


def _of(name: str, shade: Shade) -> Iterator[str]:
    yield f"--{name}: {shade.text}; --{name}-ink: {shade.ink}; --{name}-soft: {shade.soft};"
