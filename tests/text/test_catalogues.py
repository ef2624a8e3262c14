"""What is said to staff, in every language: whole, with the same names in it, and nothing left in English."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from tests.mutations.test_slips import NOW as TODAY
from tests.mutations.test_slips import REPOSITORY, tried
from tests.support.messages import FOLDER, OTHERS, read, template, updated
from tests.test_problem_docs import BLOCK, SHOWN, problems_of

from coopcal.compile.pipeline import check
from coopcal.model.message import Message
from coopcal.model.problem import Problem
from coopcal.text.messages import say

LINE = re.compile(
    r"(\s*(- )?[\w\"'“”()+./ -]{1,80}:( \S.*|$))|(- \S.*)|([\d-]+(/[\d-]+)?)|(\s*\{.*\}.*)", re.DOTALL
)
"""What may stand in a mend as it is in all languages: a line to write in a file, or a part of one."""


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a sentence: one, or one and many."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text),)


def names_in(texts: tuple[str, ...]) -> set[str]:
    """Return the names of what is filled in."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_code_is_in_every_language(language: str) -> None:
    """``make messages`` brings the catalogues up to date; translators fill in what is new."""
    wanted = {forms(message.id) for message in template() if message.id}
    translated = {forms(message.id): forms(message.string) for message in read(language) if message.id}

    assert sorted(wanted - translated.keys()) == []
    assert sorted(translated.keys() - wanted) == []
    assert sorted(text for text, said in translated.items() if not all(said)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_stand_as_they_are_written(language: str) -> None:
    """No head or order of another tool is left in one, so that an update changes nothing but what is new."""
    assert (FOLDER / f"{language}.po").read_bytes() == updated(language)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_names_are_filled_in(language: str) -> None:
    """None is missing, none is misspelt, and a sentence that has none keeps its braces."""
    for message in read(language):
        if not message.id:
            continue
        english, said = forms(message.id), forms(message.string)
        has_values = "python-brace-format" in message.flags or any("{" in text for text in english)
        if has_values and _is_format(english):
            assert names_in(said) == names_in(english), said
        assert not [text for text in said if text != text.strip() and english[0] == english[0].strip()]


def _is_format(texts: tuple[str, ...]) -> bool:
    """Return whether the braces of a sentence hold names; those of a line of YAML in it do not."""
    return all(re.fullmatch(r"(?:[^{}]|\{\{|\}\}|\{\w+(:[^{}]*)?\})*", text) for text in texts)


def shown_everywhere(tmp_path: Path) -> Iterator[Problem]:
    """Return the problems of every example of the docs, of the broken files, and of slips of the hand."""
    for code, section in SHOWN.items():
        yield from problems_of(tmp_path / code, BLOCK.findall(section.split("\nRight:\n")[0]))
    yield from check(REPOSITORY / "tests/golden/check/sixty/source", TODAY).problems
    for slip in tried(7, 30):
        yield from slip.new


def english_in(text: str, language: str) -> Iterator[str]:
    """Return the sentences that are made of this one and are not said in a language."""
    if not isinstance(text, Message):
        return
    if say(Message(text.template, text.values, text.plural), language) == text and not _is_of_names(text):
        yield text.template
    for value in text.values.values():
        if isinstance(value, Message):
            yield from english_in(value, language)


def _is_of_names(text: Message) -> bool:
    """Return whether a sentence is hardly more than what is filled in; “November” is German, too."""
    return len(re.findall(r"\w{2,}", re.sub(r"\{\w+\}", "", text.template))) < 2


def test_nothing_that_is_shown_is_left_in_english(tmp_path: Path) -> None:
    """Each message is one that can be translated, each mend too, or a line to write; and each is in the catalogues."""
    problems = set(shown_everywhere(tmp_path))

    assert sorted({each.message for each in problems if not isinstance(each.message, Message)}) == []
    mends = {each.mend for each in problems if each.mend and not isinstance(each.mend, Message)}
    assert sorted(mend for mend in mends if not LINE.fullmatch(mend)) == []
    for language in OTHERS:
        told = {text for each in problems for text in (each.message, each.mend or "")}
        left = {template for text in told for template in english_in(text, language)}
        assert sorted(left) == [], language
