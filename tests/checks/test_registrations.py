"""Registration that opens or closes too late."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

TIMED = "2026-09-12 10:00/12:00"


def codes(folder: Path, when: str, registration: str) -> list[tuple[str, int, int]]:
    text = f"name: The Bakery\nevents:\n  - id: a\n    title: A\n    when: {when}\n    registration:\n{registration}"
    found = problems_of(folder, {"calendars/bakery.yaml": text})
    return [
        (each.code, each.position.line, each.position.column)
        for each in found
        if each.code.startswith("registration-")
    ]


@pytest.mark.parametrize(
    ("when", "closes"),
    [
        (TIMED, "2026-09-12 10:01"),
        (TIMED, "2026-09-13"),
        ("2026-09-12", "2026-09-13"),
        ("2026-09-12/2026-09-14", "2026-09-15"),
        ("2026-09", "2026-10-01"),
        ("[2026-09-12 10:00, 2026-09-19 10:00]", "2026-09-20"),
        (f"{TIMED}\n    repeats: {{every: week, until: 2026-10-03}}", "2026-10-04"),
    ],
)
def test_closing_after_the_beginning(when: str, closes: str, tmp_path: Path) -> None:
    """Where it lasts for days or has several dates, after the last."""
    line = 6 + when.count("\n") + 1

    assert codes(tmp_path, when, f"      closes: {closes}\n") == [("registration-closes-late", line, 15)]


@pytest.mark.parametrize(
    ("when", "closes"),
    [
        (TIMED, "2026-09-12 10:00"),
        (TIMED, "2026-09-12"),
        ("2026-09-12/2026-09-14", "2026-09-13"),
        ("[2026-09-12 10:00, 2026-09-19 10:00]", "2026-09-15"),
        (f"{TIMED}\n    repeats: {{every: week, until: 2026-10-03}}", "2026-10-01"),
        (f"{TIMED}\n    repeats: {{every: week}}", "2036-10-01"),
        (f"{TIMED}\n    repeats: {{every: week, changes: {{2026-09-19: {{title: B}}}}}}", "2026-10-01"),
    ],
)
def test_closing_in_time(when: str, closes: str, tmp_path: Path) -> None:
    """On the day itself, too."""
    assert codes(tmp_path, when, f"      closes: {closes}\n") == []


def test_opening_after_closing_or_after_the_beginning(tmp_path: Path) -> None:
    """Each where it is written."""
    late = [("registration-opens-late", 7, 14)]

    assert codes(tmp_path / "1", TIMED, "      opens: 2026-08-02\n      closes: 2026-08-01\n") == late
    assert codes(tmp_path / "2", TIMED, "      opens: 2026-09-13\n") == late
    assert codes(tmp_path / "3", TIMED, "      opens: 2026-08-01\n      closes: 2026-08-01 12:00\n") == []
    assert (
        codes(tmp_path / "4", TIMED, "      opens: 2026-08-01 12:00\n      closes: 2026-08-01 11:00\n")
        == late
    )


def test_a_changed_date_with_a_registration_of_its_own(tmp_path: Path) -> None:
    """It is held against that date."""
    changes = "2026-09-19: {registration: {closes: 2026-09-20}}"
    when = f"{TIMED}\n    repeats: {{every: week, changes: {{{changes}}}}}"

    assert [code for code, line, _ in codes(tmp_path, when, "      closes: 2026-10-01\n") if line == 6] == [
        "registration-closes-late"
    ]
