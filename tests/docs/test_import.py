"""``docs/import.md`` tells every code that an import tells, and every column."""

import re
from pathlib import Path

from coopcal.authoring.importing.columns import COLUMNS
from coopcal.authoring.importing.loss_code import LossCode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/import.md").read_text(encoding="utf-8")


def test_every_code_is_told() -> None:
    """In the order of the alphabet, with its sentence; in bold where something did not come over."""
    rows = re.findall(
        r"^\| (\*\*)?`([a-z-]+)`(?:\*\*)? \| ([^|]+) \|$",
        PAGE.split("The codes stand")[1].split("## Importing")[0],
        re.MULTILINE,
    )

    assert rows == [("**" if code.left_out else "", code.value, code.sentence) for code in sorted(LossCode)]


def test_every_column_is_told() -> None:
    """By its name."""
    assert {name for name in COLUMNS if f"`{name}`" not in PAGE} == set()
