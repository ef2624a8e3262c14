"""``docs/clients.md`` names every rule once; what it says that every feed is held to, every feed is held to."""

import re
from pathlib import Path

from tests.support.lint import faults
from tests.support.test_lint import BROKEN, GOOD

REPOSITORY = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| ([\d.]+) \| .+? \| (.+?) \|$",
    (REPOSITORY / "docs/clients.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
RULES = [
    f"{chapter}.{number}"
    for chapter, count in ((1, 9), (2, 13), (4, 19), (5, 3), (6, 9), (7, 6), (8, 3), (9, 6))
    for number in range(1, count + 1)
]


def test_every_rule_is_told_once() -> None:
    assert sorted(rule for rule, _ in ROWS) == sorted([*RULES, "3"])


def test_a_feed_that_breaks_a_rule_of_every_feed_is_found() -> None:
    """By the number of the rule."""
    named = {rule for rule, held in ROWS if held == "every feed"}
    found = {
        rule
        for old, new, _ in BROKEN
        for fault in faults(GOOD.replace(old, new, 1))
        for rule in re.findall(r"(?<=[( ])\d(?:\.\d+)?(?=[,)])", fault)
    }

    assert len(named) > 20
    assert named - found == set()
