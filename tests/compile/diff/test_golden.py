"""Edits, and what is said of each, against ``tests/golden/diff/<edit>.<language>.txt``.

``COOPCAL_GOLDEN=write`` writes what came out; look at it before it is committed.
"""

import os
import shutil
from pathlib import Path

import pytest
from tests.support.diffs import BEFORE, EDITS, MORE, NOW, Edit, apart, diff, tree
from tests.support.trees import compiled

from coopcal.cli.instant import Instant
from coopcal.text.catalogues import LANGUAGES

TOLD = [
    *((edit, language) for edit in EDITS for language in ("en", "fr")),
    *((edit, language) for edit in MORE for language in sorted(LANGUAGES)),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example tree with its site."""
    root = tree(tmp_path_factory.mktemp("published") / "tree")
    compiled(root, Instant().convert(NOW, None, None))
    return root


@pytest.mark.parametrize(("edit", "language"), TOLD, ids=lambda each: getattr(each, "name", each))
def test_an_edit_is_told_in_peoples_words(edit: Edit, language: str, published: Path, tmp_path: Path) -> None:
    """As text; against another tree and against the last site alike, but for the line that says so."""
    root = shutil.copytree(published, tmp_path / "tree")
    edit.make(root)
    against, told = apart(diff(root, str(BEFORE), "--language", language))
    expected = BEFORE.parent / f"{edit.name}.{language}.txt"
    if os.environ.get("COOPCAL_GOLDEN") == "write":
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")
    assert str(BEFORE) in against
    last, same = apart(diff(root, "--language", language))
    assert same == told
    assert "14:00" in last or "14 h" in last
    assert "_site" in last
