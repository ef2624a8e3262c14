"""Sources as people have them, each with what becomes of it: inputs stand in ``cases``."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coopcal.cli import main

GOLDEN = os.environ.get("COOPCAL_GOLDEN") == "write"
CASES = Path(__file__).parent / "cases"
FILE = "calendars/org.yaml"
SITE = "title: Example\nuid_domain: example.org\ntimezone: Europe/Brussels\nlanguages: [en, de, it]\n"


def lay(folder: Path) -> Path:
    """Write a fresh site in Brussels with one organisation."""
    (folder / "calendars").mkdir(parents=True)
    (folder / "coopcal.yaml").write_text(SITE, encoding="utf-8")
    (folder / FILE).write_text("name: Org\n", encoding="utf-8")
    return folder


def run(root: Path, source: str | Path, *options: str) -> Result:
    """Import a source into the organisation."""
    fixed = ("--organisation", "org", "--now", "2026-06-01T12:00:00Z")
    return CliRunner().invoke(main, ["--root", str(root), "import", str(source), *fixed, *options])


def events(root: Path) -> str:
    """Return what was written."""
    return (root / FILE).read_text(encoding="utf-8").removeprefix("name: Org\n").removeprefix("events:\n")


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("login-page.html", 2, "This is a web page"),
        ("outlook.csv", 0, "Mileage: this column was not read"),
        ("outlook-us.csv", 0, ""),
        ("the-events-calendar.csv", 0, "Event Cost: this column was not read"),
        ("offsets.csv", 0, ""),
        ("meetings.csv", 1, "--starts 2026-09-01"),
        ("ranges-in-words.csv", 1, "csv:5: TBA: it does not say on which day"),
        ("two-rooms.csv", 0, "both were kept"),
        ("german-and-italian.csv", 0, "Sonstiges: this column was not read"),
        ("gzip-body.ics.gz", 0, "Events: 2 new."),
    ],
)
def test_what_becomes_of_it(tmp_path: Path, name: str, code: int, told: str) -> None:
    """What is written (as the file beside it says), what is told, and how it ends."""
    root = lay(tmp_path)
    done = run(root, CASES / name)
    expected = CASES / f"{name}.yaml"
    if GOLDEN and events(root):
        expected.write_text(events(root), encoding="utf-8")

    assert events(root) == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    assert done.exit_code == code
    assert told in done.output


def test_weekly_meetings_with_the_day_from_which_on(tmp_path: Path) -> None:
    """Each becomes a series."""
    root = lay(tmp_path)
    done = run(root, CASES / "meetings.csv", "--starts", "2026-09-01")

    assert done.exit_code == 0
    assert events(root) == (
        "  - id: newcomers\n    title: Newcomers\n    when: 2026-09-01 19:00/20:00\n    repeats: {every: week}\n    where: Hall, Main St 1\n"
    )


def test_a_year_of_a_cooperative_in_two_languages(tmp_path: Path) -> None:
    """Words in columns of times are of their row alone; each language has its titles; no row is lost."""
    root = lay(tmp_path)
    (root / "coopcal.yaml").write_text(SITE.replace("[en, de, it]", "[de, it]"), encoding="utf-8")
    done = run(root, CASES / "german-and-italian.csv")
    whens = [line.removeprefix("    when: ") for line in events(root).splitlines() if "when:" in line]

    assert done.exit_code == 0
    assert "title: {de: Sommerfest, it: Festa d'estate}" in events(root)
    assert whens == [
        "2027-06-05 16:00/23:00",
        "2027-06-12",
        "2027-06-13 ??:??",
        "autumn 2027",
        "2027-06-05/2027-06-07",
        "2025-12-09 18:00/20:30",
    ]
    for line, said in (
        (3, "ganztägig: it was read as a whole day"),
        (4, "abends: it is no time, so the day stands alone, with its time open"),
        (7, "46000,75: it is a number of days, as spreadsheets count them, and was read as 2025-12-09"),
    ):
        assert f"german-and-italian.csv:{line}: {said}" in done.output
