"""Series with one edition alone."""

from pathlib import Path

from tests.support.checking import events, places, problems_of


def test_a_lone_edition_is_noted(tmp_path: Path) -> None:
    """With the series that was probably meant."""
    found = problems_of(
        tmp_path,
        events(
            "id: a, title: A, when: 2024, series: school",
            "id: b, title: B, when: 2025, series: school",
            "id: c, title: C, when: 2026, series: schol",
        ),
    )

    assert places(found, "lone-edition") == [("calendars/bakery.yaml", 5, 10, 11)]
    assert [each.mend for each in found if each.code == "lone-edition"] == ["did you mean “school”?"]
