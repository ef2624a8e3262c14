"""``coopcal new`` in the language of whoever answers."""

import os
import re
import string
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.support.messages import OTHERS, extracted, read
from tests.support.terminal import Terminal
from tests.support.trees import lay

from coopcal.authoring import new_files
from coopcal.authoring.typed_dates import when_typed
from coopcal.authoring.unwritten import EventTrial, errors_of
from coopcal.cli.new import questions
from coopcal.cli.new.ask_repeats import repeats_of
from coopcal.definitions.source.reader import read_tree
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.messages import say

SITE = "uid_domain: example.coop\nlanguages: [en]\ntimezone: Europe/Brussels\n"

ANSWERS = {
    "de": ("Deutsch und Italienisch", "Österreich", "Bäckerei", "Sommerfest", "Samstag, 5. Juni 2027, 16-23 Uhr", "ja", "jeden Dienstag bis 30.6.2028"),
    "it": ("italiano, tedesco", "Italia", "Panificio", "Festa d'estate", "sabato 5 giugno 2027, dalle 16 alle 23", "sì", "ogni settimana il sabato fino al 30 giugno 2028"),
    "fr": ("français", "Belgique", "Boulangerie", "Fête d'été", "samedi 5 juin 2027 de 16h à 23h", "oui", "non"),
    "es": ("español", "Uruguay", "Panadería", "Fiesta", "sábado, 5 de junio de 2027, de 16:00 a 23:00", "si", "no"),
    "pt": ("português", "Moçambique", "Padaria", "Festa", "sábado, 5 de junho de 2027, das 16h às 23h", "sim", "não"),
}  # fmt: skip


