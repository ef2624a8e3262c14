"""Texts that lack a language."""

from pathlib import Path

from tests.support.checking import places, problems_of

from coopcal.model.problem import Problem


def found(folder: Path, lines: str, code: str, head: str = "") -> list[Problem]:
    text = f"name: The Bakery\nlanguages: [en, fr, pt-BR]\n{head}events:\n  - id: a\n    when: 2026-09-12\n{lines}"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


def test_missing_languages_are_told_once_an_event_with_the_keys(tmp_path: Path) -> None:
    """By the languages that lack; pt stands for pt-BR, and a text in one language alone is meant so."""
    lines = (
        "    title: {en: A, fr: A, pt: A}\n    description: {en: B, pt-BR: B}\n"
        "    links: [{label: {en: C, fr: D}, url: 'https://bakery.example/'}]\n    where: {name: The shop, city: {en: Ghent, fr: Gand}}\n"
        "    contact: {name: Ana}\n    sessions:\n      - {id: talk, title: {en: Talk, fr: Exposé}, when: 10:00}\n"
    )
    told = found(tmp_path, lines, "missing-translation")

    assert places(told, "missing-translation") == [("calendars/bakery.yaml", 4, 9, 10)] * 2
    assert sorted(each.message for each in told) == [
        "“a” is not written in French (fr): description",
        "“a” is not written in Portuguese (Brazil) (pt-BR): where, links, talk: title",
    ]


def test_a_named_place_is_told_of_once(tmp_path: Path) -> None:
    """At the first event that is held there."""
    head = "places: {mill: {name: {en: The mill, fr: Le moulin}}}\n"
    lines = "    title: A\n    where: mill\n  - {id: b, title: B, when: 2026-09-13, where: mill}\n"

    assert [each.position.line for each in found(tmp_path, lines, "missing-translation", head)] == [5]
