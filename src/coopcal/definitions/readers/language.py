"""Languages, by their BCP 47 tags."""

import re
from functools import lru_cache

from babel import Locale, localedata

from coopcal.definitions.codes.values import UNKNOWN_LANGUAGE
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.declared.reader import each_once, listed, reader
from coopcal.definitions.declared.shapes import scalar
from coopcal.definitions.declared.spelling import instead_of, nearest
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.problem import Offer, Problems

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?")

_OTHER_NAMES = {
    "english": "en",
    "ger": "de",
    "eng": "en",
    "fre": "fr",
    "ita": "it",
    "spa": "es",
    "por": "pt",
    "gr": "el",
    "cz": "cs",
    "dk": "da",
    "jp": "ja",
}


@lru_cache(maxsize=512)
def is_language(text: str) -> bool:
    """Return whether a text is a BCP 47 tag of a language that there is."""
    primary = text.split("-", maxsplit=1)[0]
    return LANGUAGE.fullmatch(text) is not None and (_is_at_hand(primary) or primary in _languages())


def language_tag(node: Scalar, problems: Problems, offers: tuple[Offer, ...] = ()) -> str | None:
    """Read a BCP 47 language tag; ``offers`` are what may be meant where it is not the name of a language."""
    if is_language(node.text):
        return node.text
    certain = _meant(node.text)
    meant = certain or nearest(node.text, _common())
    mend = (
        msg("did you mean “{meant}”?", meant=meant) if meant else msg("write a code such as en, fr or pt-BR")
    )
    problems.tell(
        node.position,
        UNKNOWN_LANGUAGE,
        msg("“{text}” is no language code", text=node.text),
        offers[0].said if offers and not certain else mend,
        instead_of(node, certain),
        offers=() if certain else offers,
        advice=mend,
    )
    return None


@reader(json_schema.string(exactly(LANGUAGE), "Write a language code, such as en, fr or pt-BR"))
def language(node: Node, context: Context) -> str | None:
    """Read one language."""
    written = scalar(node, context.problems, msg("a language"))
    return language_tag(written, context.problems) if written else None


languages = each_once(listed(language))


def _meant(written: str) -> str | None:
    """Return the code of a language that is written by its name, in capitals or with an underscore; None for others."""
    word = written.strip().lower()
    if code := _names().get(word):
        return code
    language, _, country = word.replace("_", "-").partition("-")
    tag = f"{language}-{country.upper()}" if country else language
    return tag if is_language(tag) else None


def _is_at_hand(primary: str) -> bool:
    """Return whether a code of two letters is surely a language: Babel has a file of it, which need not be read."""
    return len(primary) == 2 and localedata.exists(primary)  # noqa: PLR2004 - ISO 639-1


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(Locale("en").languages)


@lru_cache(maxsize=1)
def _common() -> tuple[str, ...]:
    return tuple(str(code) for code in Locale("en").languages if len(str(code)) == 2)  # noqa: PLR2004 - ISO 639-1


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    twice = set()
    for spoken in ("en", "de", "es", "fr", "it", "pt", "nl"):
        for code in _common():
            name = Locale(spoken).languages.get(code, "").lower()
            if names.setdefault(name, code) != code:
                twice.add(name)
    for code in _common():
        own = Locale(code).display_name if localedata.exists(code) else None
        if own:
            names.setdefault(own.lower(), code)
    names = {name: code for name, code in names.items() if name and name not in twice}
    return names | _OTHER_NAMES
