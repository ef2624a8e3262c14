"""Files are written together or not at all."""

from pathlib import Path

import pytest

from coopcal.authoring.write import put_files


def test_new_files_and_new_content_come_together(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("before", encoding="utf-8")
    put_files(tmp_path, {"folder/new": "1"}, {"old": "after"})

    assert (tmp_path / "folder/new").read_text("utf-8") == "1"
    assert (tmp_path / "old").read_text("utf-8") == "after"


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    """Neither where a new one is there already, nor where one that is to be changed is gone."""
    for name in ("old", "taken"):
        (tmp_path / name).write_text("before", encoding="utf-8")
    with pytest.raises(FileExistsError):
        put_files(tmp_path, {"folder/new": "1", "taken": "2"}, {"old": "after"})
    with pytest.raises(FileNotFoundError):
        put_files(tmp_path, {"folder/new": "1"}, {"old": "after", "gone": "after"})

    assert {each.name: each.read_text("utf-8") for each in tmp_path.iterdir()} == {
        "old": "before",
        "taken": "before",
    }
