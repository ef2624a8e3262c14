"""What docs/writing.md says of ``check --fix`` is so: what is certain is mended, and what is not is only proposed."""

import re
from pathlib import Path

import pytest
from tests.support.checking import problems_of

PAGE = (Path(__file__).parents[2] / "docs/writing.md").read_text(encoding="utf-8")
EVENT = "name: A\ncountry: IT\nlanguages: [de, it]\nevents:\n  - id: a\n    title: A\n    %s\n"
NAMED = re.compile(r"`([^`]+)`")


def examples(before: str, after: str) -> list[str]:
    """Return what stands in backquotes between two words of the page."""
    found = NAMED.findall(PAGE.split(before, 1)[1].split(after, 1)[0])
    assert found
    return found


def line(written: str) -> str:
    """Return the date of an event; one that is only a time gets a day before it."""
    day = "" if re.search(r"\d{4}", written) else "2027-06-05 "
    start = "16:00/" if written == "24:00" else ""
    return f"when: {day}{start}{written}"


@pytest.mark.parametrize("written", examples("in other styles (", "), names of countries"))
def test_dates_in_other_styles_are_mended(tmp_path: Path, written: str) -> None:
    """Those that the page names."""
    (found,) = problems_of(tmp_path, {"calendars/a.yaml": EVENT % line(written)})

    assert found.fix is not None


@pytest.mark.parametrize("written", examples("read as a whole sentence: ", ". Where that is clear"))
def test_sentences_are_only_proposed(tmp_path: Path, written: str) -> None:
    """With the line to write, and none of them is mended without asking."""
    (found,) = problems_of(tmp_path, {"calendars/a.yaml": EVENT % line(written)})

    assert found.fix is None
    assert (found.mend or "").startswith("when: 2027-06-05 ")


def test_names_in_place_of_codes_are_mended(tmp_path: Path) -> None:
    """Of a country and of a language."""
    country, language = examples("in place of their codes (", "), a missing")
    text = (
        EVENT % f"when: 2027-06-05\n    languages: [{language}]\n    where: {{name: S, country: {country}}}"
    )
    found = problems_of(tmp_path, {"calendars/a.yaml": text})

    assert {each.code for each in found} == {"unknown-language", "unknown-country"}
    assert all(each.fix for each in found)
