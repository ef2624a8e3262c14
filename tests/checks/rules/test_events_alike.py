"""Events that are probably one, written twice."""

from pathlib import Path

from tests.support.checking import events, places, problems_of


def alike(folder: Path, *lines: str) -> list[int]:
    return [line for _, line, _, _ in places(problems_of(folder, events(*lines)), "events-alike")]


def test_events_of_one_title_and_date_are_alike(tmp_path: Path) -> None:
    """Blanks and capitals do not tell them apart, and one without a time is like all of that day."""
    one = "id: a, title: Open Day, when: 2026-09-12"

    assert alike(tmp_path / "1", one, "id: b, title: open  day, when: 2026-09-12") == [4]
    assert alike(tmp_path / "2", one, "id: b, title: Open Day, when: 2026-09-12 10:00") == [4]
    assert alike(tmp_path / "3", one, "id: b, title: {fr: Portes, en: Open Day}, when: 2026-09-12") == [4]
    assert alike(tmp_path / "4", one, "id: b, title: Open Day, when: 2026-09-13") == []
    assert alike(tmp_path / "5", one, "id: b, title: Open Days, when: 2026-09-12") == []


def test_other_times_and_other_cities_tell_events_apart(tmp_path: Path) -> None:
    """The same evening may be twice a day, or in two cities."""
    first = "id: a, title: Class, when: 2026-09-12 10:00/11:00, where: {city: Ghent}"

    assert alike(tmp_path / "1", first, "id: b, title: Class, when: 2026-09-12 14:00/15:00") == []
    assert (
        alike(tmp_path / "2", first, "id: b, title: Class, when: 2026-09-12 10:00, where: {city: Lille}")
        == []
    )
    assert alike(tmp_path / "3", first, "id: b, title: Class, when: 2026-09-12 10:00/12:00") == [4]


def test_events_of_two_organisations_are_held_against_each_other(tmp_path: Path) -> None:
    """The place of the other is told."""
    files = events("id: a, title: Fair, when: 2026-09-12")
    files["calendars/dairy.yaml"] = files["calendars/bakery.yaml"]
    found = problems_of(tmp_path, files)

    assert places(found, "events-alike") == [("calendars/dairy.yaml", 3, 10, 11)]
    assert "calendars/bakery.yaml, line 3" in found[-1].message


def test_sessions_are_held_against_those_of_their_event(tmp_path: Path) -> None:
    """Every event may have an opening."""
    sessions = "sessions: [{id: x, title: Opening, when: 09:00}, {id: y, title: Opening, when: 09:00}]"
    one = f"id: a, title: A, when: 2026-09-12, {sessions}"
    other = "id: b, title: B, when: 2026-09-12, sessions: [{id: x, title: Opening, when: 09:00}]"

    assert alike(tmp_path, one, other) == [3]
