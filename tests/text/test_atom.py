"""Atom: valid by the grammar of RFC 4287 in either layout, whatever the texts hold."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from coopcal.text.atom import FLAT, INDENTED, Entry, Feed, Layout, document, entry

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "grammars/atom.rng"))
MOMENT = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOSTILE = '<b>&amp; "quoted"\x00\x1b\ud800\ufffe'
FEED = Feed("urn:x:feed", HOSTILE, "en", MOMENT, "https://a.example/?a=1&b=2", "https://a.example/", "A")
ENTRY = Entry(
    "urn:x:entry", HOSTILE, MOMENT, "https://a.example/e/", "<p>x</p>", "html", MOMENT, ("B",), (HOSTILE,), "",
)  # fmt: skip


@pytest.mark.parametrize("layout", [FLAT, INDENTED])
def test_texts_come_out_as_they_are_but_for_what_xml_cannot_hold(layout: Layout) -> None:
    """In elements and in attributes."""
    feed = document(FEED, entry(ENTRY, layout) * 2, layout)
    root = etree.fromstring(feed)
    name = {"a": "http://www.w3.org/2005/Atom"}

    assert GRAMMAR.validate(root), GRAMMAR.error_log
    assert root.findtext("a:title", namespaces=name) == '<b>&amp; "quoted"'
    assert [one.get("term") for one in root.iterfind(".//a:category", name)] == ['<b>&amp; "quoted"'] * 2
    assert root.findtext("a:entry/a:content", namespaces=name) == "<p>x</p>"
    assert root.findtext("a:entry/a:summary", namespaces=name) == ""


def test_a_layout_changes_blanks_alone() -> None:
    """Each element on a line of its own, indented or not."""
    flat, indented = (
        document(FEED, entry(ENTRY, layout), layout).decode().splitlines() for layout in (FLAT, INDENTED)
    )

    assert "<entry>" in flat
    assert "  <entry>" in indented
    assert '    <link rel="alternate" type="text/html" href="https://a.example/e/" />' in indented
    assert "".join(flat).replace("/>", " />") == "".join(line.strip() for line in indented)
