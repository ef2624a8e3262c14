"""Series with one edition alone."""

from pathlib import Path

import pytest
from tests.support.checking import events, places, problems_of

from coopcal.checks.rules.lone_edition import MOST_PAIRS


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


@pytest.mark.parametrize(("others", "near"), [(0, "fairs"), (MOST_PAIRS // 100, None)])
def test_the_series_that_was_meant_is_looked_for_in_other_organisations_unless_there_are_many(
    others: int, near: str | None, tmp_path: Path
) -> None:
    """In its own it always is."""
    fairs = [f"id: f{number}, title: F{number}, when: 202{number}, series: fairs" for number in range(2)]
    lone = [
        f"id: l{number}, title: L{number}, when: 2026-05, series: {number}-{number}"
        for number in range(others)
    ]
    mill = "".join(f"  - {{{event}}}\n" for event in (*fairs, *lone))
    bakery = events(
        "id: a, title: A, when: 2024, series: fairz",
        "id: b, title: B, when: 2025, series: school",
        "id: c, title: C, when: 2026, series: school",
        "id: d, title: D, when: 2027, series: schol",
    )
    problems = problems_of(tmp_path, bakery | {"calendars/mill.yaml": f"name: The Mill\nevents:\n{mill}"})
    mends = [
        problem.mend
        for problem in problems
        if problem.code == "lone-edition" and problem.position.path == "calendars/bakery.yaml"
    ]

    assert mends == [
        f"did you mean “{near}”?" if near else "nothing need be done, if others are yet to come",
        "did you mean “school”?",
    ]
