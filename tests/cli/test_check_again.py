"""``coopcal check`` after a compile: what is kept of organisations that stand is told as if it were found anew."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.command import coopcal
from tests.support.trees import lay

SITE = "title: Calendars\nuid_domain: example.coop\nlanguages: [en]\ntimezone: Europe/Brussels\n"
BAKERY = """name: The Bakery
country: BE
events:
  - {id: fair, title: Fair, when: 2026-12-25 10:00/12:00}
  - {id: market, title: Market on Monday, when: 2027-07-21 10:00/12:00}
"""
MILL = BAKERY.replace("Bakery", "Mill")
COMPILED, LATER, NEXT_DAY = "2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z", "2026-06-02T12:00:00Z"

EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "a title": {"calendars/bakery.yaml": BAKERY.replace("Fair", "Fair 2027")},
    "a date that is none": {"calendars/bakery.yaml": BAKERY.replace("2026-12-25", "2026-12-45")},
    "no YAML": {"calendars/bakery.yaml": BAKERY + "  - {\n"},
    "an id that another has": {"calendars/bakery.yaml": BAKERY.replace("id: market", "id: fair")},
    "an event that is gone": {"calendars/bakery.yaml": BAKERY[: BAKERY.index("  - {id: market")]},
    "an organisation that is gone": {"calendars/bakery.yaml": None},
    "one that is new": {"calendars/farm.yaml": BAKERY.replace("Bakery", "Farm")},
    "a check that is off": {"coopcal.yaml": SITE + "checks: {public-holiday: off}\n"},
    "settings that are broken": {"coopcal.yaml": SITE + "languages: [xx]\n"},
}


def told(root: Path, now: str, *options: str) -> tuple[str, str, int]:
    done = coopcal(root, "check", "--now", now, *options)
    return done.stdout, done.stderr, done.returncode


def compiled(folder: Path) -> Path:
    root = lay(
        folder / "kept",
        {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": MILL},
    )
    done = coopcal(root, "--quiet", "compile", "--now", COMPILED)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    return root


@pytest.mark.parametrize("edit", EDITS)
def test_the_same_is_told_with_what_was_kept_and_without(edit: str, tmp_path: Path) -> None:
    """Whatever was edited, on the same day and on the next, with choices of checks and without."""
    root = compiled(tmp_path)
    for path, text in EDITS[edit].items():
        (root / path).unlink() if text is None else (root / path).write_text(text)
    bare = tmp_path / "bare"
    shutil.copytree(root, bare)
    shutil.rmtree(bare / ".coopcal")

    for now, options in (
        (LATER, ()),
        (LATER, ("--only", "public-holiday")),
        (LATER, ("calendars/mill.yaml",)),
        (NEXT_DAY, ()),
    ):
        assert told(root, now, *options) == told(bare, now, *options)


@pytest.mark.parametrize(("now", "is_kept"), [(LATER, True), (NEXT_DAY, False)])
def test_holidays_are_not_reckoned_again_on_the_same_day(tmp_path: Path, now: str, *, is_kept: bool) -> None:
    """They are told all the same."""
    root = compiled(tmp_path)
    (root / "calendars/bakery.yaml").write_text(BAKERY.replace("Fair", "Large fair"))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "coopcal", "--root", str(root), "check", "--now", now],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.count("public-holiday") == 4
    assert ("| holidays" in done.stderr) is not is_kept
