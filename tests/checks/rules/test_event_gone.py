"""Events that were published and are gone."""

import re
from pathlib import Path

import pytest
from tests.support.checking import places, problems_of
from tests.support.trees import NOW

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


FILE = "calendars/bakery.yaml"


HEAD = "name: The Bakery\ncountry: BE\n"


def written(*events: str, head: str = "") -> dict[str, str]:
    return {FILE: HEAD + head + "events:\n" + "".join(f"  - {each}\n" for each in events)}


def told(folder: Path, code: str, now: dict[str, str], before: dict[str, str] | None = None) -> list[str]:
    found = problems_of(folder, now, before, NOW)
    return [f"{each.message} | {each.mend}" for each in found if each.code == code]


@pytest.mark.parametrize(
    ("new", "title", "is_slip"),
    [("assembyl", "Assembly", True), ("asembly", "Assembly", True), ("assembly-2", "Assembly", False), ("assembyl", "Other", False)],
)  # fmt: skip
def test_an_id_that_was_mistyped_is_to_be_written_again(
    *, new: str, title: str, is_slip: bool, tmp_path: Path
) -> None:
    """Where title and days are the same and the id is one slip away."""
    event = "{id: %s, title: %s, when: 2026-09-12}"

    (found,) = told(
        tmp_path, "event-gone", written(event % (new, title)), written(event % ("assembly", "Assembly"))
    )

    assert found.partition(" | ")[2].startswith("write the id again: id: assembly   (") is is_slip
