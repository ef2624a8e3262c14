"""How problems are shown: the line, and carets that stand under the right columns on any terminal."""

import json

import pytest

from coopcal.authoring.report import WIDEST, render
from coopcal.definitions.codes.dates import BAD_DATE
from coopcal.model.problem import Position, Problem


def shown(line: str, column: int, end: int, **more: bool) -> list[str]:
    """Return the source line and the carets of a problem on the second line of a file."""
    problem = Problem.of(Position("a.yaml", 2, column, end), BAD_DATE, "It is wrong")
    return render([problem], {"a.yaml": f"first\n{line}\nlast"}, "text", **more).splitlines()[1:3]


@pytest.mark.parametrize(
    ("line", "column", "end", "source", "carets"),
    [
        ("when: soon", 7, 11, "  when: soon", "        ^^^^"),
        ("\twhen: soon", 1, 2, "   when: soon", "  ^"),
        ("title: 協同組合 x", 13, 14, "  title: 協同組合 x", "                  ^"),
        ("title: 協同", 8, 10, "  title: 協同", "         ^^^^"),
        ("title: e\u0301te\u0301 x", 14, 15, "  title: e\u0301te\u0301 x", "             ^"),
        ("a: \u202eb", 4, 5, "  a: <U+202E>b", "     ^^^^^^^^"),
        ("short", 40, 45, "  short", "       ^"),
    ],
)
def test_carets_stand_under_the_stretch(line: str, column: int, end: int, source: str, carets: str) -> None:
    """Tabs, wide and combining characters, invisible ones, and a place behind the end of its line."""
    assert shown(line, column, end) == [source, carets]


@pytest.mark.parametrize("column", [1, 50, 500, 4990])
def test_a_long_line_is_shown_around_the_stretch(column: int) -> None:
    """Never wider than what is read at a glance, and the caret under the same character."""
    line = "".join(chr(ord("a") + number % 26) for number in range(5000))
    source, carets = shown(line, column, column + 3)

    assert len(source) <= WIDEST + 4
    assert source[carets.index("^")] == line[column - 1]


def test_colour_is_there_only_when_asked_for() -> None:
    """And without it no escape character, whatever the source holds."""
    problem = Problem.of(Position("a.yaml", 1, 1, 2), BAD_DATE, "It is wrong \x1b[31m", "write \x1b]0;x\x07")
    text = {"a.yaml": "\x1b[2Jwhen"}

    assert "\x1b" not in render([problem], text, "text")
    assert "\x1b" in render([problem], text, "text", colour=True)


def test_annotations_hold_what_would_end_them() -> None:
    """Percent signs, line ends, colons and commas, as GitHub reads them."""
    problem = Problem.of(Position("a,b:c.yaml", 3, 5, 9), BAD_DATE, "100% wrong\nreally", "write: this, that")

    assert render([problem], {}, "github") == (
        "::error file=a%2Cb%3Ac.yaml,line=3,col=5,endColumn=8,title=bad-date"
        "::100%25 wrong%0Areally%0Amend: write: this, that\n"
    )


def test_no_problems_are_no_text() -> None:
    """An empty list for machines, and nothing at all for people."""
    assert render([], {}, "text") == ""
    assert render([], {}, "github") == ""
    assert json.loads(render([], {}, "json")) == []
