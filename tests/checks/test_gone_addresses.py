"""Organisations and feeds that were published and are gone."""

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
    assert (problem.position.path, problem.position.line) == (path, line)
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

    assert (problem.code, problem.position.path) == ("feed-gone", "feeds/few.yaml")
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
