"""What is written reads back the same, in the form in which people write it."""

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.sweep import sized

from coopcal.authoring.text import block, plain_lines, same, scalar
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.traps import traps

EVENT = {
    "id": "open-day-2027",
    "title": {"en": "Open day: come in", "fr": "Portes ouvertes"},
    "when": "2027-05-22 10:00/17:00",
    "where": {"name": "The mill", "city": "Ghent", "country": "NO"},
    "tags": ["open-doors", "market"],
    "hashtag": "#open",
    "description": "Come and see.\n\n- bread\n- soup: hot",
    "documents": [
        {"label": "Agenda, final", "file": "files/agenda.pdf"},
        {"label": "Map", "file": "files/map.pdf"},
    ],
    "repeats": {
        "every": "week",
        "changes": {"2027-06-05": {"status": "cancelled", "reason": "It's Whitsun."}},
    },
}


def test_an_event_looks_as_people_write_it() -> None:
    """Quotes only where they are needed, short groups on one line, long texts on lines of their own."""
    expected = """\
        id: open-day-2027
        title: {en: "Open day: come in", fr: Portes ouvertes}
        when: 2027-05-22 10:00/17:00
        where: {name: The mill, city: Ghent, country: NO}
        tags: [open-doors, market]
        hashtag: "#open"
        description: |
          Come and see.

          - bread
          - soup: hot
        documents:
          - {label: "Agenda, final", file: files/agenda.pdf}
          - {label: Map, file: files/map.pdf}
        repeats: {every: week, changes: {2027-06-05: {status: cancelled, reason: It's Whitsun.}}}
        """

    assert "\n".join(block(EVENT)) + "\n" == dedent(expected)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("no", "no"),
        ("010", "010"),
        ("Room # 5", '"Room # 5"'),
        ("Room #5", '"Room #5"'),
        ("CICOPA: Assembly", '"CICOPA: Assembly"'),
        ("ends with:", '"ends with:"'),
        ("- dash", '"- dash"'),
        ('say "yes"', 'say "yes"'),
        ('"yes" he said', "'\"yes\" he said'"),
        ("'tis", '"\'tis"'),
        ("“quoted”", '"“quoted”"'),
        ("*", '"*"'),
        ("", '""'),
        ("a\\b", "a\\b"),
        ('\\ & ": ', "'\\ & \": '"),
        ("bell\x07", "bell"),
        ("a\tb", '"a\\tb"'),
        ("\ufeffmark", '"\\ufeffmark"'),
        ("<<", '"<<"'),
        ("Ça va ? Oui", "Ça va ? Oui"),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, written: str) -> None:
    """And nowhere else."""
    assert scalar(text) == written


def test_between_brackets_a_comma_needs_quotes() -> None:
    """On a line of its own it needs none."""
    assert (scalar("bread, soup"), scalar("bread, soup", flow=True)) == ("bread, soup", '"bread, soup"')


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1) | st.sampled_from(
    [
        "a: b",
        "# c",
        "x #y",
        "- z",
        "{",
        "]",
        "a\n\n  b\n",
        "\tx",
        "x\n\ty",
        "key",
        "null",
        "2026-01-01",
        "“a”",
        "a:",
        "?",
    ]
)
values = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(
            st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), inner, min_size=1, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=sized(400, sample=50), deadline=None)
@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), values, min_size=1, max_size=4)
)
def test_anything_reads_back_the_same(value: dict[str, object]) -> None:
    """Any text in any nesting, without a problem; blanks around a text are not part of it."""
    text = "\n".join(block(value)) + "\n"
    node, problems = parse(text, "a.yaml")

    assert problems == ()
    assert node is not None
    assert traps(node, text.split("\n")) == ()
    assert same(value, node)


def test_what_differs_is_not_the_same() -> None:
    """The guard of every edit can fail."""
    node, _ = parse("a: [b, {c: d}]\n", "a.yaml")
    assert node is not None

    assert same({"a": ["b", {"c": " d\r\n"}]}, node)
    assert not same({"a": ["b", {"c": "e"}]}, node)
    assert not same({"a": ["b", {"d": "d"}]}, node)
    assert not same({"a": ["b"]}, node)
    assert not same({"a": "b"}, node)
    assert plain_lines(" a\r\n \t\r\nb \n") == "a\n\nb"


def test_a_long_word_stays_on_its_line() -> None:
    """A block would give an address or a UID a line end."""
    word = "https://example.org/" + "x" * 200

    assert block({"uid": word}) == [f"uid: {word}"]
    assert block({"text": f"{word} and more"}) == ["text: |", f"  {word} and more"]
