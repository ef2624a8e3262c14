"""Every word of the pages is there in every language of coopcal's own."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text import dates
from coopcal.text.words import words_of
from coopcal.web import create_app
from coopcal.web.language import weekday

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
                for message in read_po(file, locale=language.replace("-", "_"))
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
    assert [key for key, said in catalogue(language).items() if _names(key) != _names(said)] == []


def _names(said: Said) -> set[str]:
    """Return what is filled in."""
    last = said[-1] if isinstance(said, tuple) else said
    return {part.split(")")[0] for part in last.split("%(")[1:]}


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


@pytest.mark.parametrize("language", ["en", *LANGUAGES, "pt-BR"])
def test_a_weekday_has_few_letters_in_each_language(language: str) -> None:
    """The usual short form is nearly the whole word in Portugal, and would burst a leaf."""
    days = [weekday(date(2026, 6, day), language) for day in range(1, 8)]

    assert max(map(len, days)) <= 4
    assert len(set(days)) == 7


FAMILIAR = re.compile(
    r"\b(?:tuo|tua|tuoi|tue|puoi|vuoi|hai|devi|sei|scegli|scrivi|controlla|metti|togli|apri|incolla|aggiungi|premi|leggi|"
    r"salva|correggi|iscriviti|clicca|tocca|seleziona)\b|"
    r"^(?:mostra|scarica|cerca|stampa|copia|usa|guarda|lascia)\b"
)
"""How people are called upon who are addressed as friends; some of it means “it shows” within a sentence."""

OWNED = re.compile(r"\b(?:tuo|tua|tuoi|tue|puoi|vuoi|hai|devi|sei)\b")
INFINITIVE = re.compile(r"^\w+(?:are|ere|ire|rsi)\b")


def test_italian_has_one_form_of_address() -> None:
    """The polite one in sentences, and what buttons usually say on them; what others write on theirs stands in «…», or in a picture."""
    said = [
        one for said in catalogue("it").values() for one in (said if isinstance(said, tuple) else (said,))
    ]
    labels = [one for one in said if one[-1] not in ".?:"]
    sentences = [one for one in said if one not in labels]
    for kind in ("words", "messages"):
        with (WEB.parent / "text/locale" / kind / "it.po").open("rb") as file:
            sentences += [str(message.string) for message in read_po(file, locale="it") if message.id]

    assert len(sentences) > 800
    assert len(labels) > 200
    assert [one for one in _own(sentences) if FAMILIAR.search(one)] == []
    assert [one for one in _own(labels) if OWNED.search(one) or INFINITIVE.search(one)] == []


def test_spanish_has_one_word_for_an_event() -> None:
    """“Actividad” on pages and in calendars, as members say it; what others write on their buttons stands in pictures of them."""
    said = [
        one for said in catalogue("es").values() for one in (said if isinstance(said, tuple) else (said,))
    ]
    said += words_of("es").values()

    assert len(said) > 600
    assert [one for one in _own(said) if re.search(r"\beventos?\b", one)] == []


def _own(said: list[str]) -> list[str]:
    """Return without what others write on their buttons, and without pictures of them."""
    return [re.sub(r"«[^»]*»", "", one.lower()) for one in said if " | " not in one]


EUROPEAN = re.compile(
    r"(?<!%\()\b(?:ficheiros?|sítios?|utilizador\w*|ecrãs?|palavra-passe|subscri\w+|subscrev\w+|contactos?|telemóve\w+|telefone|equipas?|separador|"
    r"ligaç\w+|definições|descarregar|câmara|prima|num|numa|noutr[oa]s?|avisá-lo-á|em linha|está a \w+r|a app)\b|[«»]",
    re.IGNORECASE,
)
"""What is said in Portugal, and otherwise in Brazil."""


def _of_brazil() -> dict[Said, Said]:
    """Return what pages say in Brazil: its own words, and for the rest those of Portugal."""
    return catalogue("pt") | catalogue("pt-BR")


def test_brazil_has_its_own_words_and_shares_the_rest() -> None:
    """Its catalogues hold what is otherwise there, and nothing that pages do not say."""
    shared, own = catalogue("pt"), catalogue("pt-BR")

    assert len(own) > 50
    assert set(own) <= set(shared)
    assert [key for key, said in own.items() if said == shared[key]] == []
    assert [key for key, said in own.items() if _names(key) != _names(said)] == []


def test_nothing_of_portugal_alone_is_said_in_brazil() -> None:
    """Neither on pages nor in calendars: “arquivo”, “assinar”, “celular” and “contato” there."""
    said = [one for said in _of_brazil().values() for one in (said if isinstance(said, tuple) else (said,))]
    said += words_of("pt-BR").values()

    assert len(said) > 400
    assert [one for one in said if EUROPEAN.search(one)] == []
    assert words_of("pt-BR").keys() == words_of("pt").keys()
    assert (words_of("pt")["contact"], words_of("pt-BR")["contact"]) == ("Contacto", "Contato")


def test_dates_are_those_of_each_country() -> None:
    """Babel takes Portuguese without a country for that of Brazil."""
    zones = [dates.timezone_name("Europe/Paris", language) for language in ("pt", "pt-BR", "pt-AO")]

    assert zones == ["Hora da Europa Central", "Horário da Europa Central", "Hora da Europa Central"]
    assert [dates.country("PL", language) for language in ("pt", "pt-BR")] == ["Polónia", "Polônia"]


def test_a_site_of_brazil_speaks_its_language(tmp_path: Path) -> None:
    """In its pages, its calendars, and how what recurs is told."""
    event = "  - {id: e, title: E, when: 2026-10-01 19:00/20:00, repeats: {every: month, on: 1, until: 2027-03-01}, contact: {email: a@b.example}}\n"
    root = lay(
        tmp_path,
        {
            "coopcal.yaml": SITE.replace("[en, fr]", "[pt-BR, pt]"),
            "calendars/bakery.yaml": f"name: A Padaria\ncountry: BR\ntimezone: America/Sao_Paulo\nevents:\n{event}",
        },
    )
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    brazil, portugal = (client.get(f"{prefix}/events/bakery/e/").text for prefix in ("", "/pt"))
    feed = client.get("/feeds/bakery.ics").data.replace(b"\r\n ", b"").decode()

    assert "No dia 1º de cada mês, 19:00–20:00, de 1º de outubro de 2026 a 1º de março de 2027" in brazil
    assert "de 1 de outubro de 2026 a 1 de março de 2027" in portugal
    assert ("Contato" in brazil, "Contacto" in portugal) == (True, True)
    assert 'lang="pt-BR"' in brazil
    assert "até 1º de março de 2027." in feed
    assert "Contato: a@b.example" in feed