def fields(template: str) -> set[str]:
    """Return the names of what is filled in; braces of a line of YAML hold none."""
    if not re.fullmatch(r"(?:[^{}]|\{\{|\}\}|\{\w+(:[^{}]*)?\})*", template):
        return set()
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_new_is_said_in_each_language(language: str) -> None:
    """With the same values put in."""
    catalogue = read(language)
    sentences = [text for file, text, _ in extracted() if file.startswith(("cli/new/", "authoring/"))]
    said = {text: catalogue.get(text if isinstance(text, str) else text[0]) for text in sentences}

    assert len(said) > 100
    for text, found in said.items():
        ours = (text,) if isinstance(text, str) else text
        theirs = (
            (found.string,)
            if found and isinstance(found.string, str)
            else tuple(found.string if found else ())
        )

        assert len(theirs) == len(ours), text
        assert all(theirs), text
        assert {frozenset(fields(each)) for each in theirs} == {frozenset(fields(each)) for each in ours}, (
            text
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_gives_as_an_example_is_taken_as_an_answer(tmp_path: Path, language: str) -> None:
    """Even where the site has no texts in that language."""
    lay(tmp_path, {"coopcal.yaml": SITE})
    tree, _ = read_tree(tmp_path)
    trial = EventTrial(SITE, "bakery", tree.organisations[0].main.node)
    today = a_day()
    (when,) = re.findall(r"/17:30, \w+ (.*?)\)", say(questions.WHEN.words, language))
    (repeats,) = re.findall("[“«„] ?(.*?) ?[”»“]", say(questions.REPEATS.words, language))
    forms = re.split("[:.] ", say(questions.WHEN.help, language))[1].split(", ")
    ways = re.split(" ?; ", say(questions.REPEATS.help, language))[0].split(", ")

    assert when_typed(when, ("en",), today) == "2027-03-14 09:00/17:30"
    assert [form for form in forms if trial({"when": form})[1]] == []
    assert len(ways) == 4
    for way in (repeats, *ways):
        keys = {"when": first_date(way), "repeats": repeats_of(way, today)}

        assert trial(keys)[1] == (), (way, keys)


@pytest.mark.parametrize(
    ("language", "noun"),
    [("en", "calendar"), ("fr", "calendrier"), ("es", "calendario"), ("it", "calendario"), ("pt", "calendário"), ("de", "Kalender")],
)  # fmt: skip
def test_the_first_question_names_what_it_asks_about(language: str, noun: str) -> None:
    """Nothing was spoken of before it, so no pronoun stands in it."""
    asked = questions.site_title(["de", "it"])("de").words

    assert f" {noun} " in say(asked, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_in_new_files_are_in_its_language_and_well(language: str) -> None:
    """Whoever takes the # before a line away has no error, and reads their own language."""
    texts = {
        "coopcal.yaml": new_files.site({"uid_domain": "example.coop", "languages": [language], "timezone": "Europe/Rome"}, language),
        "calendars/bakery.yaml": new_files.organisation({"name": "B", "country": "IT"}, language, with_events=True),
    }  # fmt: skip
    taken = {
        path: re.sub(r"^# (\w+: )(?=\S+.*  # )", r"\1", text, flags=re.MULTILINE)
        for path, text in texts.items()
    }

    assert "\nplaces: " in taken["calendars/bakery.yaml"]
    assert errors_of(taken, "coopcal.yaml") == ()
    assert errors_of(taken, "calendars/bakery.yaml") == ()
    assert (
        ("The shop" in texts["calendars/bakery.yaml"])
        == (language == "en")
        == (texts["calendars/bakery.yaml"].count("office") > 1)
    )


def a_day() -> date:
    return date(2026, 6, 1)


def first_date(way: str) -> str:
    """Return a day that goes with any of the examples: a Monday that is the 15th; a second Tuesday for the first of them."""
    return "2027-03-15" if "15" in way or "2 " in way or len(way.split()) < 3 else "2027-03-09"


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("language", ANSWERS)
def test_from_an_empty_folder_to_an_event_in_ones_own_language(tmp_path: Path, language: str) -> None:
    """Asked and answered in it, by somebody without a domain; each question is known by its sentence in the catalogue."""
    spoken, country, name, title, when, yes, repeats = ANSWERS[language]
    languages = {"de": ["de", "it"], "it": ["it", "de"]}.get(language, [language])
    environment = {**os.environ, "LANGUAGE": language}

    def run(command: str, *answers: tuple[str, str]) -> str:
        terminal = Terminal(
            sys.executable, "-m", "coopcal", "--root", tmp_path, "new", command, "--now", "2026-06-01", environment=environment
        )  # fmt: skip
        for wanted, answer in answers:
            terminal.until(say(wanted, language).split(" (")[0])
            terminal.type(f"{answer}\n")

        assert terminal.end() == 0, terminal.said
        return terminal.said

    def texts(question: str, text: str) -> list[tuple[str, str]]:
        made = getattr(questions, question)
        return [(made(languages)(each).words, text if each == language else "") for each in languages]

    said = run(
        "site",
        (questions.LANGUAGES.words, spoken),
        *texts("site_title", name),
        (questions.COUNTRY.words, country),
        (questions.DOMAIN.words, ""),
        (questions.HOST.words, ""),
    )
    said += run(
        "organisation",
        *texts("organisation_name", name),
        (questions.COUNTRY.words, ""),
        (questions.URL.words, ""),
        (questions.EMAIL.words, ""),
        (questions.ORGANISATION_ID.words, ""),
    )
    said += run(
        "event",
        *texts("event_title", title),
        (questions.WHEN.words, when),
        (" 2027", yes),
        (questions.WHERE.words, ""),
        (questions.ONLINE.words, ""),
        (questions.description(languages)(language).words, ""),
        (questions.tags([]).words, ""),
        (questions.REPEATS.words, repeats),
        *(
            [(" 2027", "")]
            if repeats.startswith("j")
            else [("2028", "")]
            if repeats.startswith("o") and language == "it"
            else []
        ),
        (questions.EVENT_ID.words, ""),
    )
    text = next((tmp_path / "calendars").glob("*.yaml")).read_text(encoding="utf-8")

    assert f"title: {title}\n" in text
    assert f"when: 2027-06-{'08' if repeats.startswith('j') else '05'} 16:00/23:00\n" in text
    assert ("repeats:" in text) == (repeats[0] in "jo")
    assert not re.search(
        r"\b(the|Written|Next|Enter takes|such as|calendar of)\b", said + text.split("name:")[0]
    )
