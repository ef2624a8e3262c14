"""The sentence by which a feed of coopcal tells how an event recurs: known again by its words, which are few."""

import re
from functools import cache

from babel import Locale

from coopcal.text.catalogues import LANGUAGES, VARIANTS
from coopcal.text.dates import locale, so_many_days
from coopcal.text.words import words_of

_WORD = re.compile(r"[^\W\d_]+")
_FIELD = re.compile(r"\{\w*\}")
_ASIDE = re.compile(r" ?\([^()]{1,80}\)")
_BESIDE = ("and", "cancelled", "postponed", "deadline")
_ELIDED = frozenset({"l", "d", "all", "dall", "er", "º"})
"""What a sentence has in the place of words that stand before a vowel, and behind the first of a month."""


def tells_how_it_recurs(row: str) -> bool:
    """Return whether a line is such a sentence, in a language of coopcal, or in several side by side."""
    said = _ASIDE.sub("", row)
    if not row.endswith(".") or not _WORD.search(said):
        return False
    return all(
        any({word.casefold() for word in _WORD.findall(part)} <= known for known in _vocabularies())
        for part in said.split(" / ")
    )


@cache
def _vocabularies() -> tuple[frozenset[str], ...]:
    """Return for each language the words that such a sentence has."""
    return tuple(_vocabulary(language) for language in sorted((*LANGUAGES, *VARIANTS)))


def _vocabulary(language: str) -> frozenset[str]:
    words = words_of(language)
    said = [
        _FIELD.sub(" ", text) for key, text in words.items() if key.startswith("recurs_") or key in _BESIDE
    ]
    said += [so_many_days(count, language) for count in (1, 2, 5, 30)]
    return (
        frozenset(
            word.casefold() for text in (*said, *_names(locale(language))) for word in _WORD.findall(text)
        )
        | _ELIDED
    )


def _names(known: Locale) -> list[str]:
    """Return the names of months and weekdays, and what stands beside a clock."""
    names = [
        str(name)
        for table in (known.months, known.days)
        for context in table.values()
        for width in ("wide", "abbreviated")
        for name in context.get(width, {}).values()
    ]
    times = [
        re.sub(r"[HhmsaBzvK]", " ", str(known.time_formats[width].pattern)) for width in ("short", "medium")
    ]
    return [*names, *times]
