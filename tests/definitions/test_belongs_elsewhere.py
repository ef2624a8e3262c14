"""What stands where another thing belongs is told what belongs there; no mend makes public what was to be private."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

EVENT = "name: A\ncountry: IT\nevents:\n  - id: a\n    title: A\n    when: 2027-06-05\n    %s\n"


@pytest.mark.parametrize(
    "line",
    [
        "registration: {url: bitte bei Anna im Laden anmelden}",
        "online: per Zoom mit einem Link",
        "links: [{label: A, url: siehe dort und da}]",
        "registration: {url: Anna oder Bruno}",
    ],
)
def test_text_where_an_address_belongs(tmp_path: Path, line: str) -> None:
    """It is no address with blanks in it."""
    (found,) = problems_of(tmp_path, {"calendars/a.yaml": EVENT % line})

    assert found.code == "bad-url"
    assert found.mend == "write an address that begins with https://; text belongs under “description”"


def test_an_address_with_blanks(tmp_path: Path) -> None:
    """That one is told how to write them."""
    (found,) = problems_of(tmp_path, {"calendars/a.yaml": EVENT % "online: https://example.org/a b c"})

    assert found.mend == "write %20 for a blank in it"


@pytest.mark.parametrize(
    "name",
    [
        "italienisch",
        "tedesco",
        "anglais",
        "francés",
        "Alemão",
        "Spanish",
        "Italiano",
        "Deutsch",
        "nederlands",
    ],
)
def test_names_of_languages_in_any_language_spoken_are_mended(tmp_path: Path, name: str) -> None:
    """As those of countries are."""
    (found,) = problems_of(tmp_path, {"calendars/a.yaml": EVENT % f"languages: [{name}]"})

    assert found.code == "unknown-language"
    assert found.fix is not None
