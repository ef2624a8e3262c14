"""The languages that coopcal speaks, and its words in them: gettext's text files (``.po``), read uncompiled."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

LANGUAGES = ("en", "fr", "es", "it", "pt", "de")
"""The languages that all of coopcal's own words and sentences are in, by BCP 47 tag without a region."""

VARIANTS = ("pt-BR",)
"""Languages of a region that have words of their own beside those of the language without it."""

_LINE = re.compile(r'^(?:(msg\S+) )?"(.*)"$', re.MULTILINE)
"""A line of an entry: a keyword and a text, or the text of the keyword above it going on."""

_UNSURE = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t"}

_ALSO_OF_NONE = ("fr", "pt")
"""Languages in which what is said of one is also said of none (CLDR's plural rules)."""


def language_of(name: str) -> str | None:
    """Return the language that a tag (``de``, ``de-AT``) or a locale (``de_AT.UTF-8``) names; None for any other."""
    tag = re.split(r"[-_.@]", name.strip().lower(), maxsplit=1)[0]
    return tag if tag in LANGUAGES else None


def spoken_tag(tag: str) -> str:
    """Return the language whose words are said for a BCP 47 tag: a variant that has its own, else that of any region, else English."""
    if tag in VARIANTS:
        return tag
    primary = tag.split("-", maxsplit=1)[0]
    return primary if primary in LANGUAGES else "en"


class Entry(NamedTuple):
    """An entry of a catalogue; ``context`` and ``plural`` are "" where there is none, ``forms`` are the translations."""

    context: str
    english: str
    plural: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language: by their key (``msgctxt``) where they have one, else by their English and its plural."""

    by_key: Mapping[str, str]
    by_english: Mapping[tuple[str, str], tuple[str, ...]]


@cache
def catalogue(place: Path) -> Catalogue:
    """Return the words of a file, or of all files in a folder; none of one that is not there.

    They are read when they are first asked for, and kept: there are no more of them than come with coopcal, and nobody
    can change them, so that all threads share them.
    """
    paths = [place] if place.suffix == ".po" else sorted(place.glob("*.po"))
    entries = [entry for path in paths for entry in _entries(path.read_text(encoding="utf-8"))]
    return Catalogue(
        MappingProxyType({entry.context: entry.forms[0] for entry in entries if entry.context}),
        MappingProxyType(
            {(entry.english, entry.plural): entry.forms for entry in entries if not entry.context}
        ),
    )


@cache
def catalogue_of(folder: Path, language: str, ending: str = "") -> Catalogue:
    """Return the words of a language in a folder; a variant's own come before those of the language without a region."""
    words = catalogue(folder / f"{language.split('-', maxsplit=1)[0]}{ending}")
    if language not in VARIANTS:
        return words
    own = catalogue(folder / f"{language}{ending}")
    return Catalogue(
        MappingProxyType({**words.by_key, **own.by_key}),
        MappingProxyType({**words.by_english, **own.by_english}),
    )


def form(forms: tuple[str, ...], count: int, language: str) -> str:
    """Return what is said of a number of things in a language: the first of its forms of one, else the last."""
    is_one = count == 1 or (count == 0 and language.split("-", maxsplit=1)[0] in _ALSO_OF_NONE)
    return forms[0 if is_one else -1]


def _entries(text: str) -> Iterator[Entry]:
    """Return the entries that are translated; an unsure one (``fuzzy``) and the heading of the file are none."""
    for block in re.split(r"\n\s*\n", text):
        if _UNSURE.search(block):
            continue
        parts: dict[str, str] = {}
        keyword = ""
        for match in _LINE.finditer(block):
            keyword = match[1] or keyword
            parts[keyword] = parts.get(keyword, "") + _ESCAPED.sub(_character, match[2])
        forms = tuple(translation for keyword, translation in parts.items() if keyword.startswith("msgstr"))
        if parts.get("msgid") and forms and all(forms):
            yield Entry(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""), forms)


def _character(match: re.Match[str]) -> str:
    return _CHARACTERS.get(match[1], match[1])
