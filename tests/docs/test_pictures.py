"""Pictures of the README and the docs: each is there, is told in words, and is one that ``make screenshots`` takes anew."""

import re
import struct
from pathlib import Path

import pytest
from tests.browser.pictures import EMBED, PICTURES, TERMINAL_SIZE

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "docs" / "pictures"
SIZES = {name: picture.size for name, picture in PICTURES.items()} | {
    "embed": EMBED.size,
    "check": TERMINAL_SIZE,
}
LARGEST = 250_000
"""Bytes that a picture may have: a clone brings all that there ever were."""

NAMED = [
    (page.name, said, (page.parent / target).resolve())
    for page in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
    for said, target in re.findall(r"\[([^\]]+)\]\((\S+\.png)\)", page.read_text(encoding="utf-8"))
]


def test_each_picture_is_taken_and_shown() -> None:
    there = {path.stem for path in FOLDER.glob("*.png")}

    assert there == SIZES.keys()
    assert {target.stem for _, _, target in NAMED} == there


@pytest.mark.parametrize(("page", "said", "target"), NAMED)
def test_a_picture_is_there_and_told_in_words(page: str, said: str, target: Path) -> None:
    assert target.is_file(), f"{page} shows what is not there"
    assert len(said.split()) > 2, "those who cannot see it are told what it shows"


@pytest.mark.parametrize("name", SIZES)
def test_a_picture_has_the_size_that_is_taken(name: str) -> None:
    content = (FOLDER / f"{name}.png").read_bytes()

    assert struct.unpack(">II", content[16:24]) == SIZES[name]
    assert len(content) <= LARGEST
