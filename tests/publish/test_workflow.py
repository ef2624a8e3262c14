"""The whole way of a site on pages of a forge: started, published by its own workflow, subscribed to, edited, published again."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from tests.authoring.ci.test_action import PAGES, Job
from tests.authoring.ci.test_github import PUSH, git
from tests.support.forge import forge
from tests.support.nginx import nginx
from tests.support.waiting import PATIENCE

BASE = "/calendar"
COMMANDS = (
    ("new", "site", "--host", "github-pages", "--title", "Our events", "--uid-domain", "example.coop", "--country", "BE"),
    ("new", "organisation", "--name", "The Mill", "--country", "BE"),
    ("new", "event", "--title", "Open day", "--when", "2031-09-12 10:00/17:00"),
    ("new", "event", "--title", "Harvest", "--when", "2031-10-03"),
)  # fmt: skip


class Pages:
    """Pages of a forge: a real nginx that serves, below a path, what was last put there; nothing at first."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.address = address

    def deploy(self, folder: Path) -> None:
        """Put a folder in the place of what is there, as the forge does with what was uploaded."""
        subprocess.run(["rm", "-rf", self.root / BASE[1:]], check=True)
        subprocess.run(["cp", "-r", folder, self.root / BASE[1:]], check=True)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    root, work = tmp_path / "www", tmp_path / "nginx"
    for folder in (root, work):
        folder.mkdir()
    told = f"server {{ listen 80; root {root}; types {{ text/calendar ics; text/html html; application/json json; }} }}"
    tmp_path.chmod(0o755)
    with nginx(told, work) as address:
        yield Pages(root, f"{address}{BASE}")


def coopcal(root: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "coopcal", "--root", str(root), "--language", "en", *arguments], check=True
    )


def commit(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def started(folder: Path, pages: Pages) -> tuple[Path, Path]:
    """Start a site in an empty folder, and commit it; return that folder, and the repository on the forge."""
    root, upstream = folder / "site", folder / "upstream.git"
    root.mkdir()
    for command in COMMANDS:
        coopcal(root, *command, *(("--base-url", pages.address) if command[1] == "site" else ()))
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "first")
    git(root, "clone", "--quiet", "--bare", ".", str(upstream))
    git(root, "remote", "add", "origin", str(upstream))
    return root, upstream


def run_workflow(upstream: Path, work: Path, pages: Pages) -> Job:
    """Run the steps that the workflow in a repository has, in a fresh clone, and deploy what was uploaded."""
    subprocess.run(["git", "clone", "--quiet", str(upstream), str(work / "clone")], check=True)
    workflow = yaml.safe_load((work / "clone/.github/workflows/calendar.yml").read_text(encoding="utf-8"))
    (ours,) = [step for step in workflow["jobs"]["calendar"]["steps"] if step["uses"].startswith("coopcal/")]
    deploys = [step["uses"].partition("@")[0] for step in workflow["jobs"]["pages"]["steps"]]
    with forge() as api:
        job = Job(work / "clone", api)
        if job.run("push", PUSH, comment="false", **ours["with"]):
            assert deploys == ["actions/deploy-pages"]
            pages.deploy(work / "clone" / job.used[PAGES]["path"])
    return job


def entries(calendar: str) -> dict[str, str]:
    """Return the components of a calendar by UID."""
    found = re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", calendar, re.DOTALL)
    return {re.search(r"^UID:(.*)\r$", each, re.MULTILINE)[1]: each for each in found}  # type: ignore[index]


def stamp(entry: str) -> tuple[str, int]:
    """Return LAST-MODIFIED and SEQUENCE."""
    modified = re.search(r"^LAST-MODIFIED:(.*)\r$", entry, re.MULTILINE)
    sequence = re.search(r"^SEQUENCE:(.*)\r$", entry, re.MULTILINE)
    assert modified is not None
    return modified[1], int(sequence[1]) if sequence else 0


def test_from_an_empty_folder_to_a_subscriber_who_sees_one_event_changed(
    pages: Pages, tmp_path: Path
) -> None:
    """No option is set by hand, and each run begins with a fresh clone: the site before is read where it is published."""
    root, upstream = started(tmp_path, pages)
    for name in ("first", "second", "third"):
        (tmp_path / name).mkdir()

    first = run_workflow(upstream, tmp_path / "first", pages)
    assert "so that this is the first time" in first.log
    subscribed = httpx.get(f"{pages.address}/feeds/all.ics", timeout=PATIENCE)
    assert (subscribed.status_code, subscribed.headers["Content-Type"]) == (200, "text/calendar")
    before = entries(subscribed.text)

    file = root / "calendars/the-mill.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("10:00/17:00", "11:00/17:00"), encoding="utf-8")
    commit(root, "later")
    git(root, "push", "--quiet", "origin", "main")
    second = run_workflow(upstream, tmp_path / "second", pages)
    after = entries(httpx.get(f"{pages.address}/feeds/all.ics", timeout=PATIENCE).text)

    assert "so that this is the first time" not in second.log
    (changed,) = {uid for uid in before if before[uid] != after[uid]}
    assert after.keys() == before.keys()
    assert len(before) == 2
    assert "T110000" in after[changed]
    assert stamp(after[changed]) > stamp(before[changed])
    assert stamp(after[changed])[1] > stamp(before[changed])[1]

    run_workflow(upstream, tmp_path / "third", pages)
    assert entries(httpx.get(f"{pages.address}/feeds/all.ics", timeout=PATIENCE).text) == after


def test_the_readme_tells_the_commands_that_are_run_here() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    told = re.search(r"## On the web, without a server\n.*?```text\n(.*?)```", readme, re.DOTALL)

    assert told is not None
    assert re.findall(r"^coopcal (new \w+)", told[1], re.MULTILINE) == list(
        dict.fromkeys(" ".join(command[:2]) for command in COMMANDS)
    )
    assert "coopcal new site --host github-pages\n" in told[1]
    assert "git init --initial-branch main\n" in told[1]


def test_a_site_that_cannot_be_reached_is_not_begun_anew(pages: Pages, tmp_path: Path) -> None:
    """Not where its first page is there and its memory is not, either."""
    _, upstream = started(tmp_path, pages)
    there = tmp_path / "there"
    there.mkdir()
    (there / "index.html").write_text("<p>Something else", encoding="utf-8")
    pages.deploy(there)
    (tmp_path / "run").mkdir()

    job = run_workflow(upstream, tmp_path / "run", pages)

    assert "[no-previous-site]" in job.log
    assert PAGES not in job.used
    assert not (pages.root / BASE[1:] / "feeds").exists()
