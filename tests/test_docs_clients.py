"""``docs/clients.md`` names every rule once, and tests that are there."""

import ast
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
ROWS = re.findall(
    r"^\| ([\d.]+) \| (.+?) \| (.+?) \|$",
    (REPOSITORY / "docs/clients.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
RULES = [
    f"{chapter}.{number}"
    for chapter, count in ((1, 9), (2, 13), (4, 19), (5, 3), (6, 9), (7, 6), (8, 3), (9, 6))
    for number in range(1, count + 1)
]


def test_every_rule_is_told_once() -> None:
    assert sorted(rule for rule, _, _ in ROWS) == sorted([*RULES, "3"])


def test_each_rule_names_a_test_or_a_reason() -> None:
    """A test that was renamed is renamed on the page."""
    for rule, _, held in ROWS:
        named = re.fullmatch(r"`(tests/[\w/]+\.py)::(\w+)`", held)
        if named is None:
            assert held.startswith("no test"), rule
            continue
        tree = ast.parse((REPOSITORY / named[1]).read_text(encoding="utf-8"))
        assert named[2] in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, rule
