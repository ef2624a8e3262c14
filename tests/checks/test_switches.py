"""Which checks can be switched, by the site and in one run."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.support.checking import places, problems_of

from coopcal.checks import rules
from coopcal.checks.rules import CODES
from coopcal.checks.switches import SWITCHABLE
from coopcal.model.problem import Code, Severity

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


def test_the_page_lists_the_checks_that_can_be_switched() -> None:
    """Each stands in its table with its usual severity."""
    page = (REPOSITORY / "docs/format.md").read_text(encoding="utf-8")

    assert dict(re.findall(r"^\| `([a-z-]+)` \| (note|warning) \|", page, re.MULTILINE)) == {
        code: declared.usual.value for code, declared in SWITCHABLE.items()
    }


def test_what_rules_tell_can_be_switched_unless_it_guards_the_format_or_tells_of_the_run() -> None:
    """No error can be; warnings and notes can, but for those of what is missing on the machine."""
    of_the_run = {"holidays-not-installed", "links-not-checked"}

    assert {code for code in CODES if not code.switchable and code.usual is not Severity.ERROR} == of_the_run
    assert [code for code in SWITCHABLE.values() if code.usual is Severity.ERROR] == []


def test_each_module_of_rules_stands_in_the_table() -> None:
    """One that is forgotten there would look at nothing."""
    modules = [import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)]
    declared = [code for module in modules for code in vars(module).values() if isinstance(code, Code)]

    assert {module.RULE for module in modules if hasattr(module, "RULE")} == set(rules.RULES)
    assert set(declared) == set(CODES)
    assert len(CODES) == len(set(CODES))
