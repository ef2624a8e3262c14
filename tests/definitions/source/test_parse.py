"""YAML as people write it, and what they get wrong with it."""

import sys
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.definitions.source.files import CONTROL
from coopcal.definitions.source.node import Listing, Mapping, Node, Scalar
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.traps import traps


def problems_of(text: str) -> list[tuple[str, int, int, str | None]]:
    node, problems = parse(text, "a.yaml")
    if node is not None:
        problems += traps(node, text.split("\n"))
    return [(each.code, each.position.line, each.position.column, each.mend) for each in problems]


def plain(node: Node | None) -> object:
    match node:
        case Scalar(text):
            return text
        case Mapping(entries):
            return {key.text: plain(value) for key, value in entries}
        case Listing(items):
            return [plain(item) for item in items]
        case None:
            return None


def test_every_scalar_is_text() -> None:
    """Norway, half past nine and three characters are what they are."""
    node, problems = parse("country: no\nat: 9:30\nthree: 010\nempty:\nlist: [1, 2.0, null, ~]\n", "a.yaml")

    assert problems == ()
    assert plain(node) == {
        "country": "no",
        "at": "9:30",
        "three": "010",
        "empty": "",
        "list": ["1", "2.0", "null", "~"],
    }


def test_places_are_of_keys_and_values() -> None:
    """Lines and columns count from 1, columns in characters."""
    node, _ = parse("été: à la mer\nwhere:\n  - {city: Genève}\n", "a.yaml")

    assert isinstance(node, Mapping)
    (key, value), (_, where) = node.entries
    assert isinstance(where, Listing)
    inner = where.items[0]
    assert isinstance(inner, Mapping)
    city = inner.get("city")
    assert city is not None
    assert (key.position.line, key.position.column, key.position.end_column) == (1, 1, 4)
    assert (value.position.line, value.position.column, value.position.end_column) == (1, 6, 14)
    assert (city.position.line, city.position.column, city.position.end_column) == (3, 12, 18)


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "mend"),
    [
        ("events:\n\t- id: a\n", "tab", 2, 1, "replace it with two blanks for each level"),
        ("a: 'open\nb: c\n", "unclosed-quote", 1, 4, "a: 'open'"),
        ("a: [1, 2\nb: c\n", "unclosed-bracket", 1, 4, None),
        ("a: {b: ", "unclosed-bracket", 1, 4, None),
        ("a: [x, {c: ]\nb: 2\n", "unclosed-bracket", 1, 8, None),
        ('a: "\\q"\n', "backslash", 1, 5, "use single quotes: '…'"),
        ("title:Foo\nb: c\n", "no-blank-after-colon", 1, 6, "title: Foo"),
        ("title: CICOPA: Assembly\n", "second-colon", 1, 14, 'title: "CICOPA: Assembly"'),
        ("a: @b\n", "odd-start", 1, 4, 'a: "@b"'),
        ("a: %b\n", "odd-start", 1, 4, 'a: "%b"'),
        ("a: b\n   c: d\n", "indentation", 2, 4, None),
        ("a: b\na: c\n", "duplicate-key", 2, 1, "keep one of the two"),
        ("a: &x b\n", "yaml-anchor", 1, 4, None),
        ("a: *x\n", "yaml-alias", 1, 4, None),
        ("<<: {a: b}\n", "yaml-merge", 1, 1, None),
        ("a: !!int 3\n", "yaml-tag", 1, 4, None),
        ("a: b\n---\nc: d\n", "several-documents", 2, 1, None),
        ("title: Room # 5\n", "lost-after-hash", 1, 13, 'title: "Room # 5"'),
        ("hashtag: #SCIS2017\n", "lost-after-hash", 1, 10, 'hashtag: "#SCIS2017"'),
        ("colour: #ff0000\n", "lost-after-hash", 1, 9, 'colour: "#ff0000"'),
        ("a:  # later\nb: c\n", "lost-after-hash", 1, 5, 'a: "# later"'),
        ("where: {geo: 40.85, 14.26}\n", "comma-splits", 1, 21, None),
        ("title: “Open day”\n", "typographic-quotes", 1, 8, 'title: "Open day"'),
        ("title: « Fête »\n", "typographic-quotes", 1, 8, 'title: "Fête"'),
    ],
)
def test_mistakes_have_places_and_mends(
    text: str, code: str, line: int, column: int, mend: str | None
) -> None:
    """Each kind of mistake is told in its own words, where people look for it."""
    found = problems_of(text)

    assert (code, line, column) in [each[:3] for each in found]
    assert mend is None or mend in [each[3] for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\na: b  # another\n",
        "a:\n  # what follows\n  - b\n",
        "a: 'Room # 5'\nb: C# and F#\nc: a#b\n",
        "a: |\n  # kept\n  text: kept\nb: >\n  x # y\n",
        "title: Salle «Été» et plus\n",
        "a: {b: c, d: e}\n",
        "a: It's “fine” here\n",
    ],
)
def test_ordinary_files_have_no_problems(text: str) -> None:
    """Comments, blocks and quotes within text are right as they are."""
    assert problems_of(text) == []


@pytest.mark.parametrize("written", [r'"a\ab"', r'"\0"', r'"a\u2028b"', r'"\x85"'])
def test_control_characters_written_with_a_backslash_are_told(written: str) -> None:
    """They would break every feed that the text stands in; a line end and a tab are text."""
    assert [(code, *place) for code, *place, _ in problems_of(f"title: {written}\n")] == [
        ("control-character", 1, 8)
    ]
    assert problems_of(r'title: "a\nb\tc"') == []


def test_a_hundred_thousand_brackets_are_one_problem() -> None:
    """No recursion, no hang."""
    assert [each[0] for each in problems_of("a: " + "[" * 100_000)] == ["too-deep"]


def test_folded_texts_are_read_as_yaml_says() -> None:
    """Blocks keep or fold their lines."""
    node, _ = parse(
        dedent("""\
        a: |
          one
          two
        b: >
          one
          two
        """),
        "a.yaml",
    )

    assert plain(node) == {"a": "one\ntwo\n", "b": "one two\n"}


@given(
    st.text(max_size=200)
    | st.from_regex(r"([ \t]{0,4}(- )?[a-z]{1,3}:[ #&*!|>'\"\[\]{},\w“]{0,10}\n){0,6}", fullmatch=True)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never a traceback; every place lies in the file."""
    node, problems = parse(text, "a.yaml")
    if node is not None:
        problems += traps(node, text.split("\n"))
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.position.line <= len(lines) + 1
        assert problem.position.column >= 1


def test_a_control_character_is_told_where_it_stands() -> None:
    """Also in a text that was read from no file, such as one that is mended to try it."""
    assert problems_of("name: The\ntitle: a\x07b\n") == [("control-character", 2, 9, "delete it")]


def test_yaml_refuses_no_character_but_control_characters() -> None:
    """So each error of the parser tells of a line: those of characters, which tell of none, have words of their own."""
    characters = (chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF)
    allowed = "".join(character for character in characters if not CONTROL.match(character))

    assert problems_of("name: a\n# " + allowed.replace("\r", "").replace("\n", "")) == []
