"""What was published and is there no longer."""

from pathlib import Path

from tests.support.checking import places, problems_of
from tests.support.trees import NOW

from coopcal.build import check

FAIR = "  - {id: fair, title: Fair, when: 2026-09-12}\n"
BALL = "  - {id: ball, title: Ball, when: 2026-09-13}\n"
SCHOOL = "  - id: school\n    title: School\n    when: 2026-10-01\n    sessions: [{id: opening, title: Opening, when: 09:00}]\n"


def bakery(events: str, head: str = "") -> dict[str, str]:
    return {"calendars/bakery.yaml": f"name: The Bakery\n{head}events:\n{events}"}


def test_a_published_event_that_is_gone_is_an_error_with_the_line_to_add(tmp_path: Path) -> None:
    """At the organisation's file, and behind what is removed already."""
    found = problems_of(tmp_path / "1", bakery(FAIR), bakery(FAIR + BALL))

    assert places(found, "event-gone") == [("calendars/bakery.yaml", 1, 1, 2)]
    assert (found[0].mend or "").startswith("removed: [ball]   ")

    found = problems_of(tmp_path / "2", bakery(FAIR, "removed: [old]\n"), bakery(FAIR + BALL))

    assert places(found, "event-gone") == [("calendars/bakery.yaml", 2, 11, 14)]
    assert (found[0].mend or "").startswith("removed: [old, ball]   ")


def test_an_event_on_the_same_day_is_probably_the_same_renamed(tmp_path: Path) -> None:
    """The mend names it."""
    found = problems_of(tmp_path, bakery(FAIR.replace("fair", "market")), bakery(FAIR))

    assert "“formerly: [fair]” in “market” (calendars/bakery.yaml, line 3)" in (found[0].mend or "")


def test_what_is_removed_renamed_hidden_or_closed_is_not_missed(tmp_path: Path) -> None:
    """Each of these says what became of it."""
    before = bakery(FAIR + BALL)
    hidden = BALL.replace("}", ", visibility: members}")
    renamed = BALL.replace("id: ball", "id: dance, formerly: ball")

    for number, files in enumerate(
        (
            bakery(FAIR, "removed: [ball]\n"),
            bakery(FAIR + renamed),
            bakery(FAIR + hidden),
            bakery(FAIR, "closed: {on: 2026-05-01}\n"),
        )
    ):
        found = problems_of(tmp_path / str(number), files, before)
        assert [each for each in found if each.severity == "error"] == []


def test_an_event_that_cannot_be_read_is_not_gone(tmp_path: Path) -> None:
    """Nor are those of a file that cannot be read."""
    before = {**bakery(FAIR + BALL), "calendars/dairy.yaml": "name: The Dairy\n"}
    broken = {**bakery(FAIR + BALL.replace("2026-09-13", "soon")), "calendars/dairy.yaml": "name: [\n"}

    assert [each.code for each in problems_of(tmp_path, broken, before)] == [
        "not-known-yet",
        "unclosed-bracket",
    ]


def test_a_published_session_that_is_gone_is_an_error(tmp_path: Path) -> None:
    """It may be removed by its event's id and its own; with its event it goes in silence."""
    without = SCHOOL[: SCHOOL.index("    sessions")]
    found = problems_of(tmp_path / "1", bakery(without), bakery(SCHOOL))

    assert [each.code for each in found] == ["event-gone"]
    assert (found[0].mend or "").startswith("removed: [school/opening]   ")
    assert problems_of(tmp_path / "2", bakery(without, "removed: [school/opening]\n"), bakery(SCHOOL)) == []
    assert problems_of(tmp_path / "3", bakery(FAIR, "removed: [school]\n"), bakery(FAIR + SCHOOL)) == []
    found = problems_of(tmp_path / "4", bakery(FAIR), bakery(FAIR + SCHOOL))
    assert len(places(found, "event-gone")) == 1


def test_events_follow_an_organisation_that_was_renamed(tmp_path: Path) -> None:
    """Their keys begin with its former id."""
    now = {"calendars/bakers.yaml": "name: The Bakery\nformerly: [bakery]\nevents:\n" + FAIR}
    before = bakery(FAIR)
    folder = tmp_path
    found = problems_of(folder, {**now, "calendars/bakery.yaml": "name: x\n"}, before)

    assert "former-id-in-use" in {each.code for each in found}
    (folder / "now/calendars/bakery.yaml").unlink()
    # The smallest tree brings calendars/bakery.yaml along, so what is left is checked again.
    assert check(folder / "now", NOW, out=folder / "site").problems == ()


def test_organisations_and_feeds_that_are_gone_are_errors(tmp_path: Path) -> None:
    """With the file to write again."""
    before = {**bakery(FAIR), "calendars/dairy.yaml": "name: The Dairy\n", "feeds/some.yaml": "title: Some\n"}
    found = problems_of(tmp_path, bakery(FAIR), before)

    assert places(found, "organisation-gone") == [("coopcal.yaml", 1, 1, 2)]
    assert places(found, "feed-gone") == [("coopcal.yaml", 1, 1, 2)]
    assert (found[0].mend or found[1].mend or "").startswith("write ")


def test_organisations_and_feeds_may_be_renamed(tmp_path: Path) -> None:
    """The new one says what it was formerly."""
    before = {**bakery(FAIR), "feeds/some.yaml": "title: Some\n"}

    assert problems_of(tmp_path, {**bakery(FAIR), "feeds/few.yaml": "formerly: some\n"}, before) == []
