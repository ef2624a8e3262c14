"""Content lines: folded by octets, escaped, and without what no client can show."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vDuration, vInline, vText

from coopcal.text import content_lines as lines


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=400))
@example("é" * 100)
@example("\\" * 200)
@example("x" * 73 + "\\\\n")
@example("^n" * 90)
def test_folding_gives_the_bytes_of_icalendar(text: str) -> None:
    """Never over 75 octets, never inside a character or an escape."""
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


@given(
    st.text(max_size=300),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100),
    st.sampled_from(["SUMMARY", "X-WR-CALNAME", "RELATED-TO"]),
)
@example("C:\\New, and; so", 'say "yes"^n, d\u2019accord', "SUMMARY")
@example("a", "\r\n^\r", "SUMMARY")
def test_a_text_with_parameters_gives_the_bytes_of_icalendar(value: str, parameter: str, name: str) -> None:
    """RFC 5545, 3.2 and 3.3.11, and RFC 6868; parameters stand in order of their names."""
    parameters = {"RELTYPE": "PARENT", "LANGUAGE": parameter}
    expected: bytes = Contentline.from_parts(
        name, Parameters(parameters), vText(lines.clean(value))
    ).to_ical()

    assert lines.text(name, value, **parameters) == expected + b"\r\n"


@given(st.timedeltas(timedelta(days=-40), timedelta(days=40)))
@example(timedelta(0))
@example(timedelta(hours=1, seconds=1))
@example(timedelta(days=-1, hours=6))
def test_a_duration_gives_the_bytes_of_icalendar(value: timedelta) -> None:
    """RFC 5545, 3.3.6: whole seconds, before or after."""
    whole = timedelta(days=value.days, seconds=value.seconds)
    expected: bytes = Contentline.from_parts("TRIGGER", Parameters({}), vDuration(whole)).to_ical()

    assert lines.duration("TRIGGER", whole) == expected + b"\r\n"


@pytest.mark.parametrize("value", ["https://a.coop/\r\nATTENDEE:x", "a\nb"])
def test_a_value_that_is_written_as_it_stands_is_one_line(value: str) -> None:
    """Nobody adds lines to a calendar by an address."""
    with pytest.raises(ValueError, match="more than one line"):
        lines.raw("URL", value)


def test_what_is_in_utc_has_no_zone() -> None:
    """RFC 5545, 3.2.19."""
    assert lines.raw("DTSTART", "20260912T073000", TZID="UTC") == b"DTSTART:20260912T073000\r\n"
