"""Organisations that have nothing to show."""

from pathlib import Path

from tests.support.checking import places, problems_of

EVENT = "name: The Bakery\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12\n"


def test_an_organisation_without_events_is_noted(tmp_path: Path) -> None:
    """A part in the event of another will do, and so will being closed."""
    found = problems_of(
        tmp_path,
        {
            "calendars/bakery.yaml": EVENT + "    partners: [brewery]\n",
            "calendars/brewery.yaml": "name: The Brewery\n",
            "calendars/dairy.yaml": "name: The Dairy\n",
            "calendars/mill.yaml": "name: The Mill\nclosed: {on: 2025-12-31}\n",
        },
    )

    assert places(found, "no-events") == [("calendars/dairy.yaml", 1, 1, 2)]
