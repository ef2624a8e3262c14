"""Descriptions that fill feeds."""

from pathlib import Path

from tests.support.checking import problems_of

from coopcal.model.problem import Problem


def found(folder: Path, lines: str, code: str, head: str = "") -> list[Problem]:
    text = f"name: The Bakery\nlanguages: [en, fr, pt-BR]\n{head}events:\n  - id: a\n    when: 2026-09-12\n{lines}"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


def test_a_long_description_is_told(tmp_path: Path) -> None:
    """5,000 characters are not too many."""
    text = "    title: A\n    description: "

    assert found(tmp_path / "1", text + "a" * 5000 + "\n", "long-description") == []
    assert [
        each.position.line for each in found(tmp_path / "2", text + "a" * 5001 + "\n", "long-description")
    ] == [7]
