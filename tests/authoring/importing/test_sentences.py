"""What an import says to people can be said in their language: whole sentences, none glued."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.authoring.importing.test_cases import CASES
from tests.authoring.importing.test_cases import lay as lay_case
from tests.support.checking import lay
from tests.support.importing import FILE, calendar, event, imported
from tests.support.trees import NOW

from coopcal.authoring.importing import merging
from coopcal.authoring.importing.run import Given, Outcome, Wish, import_events
from coopcal.authoring.importing.tables import Table
from coopcal.cli import main
from coopcal.model.message import Message, msg
from coopcal.text.messages import say

BY_KEYS_OR_TITLE = (merging.NEW, merging.UPDATED, merging.SAME, merging.NOT_CHOSEN)
"""Steps that are told by what changed, or by the event, and by no sentence."""

PARTY = event("DTSTART;TZID=Europe/Brussels:20260912T190000", "DTEND;TZID=Europe/Brussels:20260912T220000")
WALK = event("DTSTART;VALUE=DATE:20261003", uid="b@example.org", title="Walk")


def unsaid(outcome: Outcome) -> list[str]:
    """Return what is told to people and cannot be said in another language."""
    told: list[str | None] = [each.why for each in outcome.losses]
    told += [each.said for each in outcome.steps if each.kind not in BY_KEYS_OR_TITLE]
    told.append(outcome.refusal)
    return [each for each in told if each is not None and not isinstance(each, Message)]


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_of_each_case(tmp_path: Path, path: Path) -> None:
    """Losses, steps and refusals of all that people have."""
    root = lay_case(tmp_path)
    given = Given(path.read_bytes(), path.name)
    outcome = import_events(root, "org", given, NOW, out=root / "_site", wish=Wish(dry=True))

    assert outcome.losses or outcome.steps or outcome.refusal
    assert unsaid(outcome) == []


def test_of_each_step(tmp_path: Path) -> None:
    """Whatever becomes of an event that is here already."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*PARTY, *WALK, *event("DTSTART;VALUE=DATE:20261010", uid="c@x", title="Fair")))
    file = root / FILE
    here = (
        file.read_text(encoding="utf-8")
        .replace("title: Party", "title: Feast")
        .replace("title: Walk", "title: Hike")
    )
    file.write_text(here, encoding="utf-8")
    moved = [line.replace("SUMMARY:Party", "SUMMARY:Ball") for line in PARTY]
    both = imported(root, calendar(*moved, *WALK))
    file.write_text("name: The Bakery\n", encoding="utf-8")
    deleted = imported(root, calendar(*PARTY))
    file.write_text(
        "name: The Bakery\nevents:\n  - {id: party, title: Party, when: 2026-09-12 19:00/22:00}\n",
        encoding="utf-8",
    )
    (root / "imports/bakery.json").unlink()
    renamed = imported(root, calendar(*event(*PARTY[3:-1], uid="new@x")))
    met = [each for outcome in (both, deleted, renamed) for each in outcome.steps]

    assert {each.kind for each in met} >= {
        merging.BOTH, merging.KEPT, merging.GONE, merging.DELETED, merging.OTHER_UID,
    }  # fmt: skip
    assert [unsaid(outcome) for outcome in (both, deleted, renamed)] == [[], [], []]


def _unknown_organisation(root: Path) -> Outcome:
    return import_events(root, "mill", Given(b"", "x.ics"), NOW, out=root / "_site", wish=Wish())


def _damaged_memory(root: Path) -> Outcome:
    (root / "imports").mkdir()
    (root / "imports/bakery.json").write_text("{", encoding="utf-8")
    return imported(root, calendar(*PARTY))


def _memory_elsewhere(root: Path) -> Outcome:
    (root / "imports").mkdir()
    (root / "imports/bakery.json").symlink_to("/nowhere/x.json")
    return imported(root, calendar(*PARTY))


def _memory_that_is_a_pipe(root: Path) -> Outcome:
    (root / "imports").mkdir()
    os.mkfifo(root / "imports/bakery.json")
    return imported(root, calendar(*PARTY))


def _between_brackets(root: Path) -> Outcome:
    (root / FILE).write_text("{name: The Bakery, country: BE}\n", encoding="utf-8")
    return imported(root, calendar(*PARTY))


@pytest.mark.parametrize(
    "importing",
    [
        _unknown_organisation, _damaged_memory, _memory_elsewhere, _memory_that_is_a_pipe, _between_brackets,
        lambda root: imported(root, b"\n"),
        lambda root: imported(root, b"%PDF-1.4"),
        lambda root: imported(root, b"PK\x03\x04"),
        lambda root: imported(root, b"<rss>"),
        lambda root: imported(root, b"<x>"),
        lambda root: imported(root, b"BEGIN:VCARD"),
        lambda root: imported(root, b"\0\1\2\3", "x"),
        lambda root: imported(root, b"BEGIN:VEVENT\n" * 100_001),
        lambda root: imported(root, b"x\n" * 2_000_001),
        lambda root: imported(root, b"{", "x"),
        lambda root: imported(root, b"{}", "x"),
        lambda root: imported(root, b'{"version": 9, "occurrences": []}', "x"),
        lambda root: imported(root, b"[" * 100_000, "x.json"),
        lambda root: imported(root, b"one cell", "x.csv"),
        lambda root: imported(root, b"a;b\n1;2\n", "x.csv"),
        lambda root: imported(root, b"title;b\n1;2\n", "x.csv"),
        lambda root: imported(root, b"title;date\nA;3/4/2026\n", "x.csv"),
        lambda root: imported(root, b"a;" * 400, "x.csv"),
        lambda root: imported(root, b"a;b\n1;2\n", "x.csv", Table({"c": "title"})),
    ],
)  # fmt: skip
def test_of_each_refusal(tmp_path: Path, importing: object) -> None:
    """Why nothing was written."""
    assert callable(importing)
    outcome = importing(lay(tmp_path, {}))

    assert outcome.refusal
    assert unsaid(outcome) == []


@pytest.mark.parametrize("style", ["text", "json"])
def test_it_is_said_in_the_language_of_the_command_line(tmp_path: Path, style: str) -> None:
    """For people; what machines read stays in English."""
    french = say(msg("Nothing was written."), "fr")
    lay_case(tmp_path)
    options = ("--language", "fr", "--root", str(tmp_path), "import", "-", "--organisation", "org")
    done = CliRunner().invoke(main, [*options, "--format", style], input=b"%PDF-1.4")

    assert done.exit_code == 2
    assert french != "Nothing was written."
    assert (french in done.output) == (style == "text")
