"""Content lines: folded by octets, escaped, and without what no client can show."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline

from coopcal.text import content_lines as lines


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=400))
@example("é" * 100)
@example("\\" * 200)
@example("x" * 73 + "\\\\n")
@example("^n" * 90)
def test_folding_gives_the_bytes_of_icalendar(text: str) -> None:
    """Faster, and the same: never over 75 octets, never inside a character or an escape."""
    octets = lines.folded("X:" + text)
    expected: bytes = Contentline.from_parts("X", Parameters({}), vInline(text)).to_ical()

    assert octets == expected
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert octets.replace(b"\r\n ", b"").decode() == "X:" + text


@given(st.text())
def test_text_is_cleaned_of_control_characters_alone(text: str) -> None:
    """Line breaks are made one kind; tabs and every character that can be shown stay."""
    expected = [
        each
        for each in text.replace("\r\n", "\n").replace("\r", "\n")
        if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
    ]

    assert lines.clean(text) == "".join(expected)


@pytest.mark.parametrize(
    ("value", "written"),
    [("a, b; c\\d\ne", rb"a\, b\; c\\d\ne"), ("a\r\nb\x07", rb"a\nb"), ('"quoted": yes', b'"quoted": yes')],
)
def test_texts_are_escaped(value: str, written: bytes) -> None:
    """RFC 5545, 3.3.11: commas, semicolons, backslashes and line ends, and no more."""
    assert lines.text("SUMMARY", value) == b"SUMMARY:" + written + b"\r\n"
