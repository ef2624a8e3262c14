"""coopcal's own words: every language has every one."""

from datetime import date, timedelta
from string import Formatter

import pytest

from coopcal.text import dates
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.side_by_side import Line
from coopcal.text.words import FALLBACK, joined, labelled, words_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_with_the_same_gaps(language: str) -> None:
    """A word that is missing, or fills in something else, would break feeds of that language alone."""

    def gaps(words: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(words) if name}

    expected = {key: gaps(words) for key, words in words_of(FALLBACK).items()}

    assert expected == {key: gaps(words) for key, words in words_of(language).items()}


def test_lists_are_said_as_people_say_them() -> None:
    """The last one follows an ``and``."""
    assert joined([], "en") == ""
    assert joined(["a"], "en") == "a"
    assert joined(["a", "b", "c"], "fr") == "a, b et c"


def test_french_counts_the_first_of_a_month_alone() -> None:
    """As people say it; other days, and other languages, have plain numbers."""
    assert dates.day(date(2027, 2, 1), "fr-BE") == "lundi 1er février 2027"
    assert dates.day(date(2027, 2, 2), "fr") == "mardi 2 février 2027"
    assert dates.day(date(2027, 2, 1), "it") == "lunedì 1 febbraio 2027"


@pytest.mark.parametrize(
    ("language", "day", "hours"),
    [
        ("en", "1 day before", "1 hour and 30 minutes before"),
        ("fr", "1 jour avant", "1 heure et 30 minutes avant"),
        ("es", "1 día antes", "1 hora y 30 minutos antes"),
        ("it", "1 giorno prima", "1 ora e 30 minuti prima"),
        ("pt", "1 dia antes", "1 hora e 30 minutos antes"),
        ("de", "1 Tag vorher", "1 Stunde und 30 Minuten vorher"),
        ("nl", "1 day before", "1 hour and 30 minutes before"),
    ],
)
def test_how_long_before_is_said_in_all_its_parts(language: str, day: str, hours: str) -> None:
    """One alone as one, and in one language."""
    assert dates.so_long_before(timedelta(days=1), language) == day
    assert dates.so_long_before(timedelta(minutes=90), language) == hours


def test_a_label_stands_as_its_language_writes_it() -> None:
    """French has a blank before the colon, also of a heading."""
    assert labelled("Price", "free", "en") == "Price: free"
    assert labelled("Prix", "gratuit", "fr-BE") == "Prix : gratuit"
    assert Line("frei", "Preis").text("de") == "Preis: frei"
    assert Line("", "Prix").text("fr") == "Prix :"
    assert Line("frei", mark="- ").text("fr") == "- frei"
