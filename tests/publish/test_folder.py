"""Publishing into a folder: whole or not at all, and nothing of others is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.publish import folder as publishing
from coopcal.publish.aside import Aside
from coopcal.publish.file import LISTING, StaticFile
from coopcal.publish.folder import is_whole, publish_into, published
from coopcal.publish.listing import Listing, listing
from coopcal.site.layout import SiteError

Files = dict[str, str]

FIRST: Files = {
    "index.html": "one",
    "feeds/all.ics": "feed",
    "feeds/all/index.html": "page",
    "old/page.html": "old",
}
SECOND: Files = {"index.html": "two", "feeds/all.ics": "feed", "feeds/all/index.html": "other", "new": "new"}


def making(files: Files) -> Callable[[Aside], Listing]:
    """Return what makes some files."""

    def make(aside: Aside) -> Listing:
        made = {
            name: aside.put(StaticFile(name, text.encode(), "text/plain", "no-cache"))
            for name, text in files.items()
        }
        return listing("source", None, made.items())

    return make


def there(folder: Path) -> Files:
    """Return the files in a folder but for the listing."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LISTING
    }


@pytest.fixture(params=["at once", "file by file"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to publish into, which can be exchanged or not."""
    if request.param == "file by file":
        monkeypatch.setattr(publishing, "_can_be_beside", lambda _: False)
    return tmp_path / "site"


def test_what_is_published_replaces_what_was(folder: Path) -> None:
    first = publish_into(folder, making(FIRST))
    second = publish_into(folder, making(SECOND))

    assert there(folder) == SECOND
    assert sorted(first.written) == sorted(FIRST)
    assert sorted(second.written) == ["feeds/all/index.html", "index.html", "new"]
    assert second.removed == ("old/page.html",)
    assert published(folder) == second.listing
    assert not (folder / "old").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_a_file_that_did_not_change_stays_the_same_file(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    before = (folder / "feeds/all.ics").stat()

    publish_into(folder, making(SECOND))

    after = (folder / "feeds/all.ics").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_was_damaged_is_written_again(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder / "index.html").write_text("cut o")

    assert not is_whole(folder, published(folder) or pytest.fail("nothing was published"))
    publish_into(folder, making(FIRST))

    assert there(folder) == FIRST


def test_a_folder_with_files_of_others_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("ten years")

    with pytest.raises(SiteError, match=r"thesis\.txt"):
        publish_into(folder, making(FIRST))

    assert there(folder) == {"thesis.txt": "ten years"}


def test_what_others_put_beside_published_files_stays(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text("main")
    publish_into(folder, making(FIRST))
    (folder / "feeds" / "mine.txt").write_text("mine")

    publish_into(folder, making(SECOND))

    assert there(folder) == {**SECOND, ".git/HEAD": "main", "feeds/mine.txt": "mine"}


def test_a_file_of_others_where_one_of_the_site_is_to_be_is_refused(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder / "new").write_text("mine")

    with pytest.raises(SiteError, match="new"):
        publish_into(folder, making(SECOND))

    assert there(folder) == {**FIRST, "new": "mine"}


def test_a_file_of_others_that_is_the_same_is_taken_over(folder: Path) -> None:
    """Such as an empty ``.nojekyll``; the folder may still be exchanged for the new one."""
    folder.mkdir()
    (folder / ".nojekyll").write_text("")

    publish_into(folder, making({**FIRST, ".nojekyll": ""}))

    assert there(folder) == {**FIRST, ".nojekyll": ""}
    publish_into(folder, making(FIRST))
    assert there(folder) == FIRST


def test_a_file_may_become_a_folder_and_a_folder_a_file(folder: Path) -> None:
    publish_into(folder, making({"a": "file", "b/c": "folder"}))

    publish_into(folder, making({"a/d": "folder", "b": "file"}))

    assert there(folder) == {"a/d": "folder", "b": "file"}


def test_what_cannot_be_made_leaves_what_was_published(folder: Path) -> None:
    publish_into(folder, making(FIRST))

    def full(aside: Aside) -> Listing:
        making({"index.html": "two"})(aside)
        raise OSError(28, os.strerror(28))

    with pytest.raises(SiteError, match="cannot be written"):
        publish_into(folder, full)

    assert there(folder) == FIRST
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_a_listing_that_cannot_be_read_is_told_and_nothing_touched(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder / LISTING).write_text("{")

    with pytest.raises(SiteError, match=LISTING):
        publish_into(folder, making(SECOND))

    assert there(folder) == FIRST


def test_a_listing_that_names_files_elsewhere_is_refused_and_nothing_touched(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder.parent / "thesis.txt").write_text("ten years")
    told = (folder / LISTING).read_text()
    (folder / LISTING).write_text(told.replace('"old/page.html"', '"../thesis.txt"'))

    with pytest.raises(SiteError, match=LISTING):
        publish_into(folder, making(SECOND))

    assert (folder.parent / "thesis.txt").read_text() == "ten years"
    assert there(folder) == FIRST


def test_a_link_to_a_folder_of_others_stays(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder.parent / "elsewhere").mkdir()
    (folder / "photos").symlink_to("../elsewhere")

    publish_into(folder, making(SECOND))

    assert (folder / "photos").readlink() == Path("../elsewhere")
    assert there(folder) == SECOND


@pytest.mark.parametrize(("moved", "files"), [("feeds", SECOND), ("old", {**SECOND, "old/new.html": "new"})])
def test_nothing_is_written_or_removed_behind_a_link(folder: Path, moved: str, files: Files) -> None:
    publish_into(folder, making(FIRST))
    elsewhere = (folder / moved).rename(folder.parent / "elsewhere")
    (folder / moved).symlink_to(elsewhere)
    before = there(elsewhere)

    with pytest.raises(SiteError, match=moved):
        publish_into(folder, making(files))

    assert there(elsewhere) == before
    assert there(folder)["index.html"] == "one"


def test_what_was_published_and_lies_behind_a_link_now_is_not_removed(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    elsewhere = (folder / "old").rename(folder.parent / "elsewhere")
    (folder / "old").symlink_to(elsewhere)

    publish_into(folder, making(SECOND))

    assert there(elsewhere) == {"page.html": "old"}


def test_a_file_that_was_replaced_by_a_link_is_a_file_again(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder.parent / "others.ics").write_text("FEED")
    (folder / "feeds/all.ics").unlink()
    (folder / "feeds/all.ics").symlink_to(folder.parent / "others.ics")

    assert not is_whole(folder, published(folder) or pytest.fail("nothing was published"))
    publish_into(folder, making(SECOND))

    assert not (folder / "feeds/all.ics").is_symlink()
    assert there(folder) == SECOND
    assert (folder.parent / "others.ics").read_text() == "FEED"


@pytest.mark.parametrize(
    ("mine", "name", "files"),
    [("a", "a", {"a/b": "site"}), ("a/mine", "a", {"a": "site"}), ("a/b", "a/b", {"a/b/c": "site"})],
)
def test_files_of_others_in_the_way_are_told_before_anything_is_written(
    folder: Path, mine: str, name: str, files: Files
) -> None:
    publish_into(folder, making(FIRST))
    (folder / mine).parent.mkdir(exist_ok=True)
    (folder / mine).write_text("mine")

    with pytest.raises(SiteError, match=rf"holds files of others .*: {name}"):
        publish_into(folder, making({**SECOND, **files}))

    assert there(folder) == {**FIRST, mine: "mine"}


def test_an_empty_folder_gives_way_to_a_file(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    (folder / "new" / "empty").mkdir(parents=True)

    publish_into(folder, making(SECOND))

    assert there(folder) == SECOND


def test_what_others_put_there_while_files_are_made_stays(folder: Path) -> None:
    publish_into(folder, making(FIRST))

    def make(aside: Aside) -> Listing:
        (folder / "mine.txt").write_text("mine")
        return making(SECOND)(aside)

    publish_into(folder, make)

    assert there(folder) == {**SECOND, "mine.txt": "mine"}


def test_a_folder_keeps_its_mode(folder: Path) -> None:
    publish_into(folder, making(FIRST))
    folder.chmod(0o2775)

    publish_into(folder, making(SECOND))

    assert folder.stat().st_mode & 0o7777 == 0o2775


@pytest.mark.parametrize("name", ["n" * 255, "[a]*", "-", "ü b"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    for files in (FIRST, SECOND):
        publish_into(tmp_path / name, making(files))

    assert there(tmp_path / name) == SECOND
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_no_folder_to_publish_into(folder: Path) -> None:
    folder.write_text("mine")

    with pytest.raises(SiteError, match="cannot be written"):
        publish_into(folder, making(FIRST))

    assert published(folder) is None
    assert folder.read_text() == "mine"


NAMES = st.sampled_from(
    ["a", "b", "a/b", "a/c", "feeds/x.ics", "feeds/y.ics", "feeds/x/index.html", "robots.txt"]
)
TREES = st.dictionaries(NAMES, st.sampled_from(["", "1", "2", "long"]), max_size=6).filter(
    lambda files: not any(f"{name}/" in other[: len(name) + 1] for name in files for other in files)
)


@given(trees=st.lists(TREES, min_size=1, max_size=5), beside=st.booleans())
def test_whatever_is_published_one_after_another_the_last_stands(
    tmp_path_factory: pytest.TempPathFactory, trees: list[Files], *, beside: bool
) -> None:
    folder = tmp_path_factory.mktemp("published") / "site"
    with pytest.MonkeyPatch.context() as patch:
        if not beside:
            patch.setattr(publishing, "_can_be_beside", lambda _: False)
        for files in trees:
            outcome = publish_into(folder, making(files))
            assert there(folder) == files
            assert outcome.listing.files.keys() == files.keys()


KILLED = """
import os, signal, sys
from pathlib import Path
from coopcal.publish import folder as publishing
from tests.publish.test_folder import SECOND, making
put, left = Path.replace, int(sys.argv[2])
def replace(self, other):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return put(self, other)
Path.replace = replace
publishing._can_be_beside = lambda _: False
publishing.publish_into(Path(sys.argv[1]), making(SECOND))
"""


@pytest.mark.parametrize("steps", range(6))
def test_a_publication_that_was_killed_is_finished_by_the_next(folder: Path, steps: int) -> None:
    publish_into(folder, making(FIRST))
    killed = subprocess.run([sys.executable, "-c", dedent(KILLED), str(folder), str(steps)], check=False)
    half_way = there(folder)

    assert killed.returncode in (0, -signal.SIGKILL)
    assert all(
        text in (FIRST.get(name), SECOND.get(name))
        for name, text in half_way.items()
        if "/." not in f"/{name}"
    )
    for files in (SECOND, FIRST):
        publish_into(folder, making(files))
        assert {name: text for name, text in there(folder).items() if not name.startswith(".")} == files


def test_a_folder_that_holds_nothing_but_hidden_files_may_be_somebodys_home(folder: Path) -> None:
    folder.mkdir()
    (folder / ".profile").write_text("mine")

    with pytest.raises(SiteError, match=r"\.profile"):
        publish_into(folder, making(FIRST))

    assert there(folder) == {".profile": "mine"}
