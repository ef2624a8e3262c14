"""What is new, or newly moved, and lies in the past."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.checking import lay, places, problems_of

from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Problem

FILE = "calendars/bakery.yaml"


NOVEMBER = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2027-05-01}\n"


def written(*events: str) -> dict[str, str]:
    return {FILE: HEAD + "".join(f"  - {each}\n" for each in events)}


def told(folder: Path, now: dict[str, str], before: dict[str, str]) -> list[Problem]:
    found = problems_of(folder, now, before, NOVEMBER)
    return [each for each in found if each.code == "new-yet-past"]


SERIES = "{id: walk, title: Walk, when: 2026-10-03, repeats: {every: month, count: 12%s}}"


CASES = {
    "a year too few": (
        "{id: a, title: A, when: 2026-06-05}",
        "“a” is new and lies in the past, on 2026-06-05",
        "is the year right? Did you mean 2027-06-05?",
    ),
    "yesterday": (
        "{id: a, title: A, when: 2026-11-11 19:00/21:00}",
        "“a” is new and lies in the past, on 2026-11-11",
        "is the year right? Did you mean 2027-11-11?",
    ),
    "29 February": (
        "{id: a, title: A, when: 2026-02-28/2026-03-01}",
        "“a” is new and lies in the past, on 2026-02-28",
        "is the year right? Did you mean 2027-02-28?",
    ),
    "long ago": (
        "{id: a, title: A, when: 2012-06-05}",
        "“a” is new and lies in the past, on 2012-06-05",
        "is the year right? If it is, nothing need be done",
    ),
    "a month": (
        "{id: a, title: A, when: 2026-05}",
        "“a” is new and lies in the past, on 2026-05-01",
        "is the year right? Did you mean 2027-05-01?",
    ),
    "a whole course": (
        "{id: a, title: A, when: [2026-02-03, 2026-02-10]}",
        "“a” is new and lies in the past, on 2026-02-03",
        "is the year right? Did you mean 2027-02-03?",
    ),
    "one date of a course": (
        "{id: a, title: A, when: [2027-02-03, 2026-02-10, 2027-02-17]}",
        "“a” has a new date that lies in the past, on 2026-02-10",
        "is the year right? Did you mean 2027-02-10?",
    ),
    "a date of a series": (
        SERIES % ", changes: {2026-12-03: {when: 2025-12-04}}",
        "“walk” is moved from 2026-12-03 into the past, to 2025-12-04",
        "is the year right? Did you mean 2026-12-04?",
    ),
    "a date besides a series": (
        SERIES % ", also: [2026-01-17]",
        "“walk” has a new date that lies in the past, on 2026-01-17",
        "is the year right? Did you mean 2027-01-17?",
    ),
    "an event that was to come": (
        "{id: fair, title: Fair, when: 2026-05-01}",
        "“fair” is moved from 2027-05-01 into the past, to 2026-05-01",
        "is the year right? Did you mean 2027-05-01?",
    ),
}


@pytest.mark.parametrize(("event", "message", "mend"), CASES.values(), ids=CASES)
def test_what_is_new_in_the_past_is_told(tmp_path: Path, event: str, message: str, mend: str) -> None:
    """Once, with the same day a year later where that is still to come; and no more when it has been published."""
    now = {FILE: HEAD[: HEAD.index("  - ")] + f"  - {event}\n"} if "id: fair" in event else written(event)
    found = told(tmp_path, now, written())

    assert [(each.message, each.mend) for each in found] == [(message, mend)]
    assert places(found, "new-yet-past")[0][:2] in [(FILE, 4), (FILE, 5)]
    compile_site(tmp_path / "now", tmp_path / "site", NOVEMBER)
    again = problems_of(tmp_path, now, now=NOVEMBER)
    assert [each for each in again if each.code == "new-yet-past"] == []


@pytest.mark.parametrize(
    "event",
    [
        "{id: a, title: A, when: 2026-11-12}",
        "{id: a, title: A, when: 2026-11-01/2026-11-30}",
        "{id: a, title: A, when: 2026}",
        "{id: a, title: A, when: 2026-06-05, draft: true}",
        "{id: a, title: A, when: 2026-06-05, visibility: members}",
        "{id: a, title: A, when: 2027-06-05, sessions: [{id: b, title: B, when: 2026-06-05}]}",
        SERIES % "",
        "{id: renamed, title: Old, when: 2026-03-01, formerly: [old]}",
        "{id: old, title: Old, when: 2026-03-08}",
    ],
)
def test_what_is_not(tmp_path: Path, event: str) -> None:
    """Today, what goes on, what nobody sees, a renamed event, and a past one whose day is put right."""
    before = written("{id: old, title: Old, when: 2026-03-01}")

    assert told(tmp_path, written(event), before) == []


def test_an_archive_is_told_in_one_note(tmp_path: Path) -> None:
    """An organisation's, however it came; a first compile, where all is new, tells nothing."""
    many = [f"{{id: e{year}, title: E, when: {year}-05-01}}" for year in range(2000, 2020)]
    (found,) = told(tmp_path / "1", written(*many), written())

    assert (
        found.message == "20 events or dates are new here and lie in the past, from 2000-05-01 to 2019-05-01"
    )
    assert found.position.line == 1
    assert len(told(tmp_path / "2", written(*many[:5]), written())) == 5
    first = problems_of(tmp_path / "3", written(*many), now=NOVEMBER)
    assert [each for each in first if each.code == "new-yet-past"] == []


@pytest.mark.parametrize("name", ["old", "oldest-fair"])
def test_what_was_renamed_as_it_seems_is_no_news_of_the_past(tmp_path: Path, name: str) -> None:
    """That one is gone is told, and how to say that it was renamed; the note would be another word for one cause."""
    before = written("{id: a, title: A, when: 2026-06-05}")
    found = problems_of(tmp_path, written(f"{{id: {name}, title: A, when: 2026-06-05}}"), before, NOVEMBER)

    assert [each.code for each in found] == ["event-gone"]
    assert len(told(tmp_path / "b", written(f"{{id: {name}, title: A, when: 2026-06-06}}"), before)) == 1


def test_events_of_a_file_that_was_renamed_are_no_news_of_the_past(tmp_path: Path) -> None:
    """Its new name is told."""
    before = written("{id: a, title: A, when: 2026-06-05}")
    root = lay(tmp_path, before)
    compile_site(root, root / "_site", NOVEMBER, first=True)
    (root / FILE).rename(root / "calendars/backery.yaml")

    found = compile_site(root, root / "_site", NOVEMBER).problems
    assert [each.code for each in found] == ["organisation-gone"]


@pytest.mark.parametrize("pin", ["", ", uid: ball.bakery@example.coop"])
def test_what_lies_where_another_lay_is_new_if_that_one_is_there_under_another_organisation(
    pin: str, tmp_path: Path
) -> None:
    """With its UID it was moved, not renamed; else it is gone, and that alone is told."""
    ball = "id: ball, title: Ball, when: 2026-10-05"
    mill = "name: The Mill\nevents:\n  - {id: open, title: Open, when: 2027-05-01}\n"
    before = written(f"{{{ball}}}") | {"calendars/mill.yaml": mill}
    after = written("{id: dance, title: Dance, when: 2026-10-05}") | {
        "calendars/mill.yaml": mill + f"  - {{{ball}{pin}}}\n"
    }
    messages = [f"{problem.position.path}: {problem.message}" for problem in told(tmp_path, after, before)]

    assert messages == (
        ["calendars/bakery.yaml: “dance” is new and lies in the past, on 2026-10-05"] if pin else []
    )
