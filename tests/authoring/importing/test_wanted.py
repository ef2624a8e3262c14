"""Importing a part of a source, and sources whose UIDs are all new."""

from datetime import date
from pathlib import Path

import pytest
from tests.authoring.importing.test_cases import CASES, events, lay, run
from tests.support.checking import lay as laid
from tests.support.importing import FILE, calendar, event, imported, kinds
from tests.support.trees import compiled

from coopcal.authoring.importing.run import left_out
from coopcal.authoring.importing.wanted import Choice

SOURCE = calendar(
    *event("DTSTART;VALUE=DATE:20260105", "CATEGORIES:Assembly,Public", "LOCATION:Town Hall, Ghent", uid="old", title="General Assembly"),
    *event("DTSTART;VALUE=DATE:20270105", "CATEGORIES:Été", "LOCATION:The Mill", uid="new", title="Fête d'été"),
    *event("DTSTART;TZID=Europe/Brussels:20250106T190000", "RRULE:FREQ=WEEKLY", uid="weekly", title="Baking"),
    *event("DTSTART;TZID=Europe/Brussels:20250107T190000", "RRULE:FREQ=WEEKLY;COUNT=4", uid="ended", title="Course"),
    *event("DTSTART;VALUE=DATE:20260530", "DTEND;VALUE=DATE:20260603", uid="going-on", title="Camp"),
)  # fmt: skip
"""Today is the first of June 2026."""


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), ["old", "new", "weekly", "ended", "going-on"]),
        (Choice(coming=True), ["new", "weekly", "going-on"]),
        (Choice(since=date(2026, 6, 3)), ["new", "weekly"]),
        (Choice(since=date(2026, 1, 5)), ["old", "new", "weekly", "going-on"]),
        (Choice(since=date(2028, 1, 1)), ["weekly"]),
        (Choice([("tag", "assembly")]), ["old"]),
        (Choice([("tag", "Assembly"), ("tag", "été")]), ["old", "new"]),
        (Choice([("tag", "assem")]), []),
        (Choice([("title", "ETE")]), ["new"]),
        (Choice([("place", "ghent")]), ["old"]),
        (Choice([("place", "mill"), ("title", "assembly")]), []),
        (Choice([("tag", "assembly")], coming=True), []),
    ],
)
def test_what_is_asked_for_is_taken_and_the_rest_is_counted(
    tmp_path: Path, choice: Choice, taken: list[str]
) -> None:
    """Nothing of it is a loss."""
    root = laid(tmp_path, {FILE: "name: The Bakery\n"})
    outcome = imported(root, SOURCE, choice=choice)
    text = (root / FILE).read_text(encoding="utf-8")

    assert [line.removeprefix("    uid: ") for line in text.splitlines() if "uid: " in line] == taken
    assert len([kind for kind, _ in kinds(outcome) if kind == "not-chosen"]) == 5 - len(taken)
    assert not left_out(outcome)
    assert {each.uid for each in outcome.losses} <= set(taken)


def test_what_is_not_asked_for_stays_as_it_is(tmp_path: Path) -> None:
    """What was imported before is neither changed nor told as gone."""
    root = laid(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, SOURCE)
    before = (root / FILE).read_bytes()
    outcome = imported(root, SOURCE.replace(b"Assembly\r", b"Meeting\r"), choice=Choice(coming=True))

    assert (root / FILE).read_bytes() == before
    assert {kind for kind, _ in kinds(outcome)} == {"unchanged", "not-chosen"}


def test_on_the_command_line(tmp_path: Path) -> None:
    """Counted in the last line; exit code 0; what cannot be asked for is told."""
    root = lay(tmp_path / "tree")
    source = tmp_path / "x.ics"
    source.write_bytes(SOURCE)
    done = run(root, source, "--only", "tag=assembly", "--only", "place=ghent", "--from", "2026-01-01")

    assert done.exit_code == 0
    assert "Events: 1 new, 4 not asked for." in done.output
    assert run(root, source, "--coming", "--dry-run").exit_code == 0
    for wrong in (("--only", "colour=red"), ("--only", "tag="), ("--from", "soon")):
        assert run(root, source, *wrong).exit_code == 2


