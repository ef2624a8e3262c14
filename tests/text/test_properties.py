"""Properties are read back as they were written."""

from hypothesis import example, given
from hypothesis import strategies as st

from coopcal.text import content_lines as lines
from coopcal.text.properties import Property, properties

VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=200)


@given(VALUES, VALUES)
@example('a:b;c="d"', "x:y;z,\\\n")
def test_a_text_and_its_parameter_are_read_back(language: str, value: str) -> None:
    """However they were quoted, escaped and folded."""
    (line,) = properties(lines.text("SUMMARY", value, LANGUAGE=language))

    assert line == Property("SUMMARY", {"LANGUAGE": language}, lines.escaped(value))
    assert line.texts == (lines.clean(value).replace("\\N", "\n"),)


@given(st.lists(VALUES.map(lambda value: value.replace("\\N", "")).map(lines.clean), min_size=1, max_size=5))
def test_a_list_of_texts_is_read_back(values: list[str]) -> None:
    """Commas in them are no commas between them."""
    (line,) = properties(lines.texts("CATEGORIES", values))

    assert line.texts == tuple(values)
