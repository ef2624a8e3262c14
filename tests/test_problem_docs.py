"""``docs/problems.md`` tells every problem, and its examples are run."""

import ast
import re
from pathlib import Path

import pytest
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.model.problem import Problem, Severity

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs/problems.md").read_text(encoding="utf-8")
SECTIONS = {part.split("`", 1)[0]: part for part in re.split(r"^## `", PAGE, flags=re.MULTILINE)[1:]}
BLOCK = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = {code: part for code, part in SECTIONS.items() if "Cannot be shown here" not in part}

DEFAULTS = {
    "coopcal.yaml": "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n",
    "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\n",
}


def codes_in_source() -> set[str]:
    """Return the codes that are written where problems are made."""
    found = set()
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = {
                "error": 1,
                "warn": 1,
                "note": 1,
                "Problem": 1,
                "Wrong": 0,
                "certain": 0,
                "_wrong": 0,
                "_Wrong": 1,
            }.get(name)
            if at is not None and len(node.args) > at:
                code = node.args[at]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return found


def problems_of(root: Path, blocks: list[tuple[str, str]]) -> tuple[Problem, ...]:
    for path, text in {**DEFAULTS, **dict(blocks)}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return check(root, NOW).problems


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    """The page and the code speak of the same problems, in order."""
    assert codes_in_source() == set(SECTIONS)
    assert sorted(SECTIONS) == list(SECTIONS)


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_has_the_problem_and_the_right_one_has_not(code: str, tmp_path: Path) -> None:
    """Each block is a whole file, laid into a small site."""
    wrong, right = SHOWN[code].split("\nRight:\n")

    problems = problems_of(tmp_path / "right", BLOCK.findall(right))

    assert code in [each.code for each in problems_of(tmp_path / "wrong", BLOCK.findall(wrong))]
    assert code not in [each.code for each in problems]
    assert [each for each in problems if each.severity is not Severity.NOTE] == []
