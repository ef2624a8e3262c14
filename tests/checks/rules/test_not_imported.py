"""Tables and calendars beside the sources."""

from pathlib import Path

import pytest
from tests.support.checking import places, problems_of

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("calendars/mill.csv", "coopcal import calendars/mill.csv --organisation mill"),
        ("calendars/Termine.CSV", "coopcal import calendars/Termine.CSV --organisation ID"),
        ("calendars/fair.ics", "coopcal import calendars/fair.ics --organisation ID"),
        ("calendars/school/events.json", "coopcal import calendars/school/events.json --organisation school"),
        ("calendars/mill.xlsx", "coopcal import mill.csv --organisation mill"),
        ("calendars/mill.ods", "coopcal import mill.csv --organisation mill"),
        ("calendars/.hidden.csv", None),
        ("calendars/readme.txt", None),
        ("feeds/x.csv", None),
    ],
)
def test_a_table_beside_the_sources_is_told(tmp_path: Path, name: str, mend: str | None) -> None:
    """With the command that brings its events in; of a spreadsheet, with what to do before."""
    files = {
        "calendars/mill.yaml": "name: The Mill\n",
        "calendars/school/organisation.yaml": "name: The School\n",
        name: "title,start\n",
    }

    found = [each for each in problems_of(tmp_path, files) if each.code == "not-imported"]

    assert [(each.position.path, each.severity) for each in found] == ([(name, "warning")] if mend else [])
    assert all(mend and mend in (each.mend or "") for each in found)


def test_a_table_that_is_published_is_none_of_these(tmp_path: Path) -> None:
    """Documents stand beside the sources, too."""
    text = (
        HEAD
        + "    when: 2026-09-12\n    documents: [{label: Prices, file: {en: prices.csv, fr: prix.csv}}]\n"
    )
    files = {"calendars/bakery.yaml": text, "calendars/prices.csv": "x", "calendars/prix.csv": "x"}

    assert places(problems_of(tmp_path, files), "not-imported") == []
