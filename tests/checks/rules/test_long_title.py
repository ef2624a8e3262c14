"""Titles that phones cut."""

from pathlib import Path

from tests.support.checking import places, problems_of

from coopcal.model.problem import Problem


def found(folder: Path, lines: str, code: str, head: str = "") -> list[Problem]:
    text = f"name: The Bakery\nlanguages: [en, fr, pt-BR]\n{head}events:\n  - id: a\n    when: 2026-09-12\n{lines}"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


def test_a_long_title_is_told_in_the_language_that_it_is_long_in(tmp_path: Path) -> None:
    """80 characters are not too many."""
    title = "    title:\n      en: " + "a" * 80 + "\n      fr: " + "é" * 81 + "\n      pt: c\n"

    assert places(found(tmp_path, title, "long-title"), "long-title") == [
        ("calendars/bakery.yaml", 8, 11, 92)
    ]
