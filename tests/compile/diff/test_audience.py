"""What ``diff`` may tell, and to whom; and against what."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.support.diffs import BAKERY, BEFORE, EDITS, MILL, Edit, apart, diff, tree
from tests.support.trees import NOW, compiled

MOVED = EDITS[0]
HIDDEN = next(edit for edit in EDITS if edit.name == "hidden")
BROKEN = Edit("broken", ((BAKERY, "2026-10-24 14:00/17:30", "2026-02-31"),))


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Staff", "-c", "user.email=staff@example.coop")
    subprocess.run(["git", "-C", root, *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a tree under git, with one commit."""
    root = tree(tmp_path / "tree")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Begin")
    return root


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_the_public_is_told_nothing_of_what_is_hidden(style: str, tmp_path: Path) -> None:
    """Neither its title nor that it changed, but for the times that it takes."""
    told = diff(tree(tmp_path / "tree", HIDDEN), str(BEFORE), "--format", style).output

    assert "Secret" not in told
    assert "wages" not in told
    assert "20 October 2026, 09:00" in told
    assert "21 October" not in told


def test_a_group_is_told_of_its_own_events_and_no_others(tmp_path: Path) -> None:
    """Several groups may be named at once; an unknown one is refused."""
    root = tree(tmp_path / "tree", HIDDEN)
    members = diff(root, str(BEFORE), "--audience", "members").output
    both = diff(root, str(BEFORE), "--audience", "board,members").output

    assert "Secret talk on wages" in members
    assert "Secret board meeting" not in members
    assert "Only for: members" in members
    assert "Secret board meeting" in both
    assert "taken" not in both
    assert diff(root, str(BEFORE), "--audience", "bord").exit_code == 2


COUNCIL = "title: Council\nfor: {groups: [board]}\n"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({}, "Council (council)\n    The calendar is removed\n"),
        ({"feeds/council.yaml": f"{COUNCIL}closed: {{on: 2026-12-31}}\n"}, "Council (council)\n    Closes: Thursday 31 December 2026\n"),
        ({"feeds/council.yaml": COUNCIL.replace("Council", "Assembly")}, "Assembly (council)\n    "),
        ({"feeds/counsel.yaml": f"{COUNCIL}formerly: council\n"}, ""),
        ({"feeds/council.yaml": COUNCIL, "feeds/second.yaml": COUNCIL}, "Council (second)\n    "),
    ],
    ids=["deleted", "closed", "retitled", "renamed", "added"],
)  # fmt: skip
def test_what_becomes_of_a_private_feed_is_told_to_its_groups_alone(
    tmp_path: Path, now: dict[str, str], told: str
) -> None:
    """As of a public one: those who may know that it is there."""
    before = tree(tmp_path / "before", Edit("council", added={"feeds/council.yaml": COUNCIL}))
    root = tree(tmp_path / "now", Edit("council", added=now))
    members, board = (diff(root, str(before), "--audience", group).output for group in ("members", "board"))

    assert told in board
    assert ("Calendars" in board) is bool(told)
    assert [word for word in ("ouncil", "Assembly (") if word in members] == []


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
@pytest.mark.parametrize("edit", [None, HIDDEN, MOVED], ids=["nothing", "hidden", "moved"])
def test_a_compiled_site_holds_nothing_for_groups_and_that_is_said(
    tmp_path: Path, style: str, edit: Edit | None
) -> None:
    """Where the report itself is read: no all-clear, and how it is told. Hidden events are not told as added."""
    root = tree(tmp_path / "tree")
    compiled(root)
    if edit:
        edit.make(root)
    told, public = (
        diff(root, *more, "--format", style).stdout for more in (("--audience", "board,members"), ())
    )

    assert "only what is public: nothing is told of what is for board, members" in told.replace("\n", " ")
    assert "such as HEAD" in told
    assert "only what is public" not in public
    assert "Nothing changes for subscribers" not in told
    if style != "json":
        assert ("Nothing changes for the public." in told) is (edit is None)
    assert "Secret" not in told


