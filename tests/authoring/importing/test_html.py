"""HTML of others: its tags, and that no text takes more than its share of work."""

import re
from functools import partial

import pytest
from tests.support.steps import steps

from coopcal.authoring.importing.html import LONGEST, markdown_of_html
from coopcal.authoring.importing.html_tags import End, Start, tokens

UNITS = (
    '<a href="', "<!--", "<!", "<?", "<a '", "<a", "<", "</a>", "<b>a", "<a>a", "<ul><li>x", "&#", "<script>", "\n",
    "-\n", "=\n", "<td>", "<![CDATA[", "<b><!--", "<a href=x ", "<a b='\">",
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One <b>two</b><br>three</p><p>four</p>", "One **two**\\\nthree\n\nfour"),
        ('<a class="x" href="https://a.example/?a=1&amp;b=2">there</a>', "[there](https://a.example/?a=1&b=2)"),
        ("<A HREF=https://a.example/>there</A>", "[there](https://a.example/)"),
        ("<a data-href='https://b.example/' href='https://a.example/'>there</a>", "[there](https://a.example/)"),
        ('<a title="a > b" href="https://a.example/">x</a>', "[x](https://a.example/)"),
        ("a<!-- not > this -->b<!DOCTYPE html>c<?php d ?>e", "abce"),
        ("1 &lt; 2 &amp; 3 < 4", "1 \\< 2 & 3 \\< 4"),
        ("<style>p {}</style><script>if (a < b) {}</SCRIPT>said", "said"),
        ("<head><title>x</title><body>said", "said"),
        ("a <!-- never ended", "a \\<!-- never ended"),
        ('a <a href="never ended <b>said</b>', 'a \\<a href="never ended said'),
        ("&#" + "9" * 5000 + ";", "\ufffd;"),
    ],
)  # fmt: skip
def test_html_is_read(html: str, markdown: str) -> None:
    """As browsers read it, as far as Markdown goes; what is broken keeps its words."""
    assert re.sub(r"\s+", " ", markdown_of_html(html)) == re.sub(r"\s+", " ", markdown)


def test_tokens() -> None:
    """One after another."""
    assert list(tokens("a<b>c</b><br/>d")) == ["a", Start("b"), "c", End("b"), Start("br"), "d"]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_as_the_text_does(unit: str) -> None:
    """Eight times the text is no more than some eight times the steps."""
    small, large = (steps(partial(markdown_of_html, unit * times)) for times in (200, 1600))

    assert large < 10 * small


@pytest.mark.parametrize("unit", ['<a href="', "<!--", "<a '", "<a"])
def test_hostile_html_ends(unit: str) -> None:
    """Up to the most that is read."""
    assert markdown_of_html(unit * (LONGEST // len(unit)))


@pytest.mark.parametrize("unit", UNITS)
def test_what_comes_out_is_of_the_size_of_what_went_in(unit: str) -> None:
    """Whatever stands within whatever."""
    assert len(markdown_of_html(unit * 4000)) < 25 * len(unit) * 4000
