"""What was published and is there no longer."""

import re
from pathlib import Path

import pytest
from tests.support.checking import places, problems_of
from tests.support.trees import NOW

from coopcal.authoring.fix import mend
from coopcal.compile.pipeline import check

FAIR = "  - {id: fair, title: Fair, when: 2026-09-12}\n"
BALL = "  - {id: ball, title: Ball, when: 2026-09-13}\n"
SCHOOL = "  - id: school\n    title: School\n    when: 2026-10-01\n    sessions: [{id: opening, title: Opening, when: 09:00}]\n"


def bakery(events: str, head: str = "") -> dict[str, str]:
    return {"calendars/bakery.yaml": f"name: The Bakery\n{head}events:\n{events}"}


def test_a_published_event_that_is_gone_is_an_error_with_the_line_to_add(tmp_path: Path) -> None:
    """At the organisation's file, and behind what is removed already."""
    found = problems_of(tmp_path / "1", bakery(FAIR), bakery(FAIR + BALL))

    assert places(found, "event-gone") == [("calendars/bakery.yaml", 2, 1, 7)]
    assert found[0].mend == (
        "removed: [ball]   (a line of its own in calendars/bakery.yaml, above line 2)\n"
        "or, if it was renamed: “formerly: [ball]” in the event that it is now"
    )

    found = problems_of(tmp_path / "2", bakery(FAIR, "removed: [old]\n"), bakery(FAIR + BALL))

    assert places(found, "event-gone") == [("calendars/bakery.yaml", 2, 11, 14)]
    assert (found[0].mend or "").startswith(
        "removed: [old, ball]   (in place of line 2 of calendars/bakery.yaml)\n"
    )
    listed = bakery(FAIR, "removed:\n  - old\n")
    found = problems_of(tmp_path / "3", listed, bakery(FAIR + BALL))

    assert places(found, "event-gone") == [("calendars/bakery.yaml", 3, 5, 8)]
    assert (found[0].mend or "").startswith(
        "- ball   (in the list “removed” in calendars/bakery.yaml, below line 3)\n"
    )


@pytest.mark.parametrize("head", ["", "removed: [old]\n", "removed:\n  - old\n", "removed: old\n"])
@pytest.mark.parametrize("gone", [1, 3])
def test_the_line_to_add_mends_when_it_is_written_as_it_is_told(tmp_path: Path, head: str, gone: int) -> None:
    """Where it is told, whatever stands there, and one line for all that is gone."""
    many = "".join(
        f"  - {{id: gone-{number}, title: G, when: 2026-0{number}-12}}\n" for number in range(1, 4)
    )
    before = bakery(FAIR + many)
    left = bakery(FAIR + "".join(many.splitlines(keepends=True)[gone:]), head)
    found = problems_of(tmp_path / "1", left, before)
    lines = left["calendars/bakery.yaml"].splitlines()
    gone_events = [each for each in found if each.code == "event-gone"]
    told = (gone_events[0].mend or "").split("   ")[0]
    number = int(re.findall(r"line (\d+)", gone_events[0].mend or "")[0])
    if told.startswith("- "):
        lines.insert(number, f"  {told}")
    elif "in place of" in (gone_events[0].mend or ""):
        lines[number - 1] = told
    else:
        lines.insert(number - 1, told)
    mended = {"calendars/bakery.yaml": "\n".join(lines) + "\n"}
    again = problems_of(tmp_path / "2", mended, before)

    assert len(gone_events) == gone
    left_over = gone - 1 if "  - " in head else 0
    assert len([each for each in again if each.code == "event-gone"]) == left_over
    assert [each.code for each in again if each.severity == "error" and each.code != "event-gone"] == []


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


RENAMED = {
    "a file": ("calendars/bakers.yaml", FAIR + BALL, ""),
    "a folder": ("calendars/bakers/organisation.yaml", FAIR + BALL, ""),
    "with a comment above": ("calendars/bakers.yaml", FAIR + BALL, "# Ours\n"),
    "with one event less": ("calendars/bakers.yaml", FAIR, ""),
    "with one event more": ("calendars/bakers.yaml", FAIR + BALL + SCHOOL, ""),
    "a name that is nothing like it": ("calendars/zzz.yaml", FAIR + BALL, ""),
}


@pytest.mark.parametrize(("path", "events", "comment"), RENAMED.values(), ids=RENAMED)
def test_a_renamed_organisation_is_told_in_its_new_file(
    tmp_path: Path, path: str, events: str, comment: str
) -> None:
    """With the line that keeps its addresses, and the old name; the line mends, by itself where all events are the same."""
    now = {path: f"{comment}name: The Bakery\nevents:\n{events}"}
    gone = tmp_path / "now/calendars/bakery.yaml"
    problems_of(tmp_path, now, bakery(FAIR + BALL))
    gone.unlink()
    (problem,) = [
        each
        for each in check(tmp_path / "now", NOW, out=tmp_path / "site").problems
        if each.code == "organisation-gone"
    ]

    line = 2 if comment else 1
    assert (problem.place.path, problem.place.line) == (path, line)
    assert problem.mend == (
        f"formerly: [bakery]   (a line of its own in {path}, so that its addresses go on; "
        "or call it “bakery” again)"
    )
    assert (problem.fix is not None) is (events == FAIR + BALL)
    mending = mend(
        lambda instead: check(tmp_path / "now", NOW, out=tmp_path / "site", instead=instead).problems,
        lambda each: (tmp_path / "now" / each).read_text(encoding="utf-8"),
        lambda each: each.code == "organisation-gone",
    )
    if problem.fix is None:
        assert mending.after == {}
    else:
        text = now[path].replace("name: The Bakery\n", "formerly: [bakery]\nname: The Bakery\n")
        assert mending.after == {path: text}


def test_a_renamed_organisation_with_another_one_like_it_is_not_guessed(tmp_path: Path) -> None:
    """Two new files hold its events."""
    now = {f"calendars/{name}.yaml": f"name: X\nevents:\n{FAIR}" for name in ("one", "two")}
    problems_of(tmp_path, now, bakery(FAIR))
    (tmp_path / "now/calendars/bakery.yaml").unlink()
    found = check(tmp_path / "now", NOW, out=tmp_path / "site").problems

    assert places(list(found), "organisation-gone") == [("coopcal.yaml", 1, 1, 2)]


def test_a_renamed_feed_is_told_in_its_new_file(tmp_path: Path) -> None:
    """By its title; the line is put in by ``--fix``."""
    before = {**bakery(FAIR), "feeds/some.yaml": "title: Some\n"}
    now = {**bakery(FAIR), "feeds/few.yaml": "title: Some\n"}
    (problem,) = problems_of(tmp_path, now, before)

    assert (problem.code, problem.place.path) == ("feed-gone", "feeds/few.yaml")
    mending = mend(
        lambda instead: check(tmp_path / "now", NOW, out=tmp_path / "site", instead=instead).problems,
        lambda each: (tmp_path / "now" / each).read_text(encoding="utf-8"),
        lambda _: True,
    )
    assert mending.after == {"feeds/few.yaml": "formerly: [some]\ntitle: Some\n"}


def test_organisations_and_feeds_may_be_renamed(tmp_path: Path) -> None:
    """The new one says what it was formerly."""
    before = {**bakery(FAIR), "feeds/some.yaml": "title: Some\n"}

    assert problems_of(tmp_path, {**bakery(FAIR), "feeds/few.yaml": "formerly: some\n"}, before) == []