def test_a_site_of_an_older_coopcal_is_read_and_nothing_is_told(tmp_path: Path) -> None:
    """Its site.json holds no facts, and its name is no seal."""
    root = tree(tmp_path / "tree")
    compiled(root)
    (version,) = (root / "_site/versions").glob("*")
    (root / "_site/current").write_text(version.rename(version.with_name(version.name[:32])).name)
    (memory,) = (root / "_site/versions").glob("*/public/site.json")
    kept = {
        name: value
        for name, value in json.loads(memory.read_text(encoding="utf-8")).items()
        if name not in ("facts", "log", "changes")
    }
    memory.write_text(json.dumps(kept), encoding="utf-8")
    MOVED.make(root)
    told = diff(root)

    assert apart(told)[1] == "Nothing changes for subscribers.\n"
    assert "before coopcal kept what it shows" in told.stderr
    compiled(root)
    assert diff(root).stderr == ""


def test_a_revision_is_compared_with_and_the_work_tree_is_not_touched(repository: Path) -> None:
    """The tree as it stands, committed or not."""
    MOVED.make(repository)
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    told = diff(repository, "HEAD")

    assert apart(told)[1] == (BEFORE.parent / "moved.en.txt").read_text(encoding="utf-8")
    assert before == {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}


def test_a_revision_that_is_not_there_is_told(repository: Path, tmp_path: Path) -> None:
    """Missing, hidden from a shallow clone, or no repository at all: exit code 2."""
    MOVED.make(repository)
    git(repository, "commit", "-q", "-a", "-m", "Move")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    missing, shallow = diff(repository, "v1"), diff(tmp_path / "shallow", "HEAD~1")
    nowhere = diff(tree(tmp_path / "plain"), "--", "-v1")

    assert [each.exit_code for each in (missing, shallow, nowhere)] == [2, 2, 2]
    assert "no folder and no revision “v1”" in missing.stderr
    assert "git fetch --unshallow" in shallow.stderr
    assert "does not lie in a git repository" in nowhere.stderr


def test_errors_on_either_side_are_shown(repository: Path, tmp_path: Path) -> None:
    """Exit code 1, with their places."""
    BROKEN.make(repository)
    now = diff(repository, "HEAD")
    git(repository, "commit", "-q", "-a", "-m", "Break")
    before = diff(tree(tmp_path / "sound"), str(repository))

    assert (now.exit_code, before.exit_code) == (1, 1)
    assert "calendars/bakery.yaml:6:19: error:" in now.stderr
    assert "have errors" in before.stderr
    assert now.stdout == before.stdout == ""


def test_without_anything_to_compare_with_that_is_said(tmp_path: Path) -> None:
    """Exit code 2, and what to do."""
    told = diff(tree(tmp_path / "tree"))

    assert told.exit_code == 2
    assert "compile first, or name a git revision or a folder" in told.stderr


def test_markdown_cannot_be_broken_by_a_title(tmp_path: Path) -> None:
    """What Markdown reads as a sign is escaped."""
    edit = Edit("marks", ((MILL, "{en: Grinding course, fr: Cours de mouture}", "'<b>*Grinding* [x](y)'"),))
    told = diff(tree(tmp_path / "tree", edit), str(BEFORE), "--format", "markdown").stdout

    assert "- **\\<b\\>\\*Grinding\\* \\[x\\](y)**" in told


@pytest.mark.parametrize(
    "reference",
    ["@octocat", "@org/team", "#12", "org/repo#12", "!7", "group/repo!7", "~label", '~"two words"', "%3", '%"v 1"', "$5",
     "&6", "GH-12", "gh-12", "@all", "[#12]", "(@octocat)"],
)  # fmt: skip
def test_nobody_is_called_by_a_title(tmp_path: Path, reference: str) -> None:
    """Forges look at what Markdown became: a backslash or an entity keeps nobody from being called."""
    edit = Edit("calls", ((MILL, "{en: Grinding course, fr: Cours de mouture}", f"'For {reference} too'"),))
    told = diff(tree(tmp_path / "tree", edit), str(BEFORE), "--format", "markdown").stdout
    rendered = unescape(re.sub("<.*?>", "", MarkdownIt("commonmark").render(told)))

    assert reference not in rendered
    assert f"For {reference} too" in rendered.replace("\N{WORD JOINER}", "")


def test_what_only_time_does_is_no_change(tmp_path: Path) -> None:
    """Times that are taken are told further each year, and that is none."""
    weekly = "visibility: board\n    repeats: {every: week}\n"
    edit = Edit("weekly", ((BAKERY, "visibility: board\n", weekly),))
    root = tree(tmp_path / "tree", edit)
    compiled(root)

    later = diff(root, "--now", NOW.replace(year=2027).isoformat())
    assert apart(later)[1] == "Nothing changes for subscribers.\n"
