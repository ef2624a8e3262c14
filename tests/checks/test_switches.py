"""Which checks can be switched, by the site and in one run."""

import ast
import re
from pathlib import Path

from tests.support.checking import places, problems_of

from coopcal.checks.switches import USUAL
from coopcal.model.problem import Severity

REPOSITORY = Path(__file__).parents[2]
SITE = "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n"
LONG = "a" * 81
EVENT = f"name: The Bakery\nevents:\n  - id: fair\n    title: {LONG}\n    when: 2026-09-12\n"


def checked(folder: Path, checks: str) -> dict[str, Severity]:
    files = {"coopcal.yaml": SITE + f"checks: {checks}\n", "calendars/bakery.yaml": EVENT}
    return {each.code: each.severity for each in problems_of(folder, files)}


def test_a_site_says_how_much_a_check_matters(tmp_path: Path) -> None:
    """Off, or any severity; without a word it is as usual."""
    assert checked(tmp_path / "1", "{series-ends: off}") == {"long-title": Severity.NOTE}
    assert checked(tmp_path / "2", "{long-title: off}") == {}
    assert checked(tmp_path / "3", "{long-title: warning}") == {"long-title": Severity.WARNING}
    assert checked(tmp_path / "4", "{long-title: error}") == {"long-title": Severity.ERROR}


def test_what_is_switched_is_a_check_that_can_be(tmp_path: Path) -> None:
    """What guards the format cannot; a word that is none gets the nearest."""
    checks = (
        "\n  long-titles: off\n  bad-date: off\n  long-title: no\n  series-ends: loud\n  feed-trimmed: error"
    )
    files = {"coopcal.yaml": SITE + f"checks: {checks}\n", "calendars/bakery.yaml": EVENT}
    found = problems_of(tmp_path, files)

    assert places(found, "unknown-check") == [
        ("coopcal.yaml", 6, 3, 14),
        ("coopcal.yaml", 7, 3, 11),
        ("coopcal.yaml", 10, 3, 15),
    ]
    assert [each.mend for each in found if each.code == "unknown-check"] == [
        "did you mean “long-title”?",
        "docs/format.md lists those that can be, under “Checks”",
        "feed-trimmed: warning",
    ]
    assert places(found, "unknown-word") == [("coopcal.yaml", 8, 15, 17), ("coopcal.yaml", 9, 16, 20)]
    assert [each.mend for each in found if each.code == "unknown-word"] == [
        "did you mean “off”?",
        "known here: off, note, warning, error",
    ]


def test_checks_are_keys_and_values(tmp_path: Path) -> None:
    """A list says nothing of how much they matter."""
    files = {"coopcal.yaml": SITE + "checks: [long-title]\n", "calendars/bakery.yaml": EVENT}

    assert places(problems_of(tmp_path, files), "not-keys") == [("coopcal.yaml", 5, 9, 10)]


def test_the_table_is_that_of_the_code_and_of_the_page() -> None:
    """No error can be switched; each warning and note of the rules can, and is told with its usual severity."""
    made: dict[str, set[str]] = {"error": set(), "warn": set(), "note": set()}
    for path in (REPOSITORY / "src/coopcal/checks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in made:
                code = node.args[1]
                assert isinstance(code, ast.Constant)
                made[node.func.attr].add(str(code.value))
    page = (REPOSITORY / "docs/format.md").read_text(encoding="utf-8")
    of_the_run = {"holidays-not-installed", "links-not-checked"}

    assert made["error"].isdisjoint(USUAL)
    assert {code for code in made["warn"] if USUAL.get(code) is not Severity.WARNING} <= of_the_run
    assert {code for code in made["note"] if USUAL.get(code) is not Severity.NOTE} <= of_the_run
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (note|warning) \|", page, re.MULTILINE)) == {
        code: severity.value for code, severity in USUAL.items()
    }
    assert list(USUAL) == sorted(USUAL)
