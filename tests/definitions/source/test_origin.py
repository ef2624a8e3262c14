"""A tree in memory is read as the same tree in a folder."""

from pathlib import Path

import pytest
from tests.support.checking import lay

from coopcal.definitions.source.origin import Contents, Edited, Entry, Folder
from coopcal.definitions.source.reader import read_origin, read_tree

REPOSITORY = Path(__file__).parents[3]
TREES = [REPOSITORY, *sorted(REPOSITORY.glob("tests/golden/*/*/source"))]


def contents_of(root: Path) -> dict[str, bytes]:
    """Return the files that may be sources, by path."""
    folders = (root / "coopcal.yaml", *(root / "calendars").rglob("*"), *(root / "feeds").rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in folders if path.is_file()}


@pytest.mark.parametrize("root", TREES, ids=lambda root: root.parent.name)
def test_memory_and_folder_give_the_same_nodes_and_problems(root: Path) -> None:
    tree, problems = read_tree(root)
    held, told = read_origin(Contents(contents_of(root)))

    assert (held.site, held.organisations, held.feeds) == (tree.site, tree.organisations, tree.feeds)
    assert (held.texts, held.unread, told) == (tree.texts, tree.unread, problems)
    assert (tree.root, held.root) == (root, None)
    assert len(tree.texts) > 1


def test_folders_are_known_by_what_lies_in_them() -> None:
    origin = Contents({"calendars/bakery/events.yaml": b"", "calendars/mill.yaml": b"", "coopcal.yaml": b""})

    assert origin.entries("calendars") == (
        [Entry("bakery", folder=True), Entry("mill.yaml", folder=False)],
        (),
    )
    assert origin.entries("feeds") == ([], ())
    assert [origin.has(path) for path in ("calendars/bakery", "coopcal.yaml", "feeds")] == [True, True, False]


def test_what_is_in_memory_is_read_as_editors_left_it() -> None:
    text, problems = Contents({"a.yaml": b"\xef\xbb\xbfa: caf\xe9\r\n"}).read("a.yaml")

    assert text == "a: café\n"
    assert [(each.code, each.position.line, each.position.column) for each in problems] == [
        ("not-utf8", 1, 7)
    ]


def test_files_that_are_not_written_yet_stand_in_place_of_those_that_are(tmp_path: Path) -> None:
    """And beside them, in folders that there are not yet, too; nothing is written."""
    here, written = tmp_path / "here", tmp_path / "written"
    changes = {
        "calendars/bakery.yaml": "name: Bread\ncountry: BE\n",
        "calendars/mill/organisation.yaml": "name: The Mill\n",
        "feeds/mine.yaml": "title: Mine\n",
    }
    before = sorted(lay(here, {}).rglob("*"))
    tree, problems = read_tree(here, changes)
    wanted, told = read_tree(lay(written, changes))

    assert (tree.site, tree.organisations, tree.feeds, tree.texts) == (
        wanted.site,
        wanted.organisations,
        wanted.feeds,
        wanted.texts,
    )
    assert (problems, tree.root, sorted(here.rglob("*"))) == (told, here, before)
    assert Edited(Folder(here), {"a/b.yaml": b""}).has("a")
