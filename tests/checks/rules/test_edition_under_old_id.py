"""Another edition under the id of a past one."""

from datetime import UTC, datetime
from pathlib import Path

from tests.support.checking import events, lay, places, problems_of

from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Problem, has_errors
from coopcal.site.reader import open_site


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


FILE = "calendars/bakery.yaml"


NOVEMBER = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2027-05-01}\n"


def written(*events: str) -> dict[str, str]:
    return {FILE: HEAD + "".join(f"  - {each}\n" for each in events)}


def test_a_wrong_year_is_taken_back_without_a_new_id(tmp_path: Path) -> None:
    """The error says how; the UID and the address stay, and a note tells to take the line out when it is published."""
    wrong = written("{id: sommerfest-2027, title: S, when: 2026-06-05}")
    right = written("{id: sommerfest-2027, title: S, when: 2027-06-05}")
    out = tmp_path / "site"
    compile_site(lay(tmp_path / "tree", wrong), out, NOVEMBER)

    def found(files: dict[str, str]) -> list[Problem]:
        return problems_of(tmp_path, files, now=NOVEMBER)

    (error,) = [each for each in found(right) if each.code == "edition-under-old-id"]
    assert error.mend is not None
    assert "“corrected: true”" in error.mend.splitlines()[0]
    assert error.mend.endswith("id: sommerfest-2027-2")
    corrected = written("{id: sommerfest-2027, title: S, when: 2027-06-05, corrected: true}")
    assert [each.code for each in found(corrected) if "correct" in each.code] == []
    assert not has_errors(found(corrected))
    before = compile_site(lay(tmp_path / "tree", corrected), out, NOVEMBER)
    assert before.published
    feed = open_site(out).feeds["all"].bodies["identity"].content
    assert b"UID:sommerfest-2027.bakery@example.coop" in feed
    (note,) = [each for each in found(corrected) if each.code == "nothing-to-correct"]
    assert note.mend == "take “corrected: true” out"
    assert [
        each for each in found(right) if each.code in ("nothing-to-correct", "edition-under-old-id")
    ] == []
    idle = written("{id: b, title: B, when: 2027-06-05, corrected: true}")
    assert "nothing-to-correct" in [each.code for each in found(idle)]


def test_an_id_is_never_proposed_twice(tmp_path: Path) -> None:
    """By no problem that proposes one: another edition, a double id, a year that is wrong, an id used again."""
    taken = "{id: fair-2027, title: F, when: 2027-08-01}"
    before = written("{id: fair-2026, title: F, when: 2026-05-30}", taken)
    now = written("{id: fair-2026, title: F, when: 2027-05-30}", taken)
    (edition,) = [
        each
        for each in problems_of(tmp_path / "1", now, before, NOVEMBER)
        if each.code == "edition-under-old-id"
    ]
    assert (edition.mend or "").endswith("id: fair-2027-2")
    twice = written(
        "{id: a, title: A, when: 2027}", "{id: a, title: B, when: 2027}", "{id: a-2, title: C, when: 2027}"
    )
    (double,) = [each for each in problems_of(tmp_path / "2", twice) if each.code == "duplicate-id"]
    assert "“a-3”" in (double.mend or "")
    year = written("{id: b-2026, title: B, when: 2028-05-05}", "{id: b-2028, title: B, when: 2028-01-01}")
    (off,) = [each for each in problems_of(tmp_path / "3", year, now=NOVEMBER) if each.code == "year-in-id"]
    assert "id: b-2028-2 " in (off.mend or "")
