"""Catalogues as they are read: as Babel reads them, which writes them."""

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from coopcal.text.catalogues import LANGUAGES, catalogue, form

SOURCE = Path(__file__).parents[2] / "src/coopcal"
FILES = sorted(SOURCE.rglob("*.po"))

WRITTEN = r"""
# The heading.
msgid ""
msgstr "Language: de\n"

#: a/file.py
#, python-brace-format
msgid ""
"Two lines\n"
"and a \"word\" in \\ quotes"
msgstr "Zwei Zeilen\n\tund ein „Wort“"

#, fuzzy, python-format
msgid "Unsure"
msgstr "Unsicher"

msgid "Not yet"
msgstr ""

msgid "%(num)s date"
msgid_plural "%(num)s dates"
msgstr[0] "%(num)s Termin"
msgstr[1] "%(num)s Termine"

msgctxt "and"
msgid "and"
msgstr "und"

#~ msgid "Gone"
#~ msgstr "Weg"
"""


def test_what_stands_in_a_catalogue_is_read(tmp_path: Path) -> None:
    """Text over several lines, what is escaped, forms and keys; not what is unsure, untranslated or gone."""
    file = tmp_path / "de.po"
    file.write_text(WRITTEN, encoding="utf-8")

    words = catalogue(file)

    assert words.by_key == {"and": "und"}
    assert words.by_english == {
        ('Two lines\nand a "word" in \\ quotes', ""): ("Zwei Zeilen\n\tund ein „Wort“",),
        ("%(num)s date", "%(num)s dates"): ("%(num)s Termin", "%(num)s Termine"),
    }


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(SOURCE)) for path in FILES])
def test_a_catalogue_is_read_as_babel_reads_it(path: Path) -> None:
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    words = catalogue(path)

    assert len(messages) == len(words.by_key) + len(words.by_english)
    for message in messages:
        forms = tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)
        one, other = message.id if isinstance(message.id, list | tuple) else (message.id, "")
        if message.context:
            assert words.by_key[message.context] == forms[0]
        else:
            assert words.by_english[one, other] == forms


def test_the_words_of_a_folder_are_those_of_its_files() -> None:
    """None, where there is no such folder: English is what the templates say."""
    folder = SOURCE / "web/locale"
    files = sorted((folder / "de").glob("*.po"))

    assert (
        len(catalogue(folder / "de").by_english)
        == sum(len(catalogue(file).by_english) for file in files)
        > 100
    )
    assert catalogue(folder / "en").by_english == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_that_of_the_number(language: str) -> None:
    """As CLDR has it; what it says of millions has no form of its own here."""
    rule = Locale(language).plural_form

    for count in [*range(200), 1_000_000, 1_000_001]:
        assert (form(("one", "other"), count, language) == "one") == (rule(count) == "one"), count