def test_the_same_events_under_new_uids(tmp_path: Path) -> None:
    """They are told, and not doubled; when asked for, the new UIDs are taken over, and known from then on."""
    root = lay(tmp_path)
    run(root, CASES / "gzip-body.ics.gz")
    first = events(root)
    done = run(root, CASES / "uids-change.ics")

    assert done.exit_code == 1
    assert events(root) == first
    assert (
        done.output.count(
            "here under another UID: it has this title and time; to take over its new UID: --adopt"
        )
        == 2
    )
    assert "gone" not in done.output

    adopted = run(root, CASES / "uids-change.ics", "--adopt")

    assert adopted.exit_code == 0
    assert events(root) == first.replace("r1@x", "n1@x").replace("r2@x", "n2@x")

    again = run(root, CASES / "uids-change.ics")

    assert again.exit_code == 0
    assert "Events: 2 as before." in again.output


PARTY = ("DTSTART;VALUE=DATE:20270612", "LOCATION:Mill")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (event(*PARTY, uid="b"), [("other-uid", "party")]),
        (event(*PARTY, uid="a"), [("unchanged", "party")]),
        ((*event(*PARTY, uid="a"), *event(*PARTY, uid="b")), [("unchanged", "party"), ("new", "party-2027")]),
        (
            event("DTSTART;VALUE=DATE:20270613", "LOCATION:Mill", uid="b"),
            [("new", "party-2027"), ("gone", "party")],
        ),
        (
            event("DTSTART;VALUE=DATE:20270612", "LOCATION:Hall", uid="b"),
            [("new", "party-2027"), ("gone", "party")],
        ),
        (event(*PARTY, uid="b", title="Walk"), [("new", "walk"), ("gone", "party")]),
        ((*event(*PARTY, uid="b"), *event(*PARTY, uid="c")), [("new", "party-2027"), ("other-uid", "party")]),
    ],
)
def test_what_is_the_same_event(
    tmp_path: Path, after: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """Of title, time and place alike, under a UID that is new, where the one that was known is in the source no more."""
    root = laid(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*event(*PARTY, uid="a")))

    assert sorted(kinds(imported(root, calendar(*after), dry=True))) == sorted(expected)


def test_what_staff_changed_and_what_they_wrote_themselves_is_known_too(tmp_path: Path) -> None:
    """By what came last time, or by what stands here."""
    root = laid(
        tmp_path, {FILE: "name: The Bakery\nevents:\n  - id: walk\n    title: Walk\n    when: 2027-06-01\n"}
    )
    imported(root, calendar(*event(*PARTY, uid="a")))
    text = (root / FILE).read_text(encoding="utf-8").replace("title: Party", "title: Great party")
    (root / FILE).write_text(text, encoding="utf-8")
    again = calendar(*event(*PARTY, uid="b"), *event("DTSTART;VALUE=DATE:20270601", uid="c", title="Walk"))

    assert kinds(imported(root, again)) == [("other-uid", "party"), ("other-uid", "walk")]

    imported(root, again, adopt=True)

    assert (root / FILE).read_text(encoding="utf-8") == text.replace("uid: a", "uid: b")
    assert {kind for kind, _ in kinds(imported(root, again))} == {"kept"}


def test_a_published_uid_stays(tmp_path: Path) -> None:
    """Those who have subscribed see nothing twice; the new one is known all the same."""
    root = laid(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*event(*PARTY, uid="a")))
    compiled(root)
    renamed = calendar(*event(*PARTY, uid="b"))

    assert kinds(imported(root, renamed, adopt=True)) == [("unchanged", "party")]
    assert "uid: a\n" in (root / FILE).read_text(encoding="utf-8")
    assert kinds(imported(root, renamed)) == [("unchanged", "party")]
