"""``docs/import.md`` tells every code that an import tells, and every column."""

import re
from pathlib import Path

from coopcal.authoring.importing.columns import COLUMNS
from coopcal.authoring.importing.losses import LEFT_OUT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/import.md").read_text(encoding="utf-8")
SAID = re.compile(r'\.tell\(\s*(?:[^"]*?,\s*)"([a-z-]+)",|(?:code, why|code|found) = "([a-z-]+)"(?:,| if)')


def test_every_code_is_told() -> None:
    """In the order of the alphabet, and none that is not said."""
    rows = re.findall(
        r"^\| (\*\*)?`([a-z-]+)`(?:\*\*)? \| [^|]+ \|$",
        PAGE.split("The codes stand")[1].split("## Importing")[0],
        re.MULTILINE,
    )
    listed = [code for _, code in rows]
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/coopcal/authoring/importing").glob("*.py")
    )
    said = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', sources))

    assert listed == sorted(listed)
    assert set(listed) <= said
    assert {first or second for first, second in SAID.findall(sources)} - {""} <= set(listed)
    assert {code for bold, code in rows if bold} == LEFT_OUT
    assert len(SAID.findall(sources)) > 40


def test_every_column_is_told() -> None:
    """By its name."""
    assert {name for name in COLUMNS if f"`{name}`" not in PAGE} == set()
