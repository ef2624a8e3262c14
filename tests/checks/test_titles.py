"""Titles and ids that contradict the date; as of 1 June 2026."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of


def codes(folder: Path, event: str, before: str | None = None) -> list[tuple[str, int]]:
    """Return the codes about titles and ids, with their columns."""
    head = "name: The Bakery\nlanguages: [en, fr, es]\nevents:\n  - {"
    files = {"calendars/bakery.yaml": f"{head}{event}}}\n"}
    earlier = {"calendars/bakery.yaml": f"{head}{before}}}\n"} if before else None
    found = problems_of(folder, files, earlier)
    return [
        (each.code, each.position.column)
        for each in found
        if each.code in ("weekday-in-title", "date-in-title", "year-in-id")
    ]


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("Tuesday evening", "2026-09-16 19:00/21:00"),
        ("Soirée du mardi", "2026-09-16 19:00/21:00"),
        ("{fr: Soirée du mardi}", "2026-09-16 19:00/21:00"),
        ("{es: Velada del miércoles}", "2026-09-15"),
        ("Tuesday evening", "2026-09-16 19:00/21:00, repeats: {every: week, until: 2026-12-31}"),
    ],
)
def test_a_weekday_on_which_the_event_is_not(title: str, when: str, tmp_path: Path) -> None:
    """In the language that the title is in; a plain one is in that of its organisation."""
    expected = [] if title.startswith("Soirée") else ["weekday-in-title"]

    assert [code for code, _ in codes(tmp_path, f"id: a, title: {title}, when: {when}")] == expected


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("Tuesday evening", "2026-09-15 19:00/21:00"),
        ("Saturday market", "2026-09-11/2026-09-13"),
        ("Monday or Tuesday", "2026-09-16"),
        ("A Sunday", "2026-09"),
        ("{es: Fiesta de Santo Domingo}", "2026-09-15"),
        ("Sun and bread", "2026-09-15"),
        (
            "Tuesday and more",
            "2026-09-17 19:00, repeats: {every: week, on: 'Tuesday, Thursday', until: 2026-12-31}",
        ),
        ("Tuesday evening", "[2026-09-15 19:00, 2026-09-16 19:00]"),
        ("Tuesday evening", "2026-09-16 19:00, moved_from: 2026-09-15 19:00"),
        ("Tuesday evening", "2026-09-16 19:00, status: postponed"),
    ],
)
def test_weekdays_that_are_right_or_no_weekdays(title: str, when: str, tmp_path: Path) -> None:
    """Also where a date of several, or one that was moved, is on another day."""
    assert codes(tmp_path, f"id: a, title: {title}, when: {when}") == []


def test_a_date_that_was_moved_leaves_the_title_of_its_series(tmp_path: Path) -> None:
    """One with a title of its own is looked at."""
    series = "id: a, title: Tuesday evening, when: 2026-09-15 19:00, repeats: {every: week, until: 2026-12-31, changes: "

    assert codes(tmp_path / "1", series + "{2026-09-22: 2026-09-23}}") == []
    assert codes(tmp_path / "2", series + "{2026-09-22: {title: Friday evening}}}") == [
        ("weekday-in-title", len(series + "  - {2026-09-22: {title: ") + 2)
    ]


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("Annual meeting 2026", "2027-03-13"),
        ("Annual meeting 2027", "2026-10-13"),
        ("Market in October", "2026-11-14"),
        ("Meeting of March 2027", "2027-04-13"),
        ("{fr: Marché d'octobre}", "2026-11-14"),
    ],
)
def test_a_month_or_year_that_the_event_is_not_in(title: str, when: str, tmp_path: Path) -> None:
    """As a title has that was copied."""
    assert [code for code, _ in codes(tmp_path, f"id: a, title: {title}, when: {when}")] == ["date-in-title"]


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("Annual meeting 2027", "2027-03-13"),
        ("Accounts 2025", "2026-06-13"),
        ("Rapport annuel 2025", "2026-06-13"),
        ("Agenda 2030", "2026-06-13"),
        ("Season 2025", "2026-06-13"),
        ("Course 2025-2026", "2027-06-13"),
        ("Course 2025/26", "2027-06-13"),
        ("Room 2025b", "2026-06-13"),
        ("2026 and 2025", "2027-06-13"),
        ("Winter party 2026", "2027-01-09"),
        ("New year 2027", "2026-12-31"),
        ("Winter 2027", "winter 2027"),
        ("Meeting 2026", "2026-12-30/2027-01-02"),
        ("Meeting 2026", "2026-09-15 19:00, repeats: {every: month}"),
        ("March for bread", "2026-10-13"),
        ("What we may do", "2026-10-13"),
        ("Towards 14 July", "2026-06-13"),
        ("Report on October", "2026-11-13"),
        ("{es: Plaza de Mayo}", "2026-10-13"),
        ("May or June", "2026-10-13"),
    ],
)
def test_months_and_years_that_are_right_or_mean_something_else(
    title: str, when: str, tmp_path: Path
) -> None:
    """A year that is told of, a number, a name, the turn of the year, a series that goes on."""
    assert codes(tmp_path, f"id: a, title: {title}, when: {when}") == []


def test_the_place_is_that_of_the_language(tmp_path: Path) -> None:
    """Each text of a title has its own."""
    assert codes(tmp_path, "id: a, title: {en: Meeting, fr: Réunion 2025}, when: 2026-09-15") == [
        ("date-in-title", 38)
    ]


def test_a_new_id_with_the_year_of_another_edition(tmp_path: Path) -> None:
    """One that was published stays; what is far off is a name; a session may be called as it likes."""
    new = [("year-in-id", 10)]

    assert codes(tmp_path / "1", "id: fair-2025, title: Fair, when: 2026-09-12") == new
    assert (
        codes(tmp_path / "2", "id: fair-2025, title: Fair, when: 2026-09-12", "id: a, title: A, when: 2026")
        == new
    )
    same = "id: fair-2025, title: Fair, when: 2026-09-12"

    assert codes(tmp_path / "3", same, same) == []
    assert codes(tmp_path / "4", "id: agenda-2030, title: Fair, when: 2026-09-12") == []
    assert codes(tmp_path / "5", "id: fair-2025, title: Fair, when: 2026-09-12, moved_from: 2025-09-12") == []
    session = "sessions: [{id: talk-2025, title: Talk, when: 10:00}]"

    assert codes(tmp_path / "6", f"id: fair, title: Fair, when: 2026-09-12, {session}") == []
