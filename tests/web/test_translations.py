"""Every word of the pages is there in every language of coopcal's own."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

WEB = Path(__file__).parents[2] / "src/coopcal/web"
Said = str | tuple[str, ...]
LANGUAGES = ("de", "es", "fr", "it", "pt")


def messages() -> set[Said]:
    """Return what the code and the templates say in English."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.py", "python"), ("**.html", "jinja2")],
        options_map={"**.html": {"trim_blocks": "true", "silent": "false", "newstyle_gettext": "true"}},
    )
    return {_said(message) for _, _, message, _, _ in found}


def catalogue(language: str) -> dict[Said, Said]:
    """Return the words of a language from all its catalogues."""
    words: dict[Said, Said] = {}
    for path in sorted((WEB / "locale" / language).glob("*.po")):
        with path.open("rb") as file:
            words |= {
                _said(message.id): _said(message.string)
                for message in read_po(file, locale=language)
                if message.id
            }
    return words


def _said(message: object) -> Said:
    """Return one message, or its forms for one and for many."""
    return tuple(map(str, message)) if isinstance(message, list | tuple) else str(message or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_and_nothing_else(language: str) -> None:
    """A message that no template says any more is gone from the catalogues."""
    words = catalogue(language)

    assert {
        key for key, said in words.items() if not said or (isinstance(said, tuple) and not all(said))
    } == set()
    assert set(words) == messages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stands_in_each_language(language: str) -> None:
    """A name in ``%(name)s`` that is missing would lose what is said."""

    def names(said: str | tuple[str, ...]) -> set[str]:
        last = said[-1] if isinstance(said, tuple) else said
        return {part.split(")")[0] for part in last.split("%(")[1:]}

    assert [key for key, said in catalogue(language).items() if names(key) != names(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_have_all_words_in_each_language(language: str) -> None:
    """A message with the words of a picture holds as many of them, none of them empty."""
    told = {key: said for key, said in catalogue(language).items() if isinstance(key, str) and " | " in key}

    assert len(told) > 10
    for key, said in told.items():
        assert isinstance(said, str)
        assert len(said.split(" | ")) == len(key.split(" | ")), key
        assert all(word.strip() for word in said.split(" | ")), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_twice(language: str) -> None:
    """Each room has a catalogue of its own; what two say stands in one."""
    found: Counter[object] = Counter()
    for path in (WEB / "locale" / language).glob("*.po"):
        with path.open("rb") as file:
            found.update(message.id for message in read_po(file, locale=language) if message.id)

    assert [key for key, count in found.items() if count > 1] == []


FAMILIAR = re.compile(
    r"\b(?:tuo|tua|tuoi|tue|puoi|vuoi|hai|devi|sei|scegli|scrivi|controlla|metti|togli|apri|incolla|aggiungi|premi|leggi|"
    r"salva|correggi|iscriviti|clicca|tocca|seleziona)\b|"
    r"^(?:mostra|scarica|cerca|stampa|copia|usa|guarda|lascia)\b"
)
"""How people are called upon who are addressed as friends; some of it means “it shows” within a sentence."""


def test_italian_has_one_form_of_address() -> None:
    """The polite one in sentences, and the infinitive on buttons; what others write on theirs stands in «…», or in a picture."""
    sentences = [
        one for said in catalogue("it").values() for one in (said if isinstance(said, tuple) else (said,))
    ]
    for kind in ("words", "messages"):
        with (WEB.parent / "text/locale" / kind / "it.po").open("rb") as file:
            sentences += [str(message.string) for message in read_po(file, locale="it") if message.id]
    own = [re.sub(r"«[^»]*»", "", one.lower()) for one in sentences if " | " not in one]

    assert len(own) > 1000
    assert [one for one in own if FAMILIAR.search(one)] == []
