"""Which codes of languages there are: those that CLDR names in English, however that is found out."""

from string import ascii_lowercase

import pytest
from babel import Locale

from coopcal.definitions.readers.language import is_language


@pytest.mark.parametrize("letter", ascii_lowercase)
def test_codes_of_two_letters_are_those_that_have_a_name(letter: str) -> None:
    named = Locale("en").languages
    codes = [letter + second for second in ascii_lowercase]
    assert [code for code in codes if is_language(code)] == [code for code in codes if code in named]


def test_no_other_file_of_babel_makes_a_language() -> None:
    assert not any(map(is_language, ("root", "en_US", "EN", "e", "")))
    assert is_language("ast")
    assert is_language("pt-BR")
