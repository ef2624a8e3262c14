"""What pages name of the repository is there."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = sorted(
    {*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")} - {REPOSITORY / "CHANGELOG.md"}
)
NAMED = re.compile(r"`((?:benchmarks|ci|docs|requirements|src|tests)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_file_and_folder_that_a_page_names_is_there(page: Path) -> None:

    named = NAMED.findall(page.read_text(encoding="utf-8"))

    assert [path for path in named if not (REPOSITORY / path).exists()] == []
