"""Public holidays, looked up by country; as of 1 June 2026."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.checking import SMALLEST, lay, places, problems_of

from coopcal.model.problem import Problem

SITE = SMALLEST["coopcal.yaml"]


def found(folder: Path, event: str, site: str = SITE, country: str = "BE") -> list[Problem]:
    text = f"name: The Bakery\ncountry: {country}\nevents:\n  - {{id: a, title: A, {event}}}\n"
    problems = problems_of(folder, {"coopcal.yaml": site, "calendars/bakery.yaml": text})
    return [each for each in problems if each.code == "public-holiday"]


def test_a_timed_event_on_a_holiday_is_noted_with_its_name_in_the_language_of_the_site(
    tmp_path: Path,
) -> None:
    """In English where the holidays of the country are not named in it."""
    (note,) = found(tmp_path / "1", "when: 2026-07-21 10:00/12:00")

    assert places([note], "public-holiday") == [("calendars/bakery.yaml", 4, 10, 11)]
    assert note.message == "“a” falls on a public holiday of Belgium: Tuesday 2026-07-21 (National Day)"

    (note,) = found(tmp_path / "2", "when: 2026-07-21 10:00/12:00", SITE.replace("[en, fr]", "[fr, en]"))

    assert "(Fête nationale)" in note.message

    (note,) = found(tmp_path / "3", "when: 2026-07-21 10:00/12:00", SITE.replace("[en, fr]", "[pt]"))

    assert "(National Day)" in note.message


def test_the_country_is_that_of_the_place_else_of_the_organisation(tmp_path: Path) -> None:
    """14 July is a holiday in France alone."""
    day = "when: 2026-07-14 10:00/12:00"

    assert found(tmp_path / "1", day) == []
    assert found(tmp_path / "2", f"{day}, where: {{city: Lille, country: FR}}")
    assert found(tmp_path / "3", f"{day}, where: Lille", country="FR")
    assert (
        found(tmp_path / "4", f"{day}, where: {{city: Kinshasa, country: CD}}, timezone: Africa/Kinshasa")
        == []
    )


def test_festivities_and_what_does_not_take_place_are_let_be(tmp_path: Path) -> None:
    """Whole days, a title that names the holiday, what is past, cancelled or goes on into a holiday."""
    assert found(tmp_path / "1", "when: 2026-07-21") == []
    assert found(tmp_path / "2", "when: 2026-05-01 10:00/12:00") == []
    assert found(tmp_path / "3", "when: 2026-07-21 10:00/12:00, status: cancelled") == []
    assert found(tmp_path / "4", "when: 2026-07-20 22:00/2026-07-21 01:00") == []
    assert found(tmp_path / "5", "when: 2026-07-21 ??:??") == []
    named = found(tmp_path / "6", "when: 2026-12-25 10:00/12:00, description: x")

    assert [each.message for each in named] == [
        "“a” falls on a public holiday of Belgium: Friday 2026-12-25 (Christmas Day)"
    ]

    text = "name: The Bakery\ncountry: BE\nevents: [{id: a, title: Christmas Day lunch, when: 2026-12-25 12:00}]\n"

    assert places(problems_of(tmp_path / "7", {"calendars/bakery.yaml": text}), "public-holiday") == []


def test_opening_hours_count_on_the_days_that_they_are_for(tmp_path: Path) -> None:
    """A fair of four days that is open on one of them."""
    fair = "when: 2026-07-19/2026-07-22"

    assert found(tmp_path / "1", fair) == []
    assert found(tmp_path / "2", f"{fair}, hours: 10:00/18:00")
    assert found(tmp_path / "3", f"{fair}, hours: {{Tuesday: 10:00/18:00}}")
    assert found(tmp_path / "4", f"{fair}, hours: {{Monday: 10:00/18:00}}") == []


def test_a_series_has_one_note_with_the_line_to_write(tmp_path: Path) -> None:
    """The dates of the next year, those excepted and changed left out."""
    weekly = "when: 2026-01-05 19:00/20:00, repeats: {every: week, until: 2030-12-31"
    (note,) = found(tmp_path / "1", weekly + "}")

    assert note.message == (
        "“a” falls on public holidays of Belgium: "
        "Monday 2027-03-29 (Easter Monday), Monday 2027-05-17 (Pentecost Monday)"
    )
    assert (
        note.mend
        == "except: [2027-03-29, 2027-05-17]   (nothing need be done, if it takes place all the same)"
    )

    (note,) = found(tmp_path / "2", weekly + ", except: [2027-03-29]}")

    assert (note.mend or "").startswith("add under “except”: 2027-05-17   (")
    assert found(tmp_path / "3", weekly + ", except: [2027-03-29], changes: {2027-05-17: 20:00/21:00}}") == []


def test_sessions_of_a_day_are_told_once(tmp_path: Path) -> None:
    """The first one, where the event itself has no times of day."""
    sessions = "sessions: [{id: b, title: B, when: 10:00/11:00}, {id: c, title: C, when: 11:00/12:00}]"

    assert [each.position.line for each in found(tmp_path, f"when: 2026-07-21, {sessions}")] == [4]


def test_switched_off_nothing_is_said(tmp_path: Path) -> None:
    """By the site."""
    assert found(tmp_path, "when: 2026-07-21 10:00/12:00", SITE + "checks: {public-holiday: off}\n") == []


WITHOUT = """
import json, sys
sys.modules["holidays"] = None
from coopcal.cli import main
for arguments in json.load(sys.stdin):
    main(arguments, standalone_mode=False)
    print("DONE")
"""


def test_without_the_library_nothing_is_said_unless_the_site_asks(tmp_path: Path) -> None:
    """Then it is said once, with what to install."""
    text = "name: The Bakery\ncountry: BE\nevents: [{id: a, title: A, when: 2026-07-21 10:00/12:00}]\n"

    def command(folder: str, checks: str, *options: str) -> list[str]:
        root = lay(tmp_path / folder, {"coopcal.yaml": SITE + checks, "calendars/bakery.yaml": text})
        return ["--root", str(root), "check", "--now", "2026-06-01T12:00:00Z", *options]

    commands = [
        command("1", ""),
        command("2", "checks: {public-holiday: off}\n"),
        command("3", "checks: {public-holiday: note}\n"),
        command("4", "", "--only", "public-holiday"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    usual, off, asked, only, _ = done.stdout.split("DONE\n")

    assert usual.startswith("All is well")
    assert off.startswith("All is well")
    assert asked.count("[holidays-not-installed]") == 1
    assert 'mend: pip install "coopcal[holidays]"' in asked
    assert "coopcal.yaml:5:10: note:" in asked
    assert "[holidays-not-installed]" in only
