"""A text that is not indented, and what somebody wrote twice: one problem, whose mend loses nothing."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

from coopcal.compile.mends import written
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.parse import parse

SITE = "title: Example\nuid_domain: example.coop\nlanguages: [de, it]\ntimezone: Europe/Rome\ngroups: [members]\n"
BEFORE = """\
name: The Bakery
country: IT
events:
  - id: fest
    title: {de: Sommerfest, it: Festa}
    when: 2027-06-05 16:00/23:00
"""
AFTER = {
    "at the end": "",
    "before another key": "    where: Shop\n",
    "before another event": "  - id: fair\n    title: {de: Markt, it: Fiera}\n    when: 2027-06-12\n",
}
PROGRAMME = "Programm:\n16 Uhr: Beginn\n18 Uhr: Essen"


def mended(folder: Path, text: str, line: int) -> Node:
    """Check that one problem is told, in a line, and return what the file holds with its first mend."""
    path = "calendars/bakery.yaml"
    found = [
        each
        for each in problems_of(folder / "one", {"coopcal.yaml": SITE, path: text})
        if each.severity != "note"
    ]
    assert [each.position.line for each in found] == [line]
    assert found[0].offers
    better = written(text, found[0].offers[0].edits)
    assert [
        each
        for each in problems_of(folder / "two", {"coopcal.yaml": SITE, path: better})
        if each.severity == "error"
    ] == []
    root = parse(better, path)[0]
    assert isinstance(root, Mapping)
    return root


def value(root: Node, number: int, key: str) -> Node | None:
    """Return the value of a key of an event."""
    assert isinstance(root, Mapping)
    events = root.get("events")
    event = events.items[number] if events is not None and hasattr(events, "items") else None
    assert isinstance(event, Mapping)
    return event.get(key)


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER)
@pytest.mark.parametrize(
    ("head", "lines", "line", "said"),
    [
        ("description: |", "Kommt alle.\nBitte: einen Kuchen mitbringen.", 8, None),
        ("description: |", "Kommt alle.\nBitte kommen.\nUnd: Kuchen.\nDanke: euch", 8, None),
        ("description: |", PROGRAMME, 8, None),
        ("description:", PROGRAMME, 8, None),
        ("description: |", "Bitte: kommen.", 8, None),
        ("description: Kommt alle.", "Bitte: einen Kuchen mitbringen.", 8, "Kommt alle.\nBitte: einen Kuchen mitbringen."),
        ("description: Kommt alle.", PROGRAMME, 8, f"Kommt alle.\n{PROGRAMME}"),
        ("note: |", "Kommt alle.\nWir: ja", 8, None),
    ],
)  # fmt: skip
def test_text_that_is_not_indented_is(
    tmp_path: Path, head: str, lines: str, line: int, said: str | None, after: str
) -> None:
    """Nothing of it is lost, and nothing that follows is taken into it or told beside it."""
    text = BEFORE + f"    {head}\n" + "".join(f"    {each}\n" for each in lines.split("\n")) + after
    root = mended(tmp_path, text, line)
    found = value(root, 0, head.split(":", maxsplit=1)[0])

    assert isinstance(found, Scalar)
    assert found.text.strip() == (said or lines)
    assert (value(root, 0, "where") is not None) == (after == AFTER["before another key"])


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("title: Sommerfest\n    title_it: Festa d'estate", 6, {"de": "Sommerfest", "it": "Festa d'estate"}),
        ("title_de: Sommerfest\n    title_it: Festa", 5, {"de": "Sommerfest", "it": "Festa"}),
        ("title: 'Fest, groß'\n    titel-it: Festa", 6, {"de": "Fest, groß", "it": "Festa"}),
        (
            "title: Fest\n    title (it): Festa\n    title_fr: Fête",
            6,
            {"de": "Fest", "it": "Festa", "fr": "Fête"},
        ),
    ],
)
def test_languages_of_a_text_come_together(
    tmp_path: Path, lines: str, line: int, said: dict[str, str]
) -> None:
    """The plain text is in the language of the organisation."""
    text = BEFORE.replace("title: {de: Sommerfest, it: Festa}", lines)
    title = value(mended(tmp_path, text, line), 0, "title")

    assert isinstance(title, Mapping)
    assert {key.text: each.text for key, each in title.entries if isinstance(each, Scalar)} == said


def test_texts_of_several_lines_are_told_where_they_go(tmp_path: Path) -> None:
    """Never “take it out”."""
    text = BEFORE + "    description: |\n      Hallo\n    description_it: |\n      Ciao\n"
    found = [
        each
        for each in problems_of(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text})
        if each.severity == "error"
    ]

    assert [each.mend for each in found] == [
        "write all languages under “description”: description: {de: …, it: …}"
    ]


def test_lists_that_stand_twice_become_one(tmp_path: Path) -> None:
    """No event is lost."""
    root = mended(tmp_path, f"{BEFORE}events:\n{AFTER['before another event']}", 7)

    assert isinstance(value(root, 1, "id"), Scalar)


@pytest.mark.parametrize(
    "key", ["tags: [a]\n    tags: [b]", "practical: {bring: A}\n    practical: {food: B}"]
)
def test_nobody_is_told_to_keep_one_of_two_lists(tmp_path: Path, key: str) -> None:
    """Nor of two groups of keys."""
    text = f"{BEFORE}    {key}\n"
    found = problems_of(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text})
    [mend] = [each.mend or "" for each in found if each.code == "duplicate-key"]

    assert mend.startswith("put what stands under both together")
