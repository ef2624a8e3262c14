"""Events that are alike, editions, what is declined, files and visibility."""

from pathlib import Path

from tests.support.checking import places, problems_of


def events(*lines: str, head: str = "") -> dict[str, str]:
    listed = "".join(f"  - {{{line}}}\n" for line in lines)
    return {"calendars/bakery.yaml": f"name: The Bakery\n{head}events:\n{listed}"}


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


def test_another_edition_under_an_old_id_is_an_error(tmp_path: Path) -> None:
    """More than 60 days ahead, of an event that is over; as of 1 June."""
    before = events("id: fair-2026, title: Fair, when: 2026-05-30")

    def at(folder: str, when: str) -> list[tuple[str, int, int, int]]:
        found = problems_of(tmp_path / folder, events(f"id: fair-2026, title: Fair, when: {when}"), before)
        return places(found, "edition-under-old-id")

    assert at("1", "2027-05-30") == [("calendars/bakery.yaml", 3, 10, 19)]
    assert at("2", "2026-08-01") == [("calendars/bakery.yaml", 3, 10, 19)]
    assert at("3", "2026-07-31") == []


def test_the_mend_of_an_edition_names_a_new_id(tmp_path: Path) -> None:
    """With the new year in place of the old one."""
    before = events("id: fair-2026, title: Fair, when: 2026-05-30")
    found = problems_of(tmp_path, events("id: fair-2026, title: Fair, when: 2027-05-30"), before)

    assert "id: fair-2027" in next(each.mend or "" for each in found if each.code == "edition-under-old-id")


def test_an_event_that_was_put_off_keeps_its_uid_under_a_new_id(tmp_path: Path) -> None:
    """As the mend says."""
    before = events("id: fair-2026, title: Fair, when: 2026-05-30")
    found = problems_of(
        tmp_path, events("id: fair-2027, title: Fair, when: 2027-05-30, formerly: fair-2026"), before
    )

    assert found == []


def test_what_is_declined_is_an_event_that_names_the_organisation(tmp_path: Path) -> None:
    """All else has no effect, which is a warning."""
    files = events("id: fair, title: Fair, when: 2026-09-12, partners: [dairy], formerly: [market]")
    files["calendars/dairy.yaml"] = (
        "name: The Dairy\ndeclined:\n  - bakery/fair\n  - bakery/fare\n  - bakry/fair\n  - bakery/market\n  - dairy/milk\n"
        "events: [{id: milk, title: Milk, when: 2026}]\n"
    )
    files["calendars/mill.yaml"] = "name: The Mill\ndeclined: [bakery/fair]\n"
    found = problems_of(tmp_path, files)

    assert places(found, "unknown-event") == [
        ("calendars/dairy.yaml", 4, 5, 16),
        ("calendars/dairy.yaml", 5, 5, 15),
        ("calendars/dairy.yaml", 6, 5, 18),
    ]
    assert {each.mend for each in found if each.code == "unknown-event"} == {"did you mean “bakery/fair”?"}
    assert places(found, "nothing-to-decline") == [
        ("calendars/dairy.yaml", 7, 5, 15),
        ("calendars/mill.yaml", 2, 12, 23),
    ]


def test_declining_an_event_of_one_with_errors_is_held_back(tmp_path: Path) -> None:
    """The event may be the one that could not be read."""
    files = events("id: fair, title: Fair, when: soon")
    files["calendars/dairy.yaml"] = "name: The Dairy\ndeclined: [bakery/fair]\n"

    assert [each.code for each in problems_of(tmp_path, files)] == ["not-known-yet"]


def test_files_of_an_event_have_names_of_their_own(tmp_path: Path) -> None:
    """They are published beside each other; the image is one of them."""
    files = events(
        "id: fair, title: Fair, when: 2026-09-12, documents: [{label: A, file: a/plan.png}], image: b/plan.png"
    )
    for folder in ("a", "b"):
        files[f"calendars/{folder}/plan.png"] = "picture"
        files[f"calendars/{folder}/organisation.yaml"] = f"name: {folder}\n"

    assert places(problems_of(tmp_path, files), "same-file-name") == [("calendars/bakery.yaml", 3, 10, 14)]


def test_visibility_is_explained_once(tmp_path: Path) -> None:
    """At the first event that is not public."""
    files = events(
        "id: a, title: A, when: 2026",
        "id: b, title: B, when: 2026, visibility: members",
        "id: c, title: C, when: 2026, visibility: members",
    )

    assert places(problems_of(tmp_path, files), "files-are-not-hidden") == [
        ("calendars/bakery.yaml", 4, 10, 11)
    ]
