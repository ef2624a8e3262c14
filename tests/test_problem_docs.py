"""``docs/problems.md`` tells every problem, and its examples are run."""

import re
from pathlib import Path

import pytest
from tests.support.trees import NOW

from coopcal.checks.rules import CODES as OF_RULES
from coopcal.compile.codes import CODES as OF_COMPILING
from coopcal.compile.pipeline import check
from coopcal.definitions.codes import CODES as OF_DEFINITIONS
from coopcal.model.problem import Problem, Severity

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs/problems.md").read_text(encoding="utf-8")
SECTIONS = {part.split("`", 1)[0]: part for part in re.split(r"^## `", PAGE, flags=re.MULTILINE)[1:]}
BLOCK = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = {code: part for code, part in SECTIONS.items() if "Cannot be shown here" not in part}

DECLARED = (*OF_DEFINITIONS, *OF_RULES, *OF_COMPILING)

DEFAULTS = {
    "coopcal.yaml": "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n",
    "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\n",
}


def problems_of(root: Path, blocks: list[tuple[str, str]]) -> tuple[Problem, ...]:
    for path, text in {**DEFAULTS, **dict(blocks)}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    problems = check(root, NOW).problems
    assert {each.code for each in problems} <= set(DECLARED)
    return problems


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    """The page and the code speak of the same problems, in order."""
    assert sorted(DECLARED) == list(SECTIONS)


def test_the_page_says_of_each_code_what_its_declaration_says() -> None:
    """The sentence of a code is the first line of its section."""
    first_lines = {code: part.split("\n\n", 1)[1].split("\n", 1)[0] for code, part in SECTIONS.items()}

    assert {str(code): code.sentence for code in DECLARED} == first_lines


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_has_the_problem_and_the_right_one_has_not(code: str, tmp_path: Path) -> None:
    """Each block is a whole file, laid into a small site."""
    wrong, right = SHOWN[code].split("\nRight:\n")

    problems = problems_of(tmp_path / "right", BLOCK.findall(right))

    assert code in [each.code for each in problems_of(tmp_path / "wrong", BLOCK.findall(wrong))]
    assert code not in [each.code for each in problems]
    assert [each for each in problems if each.severity is not Severity.NOTE] == []
