"""The style sheets of pages: colours, and sizes of letters, stand in the tokens alone."""

import re
from pathlib import Path

import pytest

from coopcal.web.assets import STATIC

SHEETS = sorted((STATIC / "css").glob("*.css"))
TOKENS = SHEETS[0]
LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|:\s*(?:white|black|red|green|blue|gr[ae]y)\b"
)
NAME = re.compile(r"--[a-z0-9-]+")
GIVEN = {
    f"--{whose}{part}"
    for whose in ("organisation", "house")
    for part in ("", "-ink", "-soft", "-fill", "-fill-ink")
}
"""What the sheet of colours says for organisations and the site."""


def test_the_tokens_come_first() -> None:
    """So that any sheet may say something else for its part."""
    assert TOKENS.name == "00-tokens.css"


@pytest.mark.parametrize("sheet", SHEETS[1:], ids=lambda sheet: sheet.name)
def test_no_colour_stands_outside_of_the_tokens(sheet: Path) -> None:
    """A colour that is written out is right in one theme alone."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert [line.strip() for line in text.splitlines() if LITERAL.search(line)] == []


def test_what_is_named_is_there() -> None:
    """A name that no token has would be silently nothing."""
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    declared = {match[1] for match in re.finditer(rf"({NAME.pattern})\s*:", text)} | GIVEN
    used = {match[1] for match in re.finditer(rf"var\(\s*({NAME.pattern})", text)}

    assert used - declared == set()


def test_both_themes_have_the_same_colours() -> None:
    """A colour of a light page that a dark one lacks would be light there, too."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    dark = dark.split("@media")[0]
    coloured = {
        match[1] for match in re.finditer(rf"({NAME.pattern}):[^;]*(?:#[0-9a-f]{{3,8}}|rgb\()", light)
    } - {"--paper-white", "--paper-black"}

    assert coloured == {match[1] for match in re.finditer(rf"({NAME.pattern}):", dark)}
