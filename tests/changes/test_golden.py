"""Ten edits, and what is said of each, against ``tests/golden/diff/<edit>.<language>.txt``.

``COOPCAL_GOLDEN=write`` writes what came out; look at it before it is committed.
"""

import os
from pathlib import Path

import pytest
from tests.support.diffs import BEFORE, EDITS, NOW, Edit, diff, tree
from tests.support.trees import compiled

from coopcal.cli.instant import Instant


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_told_in_peoples_words(edit: Edit, language: str, tmp_path: Path) -> None:
    """As text, in two languages; against another tree and against the last site alike."""
    root = tree(tmp_path / "tree")
    compiled(root, Instant().convert(NOW, None, None))
    edit.make(root)
    told = diff(root, str(BEFORE), "--language", language)
    expected = BEFORE.parent / f"{edit.name}.{language}.txt"
    if os.environ.get("COOPCAL_GOLDEN") == "write":
        expected.write_text(told.stdout, encoding="utf-8")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == expected.read_text(encoding="utf-8")
    assert diff(root, "--language", language).stdout == told.stdout
