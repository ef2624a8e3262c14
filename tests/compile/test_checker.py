"""Sources that one command checks several times: told as if they were read anew, and read once."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.trees import BAKERY, NOW, lay

from coopcal.cli import main
from coopcal.compile.checker import Checker, check

MILL = "name: The Mill\npart_of: [bakery]\nevents:\n  - {id: fair, title: Fair, when: 2026-07-01}\n"
EDITS: tuple[dict[str, str], ...] = (
    {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "12.9.2026").replace("Ghent", "Gent")},
    {"calendars/bakery.yaml": BAKERY.replace("id: board", "id: assembly")},
    {"calendars/new.yaml": "name: New\nevents: [{id: a, title: A, when: 2026-08-01, with: [mill]}]\n"},
    {"calendars/mill.yaml": MILL.replace("[bakery]", "[bakry]"), "calendars/bakery.yaml": BAKERY},
    {"calendars/mill.yaml": "name: [\n"},
    {"calendars/folder/2027.yaml": "events: [{id: b, title: B, when: 2027}]\n"},
    {"coopcal.yaml": "title: Example\nuid_domain: example.coop\ntags: [market]\n"},
    {},
)


def tree(root: Path) -> Path:
    folder = "name: Folder\nformerly: [fold]\n"
    further = "events:\n  - {id: a, title: A, when: 2026-08-01 9 am}\n"
    return lay(
        root,
        {
            "calendars/mill.yaml": MILL,
            "calendars/folder/organisation.yaml": folder,
            "calendars/folder/2026.yaml": further,
        },
    )


def test_what_changed_is_told_as_if_everything_were_read_anew(tmp_path: Path) -> None:
    """Whatever was tried before, in either order; an organisation that nothing changed is the same value."""
    root = tree(tmp_path)
    out = root / "_site"
    checker = Checker.of(root, NOW, out)
    for instead in (*EDITS, *reversed(EDITS)):
        again, anew = checker.check(instead), check(root, NOW, out=out, instead=instead)

        assert (again.problems, again.catalogue) == (anew.problems, anew.catalogue)
        assert again.texts == anew.texts
    before, after = checker.check().catalogue, checker.check(EDITS[0]).catalogue
    assert before is not None
    assert after is not None
    assert before.organisation("mill") is after.organisation("mill")
    assert before.organisation("bakery") is not after.organisation("bakery")


def test_files_are_looked_at_again_only_when_that_is_asked_for(tmp_path: Path) -> None:
    """So that all that a command says is of one state."""
    root = tree(tmp_path)
    checker = Checker.of(root, NOW, root / "_site")
    before = checker.check()
    (root / "calendars/mill.yaml").write_text("name: [\n", encoding="utf-8")

    assert checker.check().problems == before.problems
    checker.look_again()

    assert checker.check().problems == check(root, NOW, out=root / "_site").problems != before.problems


opened: Counter[str] = Counter()


def _note(event: str, values: tuple[object, ...]) -> None:
    if event == "open" and str(values[0]).endswith(".yaml"):
        opened[Path(str(values[0])).name] += 1


sys.addaudithook(_note)

FEED = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a@example.org\nSUMMARY:Party\nDTSTART;VALUE=DATE:20261003\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "party.ics", "--organisation", "bakery"],
        ["new", "event", "--organisation", "bakery", "--title", "Party", "--when", "2026-10-03"],
        ["new", "event", "--like", "open-day", "--when", "2027-09-11"],
        ["check", "--fix", "--dry-run"],
    ],
    ids=["import", "new event", "new event --like", "check --fix"],
)
def test_a_command_reads_what_it_leaves_alone_once(tmp_path: Path, arguments: list[str]) -> None:
    """However often it looks at the sources, before and after what it writes."""
    root = tree(tmp_path)
    (tmp_path / "party.ics").write_text(FEED, encoding="utf-8")
    arguments = [str(tmp_path / each) if each == "party.ics" else each for each in arguments]
    opened.clear()
    done = CliRunner().invoke(main, ["--root", str(root), *arguments, "--now", "2026-06-01T12:00:00Z"])

    assert done.exit_code in (0, 1), done.output
    assert {name: opened[name] for name in ("coopcal.yaml", "mill.yaml", "organisation.yaml")} == {
        "coopcal.yaml": 1, "mill.yaml": 1, "organisation.yaml": 1,
    }  # fmt: skip
