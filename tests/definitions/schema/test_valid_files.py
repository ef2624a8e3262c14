"""What the decoder takes, the schema does not mark."""

import pytest
from tests.support.typed import file_of, marks
from tests.support.valid import everything

FILES = everything()


@pytest.mark.parametrize("name", FILES)
def test_a_valid_file_has_no_mark(name: str) -> None:
    path, text = FILES[name]

    assert marks(text, file_of(path)) == []


def test_there_are_as_many_as_are_meant() -> None:
    """None of the places that examples are taken from has become empty."""
    assert len(FILES) > 150
    assert {name.partition(":")[0].split("/")[0] for name in FILES} == {
        "README.md",
        "calendars",
        "coopcal.yaml",
        "docs",
        "feeds",
        "problems.md",
        "tests",
    }
