"""``docs/problems.md`` tells every problem, and its examples are run."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from tests.support.trees import NOW

from coopcal.checks import rules, switches
from coopcal.compile import codes
from coopcal.compile.pipeline import check
from coopcal.definitions.codes import CODES
from coopcal.model.problem import Code, Problem, Severity

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs/problems.md").read_text(encoding="utf-8")
SECTIONS = {part.split("`", 1)[0]: part for part in re.split(r"^## `", PAGE, flags=re.MULTILINE)[1:]}
BLOCK = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = {code: part for code, part in SECTIONS.items() if "Cannot be shown here" not in part}

DEFAULTS = {
    "coopcal.yaml": "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n",
    "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\n",
}


def declared() -> list[Code]:
    """Return the codes that are declared."""
    modules = (import_module(f"{rules.__name__}.{one.name}") for one in iter_modules(rules.__path__))
    of_rules = [code for module in (*modules, switches) for code in vars(module).values()]
    return [code for code in (*CODES, *vars(codes).values(), *of_rules) if isinstance(code, Code)]


def problems_of(root: Path, blocks: list[tuple[str, str]]) -> tuple[Problem, ...]:
    for path, text in {**DEFAULTS, **dict(blocks)}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return check(root, NOW).problems


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    """The page and the code speak of the same problems, in order."""
    assert sorted(declared()) == list(SECTIONS)


def test_the_page_says_of_each_code_what_its_declaration_says() -> None:
    """The sentence of a code is the first line of its section."""
    first_lines = {code: part.split("\n\n", 1)[1].split("\n", 1)[0] for code, part in SECTIONS.items()}

    assert {str(code): code.sentence for code in declared()} == first_lines


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_has_the_problem_and_the_right_one_has_not(code: str, tmp_path: Path) -> None:
    """Each block is a whole file, laid into a small site."""
    wrong, right = SHOWN[code].split("\nRight:\n")

    problems = problems_of(tmp_path / "right", BLOCK.findall(right))

    assert code in [each.code for each in problems_of(tmp_path / "wrong", BLOCK.findall(wrong))]
    assert code not in [each.code for each in problems]
    assert [each for each in problems if each.severity is not Severity.NOTE] == []
