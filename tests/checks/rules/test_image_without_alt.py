"""Images that do not say what they show."""

from pathlib import Path

from tests.support.checking import places, problems_of

from coopcal.model.problem import Problem


def found(folder: Path, lines: str, code: str, head: str = "") -> list[Problem]:
    text = f"name: The Bakery\nlanguages: [en, fr, pt-BR]\n{head}events:\n  - id: a\n    when: 2026-09-12\n{lines}"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


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
