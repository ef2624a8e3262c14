"""Texts that are long or lack a language, and images without words."""

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


def test_a_long_description_is_told(tmp_path: Path) -> None:
    """5,000 characters are not too many."""
    text = "    title: A\n    description: "

    assert found(tmp_path / "1", text + "a" * 5000 + "\n", "long-description") == []
    assert [
        each.place.line for each in found(tmp_path / "2", text + "a" * 5001 + "\n", "long-description")
    ] == [7]


def test_an_image_or_logo_without_words_is_told_where_it_stands(tmp_path: Path) -> None:
    """One that all events inherit only once."""
    logo = "logo: https://bakery.example/logo.png\ndefaults:\n  image: {url: https://bakery.example/a.jpg}\n"
    events = "    title: A\n  - {id: b, title: B, when: 2026-09-13}\n  - {id: c, title: C, when: 2026-09-14, "
    events += "image: {url: https://bakery.example/c.jpg, alt: Bread}}\n"
    told = found(tmp_path, events, "image-without-alt", logo)

    assert places(told, "image-without-alt") == [
        ("calendars/bakery.yaml", 3, 7, 38),
        ("calendars/bakery.yaml", 5, 11, 14),
    ]
    assert told[0].mend == '{url: https://bakery.example/logo.png, alt: "what it shows"}'


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

    assert [each.place.line for each in found(tmp_path, lines, "missing-translation", head)] == [5]
