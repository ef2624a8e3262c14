"""What docs/operating.md tells of backups, as it is typed: after a restore, every byte and every stamp is as before."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.trees import BAKERY, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

PAGE = (Path(__file__).parents[2] / "docs/operating.md").read_text(encoding="utf-8")
FEEDS = (
    "/feeds/all.ics",
    "/feeds/bakery.fr.ics",
    "/feeds/bakery/changes.atom",
    "/events/bakery/open-day/event.ics",
)


def blocks(heading: str) -> list[str]:
    """Return what is to be typed below a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def typed(command: str, tree: Path, backup: Path, epoch: int) -> str:
    """Run what is typed in the folder of a tree, at a time."""
    surroundings = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": str(epoch),
        "COOPCAL_STATE": str(tree.parent / "state"),
        "LANGUAGE": "en",
    }
    told = command.replace("/backup/", f"{backup}/")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", told],
        cwd=tree,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def served(tree: Path) -> dict[str, bytes]:
    """Return what subscribers get."""
    client = Client(create_app(LiveSite(tree / "_site")))
    answers = {path: client.get(path) for path in FEEDS}
    assert {one.status_code for one in answers.values()} == {200}
    return {path: one.data for path, one in answers.items()}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree that was published twice: an event has changed, and one is stamped otherwise than the others."""
    root = lay(tmp_path / "tree")
    (tmp_path / "backup").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state/counts").write_text("counts", encoding="utf-8")
    typed("coopcal compile", root, tmp_path / "backup", 1_780_000_000)
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("Open day", "Day of open doors")})
    typed("coopcal compile", root, tmp_path / "backup", 1_780_100_000)
    return root


def test_after_a_restore_no_byte_differs(tree: Path, tmp_path: Path) -> None:
    before = served(tree)
    save, restore = blocks("Backup and restore")
    typed(save, tree, tmp_path / "backup", 1_780_200_000)
    for folder in (tree, tmp_path / "state"):
        shutil.rmtree(folder)
    tree.mkdir()
    typed(restore, tree, tmp_path / "backup", 1_780_300_000)

    assert served(tree) == before
    assert (tmp_path / "state/counts").read_text(encoding="utf-8") == "counts"
    assert b"20260528T" in before["/feeds/all.ics"]


def test_what_is_not_backed_up_makes_a_difference(tree: Path, tmp_path: Path) -> None:
    """Without the site, stamps are new: the backup is what keeps them."""
    before = served(tree)
    shutil.rmtree(tree / "_site")
    typed("coopcal compile", tree, tmp_path / "backup", 1_780_300_000)

    assert served(tree)["/feeds/all.ics"] != before["/feeds/all.ics"]


def test_a_copy_of_what_is_published_keeps_stamps_too(tree: Path, tmp_path: Path) -> None:
    before = served(tree)
    copy = tmp_path / "copy"
    copy.mkdir()
    content = Client(create_app(LiveSite(tree / "_site"))).get("/site.json").data
    (copy / "site.json").write_bytes(content)
    shutil.rmtree(tree / "_site")
    typed(f"coopcal compile --previous {copy}", tree, tmp_path / "backup", 1_780_300_000)

    assert served(tree) == before


def test_paths_are_told_once_and_only_where_there_is_something(tree: Path, tmp_path: Path) -> None:
    """tokens.yaml and _site lie in the folder of the sources."""
    lay(tree, {"tokens.yaml": "{}\n"})
    told = typed("coopcal config --state --format paths", tree, tmp_path, 0)
    whole = json.loads(typed("coopcal config --state --format json", tree, tmp_path, 0))["backup"]

    assert told.splitlines() == [str(tree), str(tmp_path / "state")]
    assert [one["what"] for one in whole] == ["sources", "tokens", "site", "state"]


def test_an_upgrade_begins_with_a_backup_and_a_check() -> None:
    (block,) = blocks("Upgrades")

    assert [line.split()[1] for line in block.splitlines() if line.startswith("coopcal")] == [
        "config",
        "check",
        "compile",
    ]
