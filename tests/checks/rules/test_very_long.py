"""Events that last too long to be meant."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

from coopcal.model.problem import Problem


def told(folder: Path, event: str, code: str) -> list[Problem]:
    text = f"name: The Bakery\nevents:\n  - {{id: a, title: A, {event}}}\n"
    return [each for each in problems_of(folder, {"calendars/bakery.yaml": text}) if each.code == code]


@pytest.mark.parametrize("when", ["2026-03-14/2027-03-15", "2026-03-14 10:00/2026-04-15 12:00"])
def test_an_end_far_from_its_start(when: str, tmp_path: Path) -> None:
    """Both of whole days and of times."""
    assert [each.position.line for each in told(tmp_path, f"when: {when}", "very-long")] == [3]


@pytest.mark.parametrize("when", ["2026-03-14/2026-10-15", "2026", "2026-03-14 10:00/2026-03-20 12:00"])
def test_what_may_be_long(when: str, tmp_path: Path) -> None:
    """An exhibition, a year that is not known better, a week."""
    assert told(tmp_path, f"when: {when}", "very-long") == []
