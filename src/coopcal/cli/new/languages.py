"""Languages as people name them, and texts that are asked for in each of them."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from babel import Locale

from coopcal.authoring.text import Value
from coopcal.cli.answers import folded
from coopcal.cli.new.asker import Asker, Meaning, Question, Trial
from coopcal.definitions.source.node import Mapping, Scalar
from coopcal.definitions.source.parse import parse
from coopcal.model.message import Name
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.dates import language_in

_PARTED = re.compile(r"\s*[,;/+&]\s*|\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)


def languages_meant(answer: str) -> str | None:
    """Return codes, parted by commas, for languages by their names in any language of coopcal's, or parted otherwise."""
    parts = [part for part in _PARTED.split(answer.strip()) if part]
    if len(parts) == 1 and folded(answer) not in _names():
        parts = answer.split()
    codes = [_names().get(folded(part), part) for part in parts]
    return ", ".join(dict.fromkeys(codes)) or None


def named(tag: str) -> Name:
    """Return a language's name, which is said in the language of whoever is asked."""
    return Name(language_in(tag, "en"), "language", tag)


def in_each(
    asker: Asker,
    languages: Sequence[str],
    question: Callable[[str], Question],
    given: str | None,
    trial: Trial,
    *,
    needed: bool = False,
    others: Sequence[tuple[str, str]] = (),
    meaning: Meaning = lambda _: None,
) -> Value | None:
    """Return a text in each language that it is told in; the first is asked for, the others may be left out.

    ``others`` are texts by language that options have given. A text in the first language alone stands by itself.
    """
    first = asker.answer(question(languages[0]), given, needed=needed, trial=trial, meaning=meaning)
    if first is None:
        return None
    texts = _by_language(first, languages) or {languages[0]: first}
    by_language = dict(others)
    for language in (*languages, *(other for other in by_language if other not in languages)):
        if language in texts:
            continue
        answer = asker.answer(question(language), by_language.get(language), trial=trial, meaning=meaning)
        texts |= {language: answer} if answer else {}
    return first if list(texts.values()) == [first] else texts


def _by_language(answer: str, languages: Sequence[str]) -> dict[str, str] | None:
    """Return the texts of an answer that is written as in a file, ``{de: …, it: …}``; None for any other."""
    root = parse(f"text: {answer}\n", "")[0] if answer.startswith("{") else None
    texts = root.get("text") if isinstance(root, Mapping) else None
    entries = texts.entries if isinstance(texts, Mapping) else ()
    texts_by_language = {
        name.text: text.text for name, text in entries if isinstance(text, Scalar) and name.text in languages
    }
    return texts_by_language if texts_by_language and len(texts_by_language) == len(entries) else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return the codes of languages by their names in the languages that coopcal speaks, and in their own."""
    names: dict[str, str] = {}
    for spoken in reversed(LANGUAGES):
        for code, name in Locale(spoken).languages.items():
            if len(code) == 2:  # noqa: PLR2004 - ISO 639-1
                names[folded(name)] = code
    for code in LANGUAGES:
        names[folded(Locale(code).get_display_name() or code)] = code
    return names | {folded(code): code for code in names.values()}
