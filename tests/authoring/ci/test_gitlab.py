"""Notes on GitLab, and the jobs of ``ci/gitlab.yml`` run with the environment that GitLab gives them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.authoring.ci.test_github import git
from tests.support.forge import Forge
from tests.support.trees import BAKERY, lay

from coopcal.authoring.ci.words import CHANGES
from coopcal.cli import main

REPOSITORY = Path(__file__).parents[3]
PIPELINE: dict[str, Any] = yaml.safe_load((REPOSITORY / "ci/gitlab.yml").read_text(encoding="utf-8"))
NOTES = "/projects/5/merge_requests/7/notes"
COMMIT = f"/projects/5/repository/commits/{'2' * 40}"
MERGE_REQUEST = {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "1" * 40}
MAIN = {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": "1" * 40}


class Runner:
    """Runs commands and jobs in a folder, as a runner does."""

    def __init__(self, folder: Path, api: Forge) -> None:
        self.folder = folder
        self.api = api

    def run(self, command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command with the variables of a pipeline and more."""
        environ = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "GITLAB_CI": "true",
            "CI_API_V4_URL": self.api.address,
            "CI_PROJECT_ID": "5",
            "CI_COMMIT_SHA": "2" * 40,
            "CI_DEFAULT_BRANCH": "main",
            "COOPCAL_TOKEN": "secret-token",
            **PIPELINE["variables"],
            **variables,
        }
        return subprocess.run(
            command, cwd=self.folder, env=environ, capture_output=True, text=True, timeout=60, check=False
        )

    def comment(self, text: str, **variables: str) -> str:
        """Say a text, and return what was printed."""
        (self.folder.parent / "said.md").write_text(text, encoding="utf-8")
        done = self.run(["coopcal", "forge", "comment", "../said.md"], **variables)

        assert done.returncode == 0, done.stderr
        return done.stdout

    def job(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a job."""
        script = "\n".join(PIPELINE[name]["script"])
        return self.run(["bash", "-eo", "pipefail", "-c", script], **variables)


def test_a_merge_request_gets_one_note(runner: Runner) -> None:
    runner.api.answers = {("GET", NOTES): (200, []), ("POST", NOTES): (201, {})}
    runner.comment("changes", **MERGE_REQUEST)

    assert runner.api.sent("POST") == [(NOTES, {"body": f"{CHANGES}\nchanges\n"})]
    assert runner.api.asked[-1].headers["private-token"] == "secret-token"


@pytest.mark.sweep(cases=0)
def test_the_note_is_replaced_and_where_it_is_another_s_a_new_one_is_made(runner: Runner) -> None:
    notes = [
        {"id": 1, "system": False, "body": f"{CHANGES}\nanother's"},
        {"id": 2, "system": False, "body": f"{CHANGES}\nbefore"},
    ]
    runner.api.answers = {
        ("GET", NOTES): (200, notes),
        ("PUT", f"{NOTES}/2"): (200, {}),
        ("POST", NOTES): (201, {}),
    }
    runner.comment("after", **MERGE_REQUEST)
    replaced = runner.api.sent("PUT")
    del runner.api.answers["PUT", f"{NOTES}/2"]
    runner.comment("after", **MERGE_REQUEST)

    assert [path for path, _ in replaced] == [f"{NOTES}/1", f"{NOTES}/2"]
    assert [path for path, _ in runner.api.sent("POST")] == [NOTES]


@pytest.mark.sweep(cases=0)
def test_a_commit_made_straight_to_the_default_branch_is_commented_on(runner: Runner) -> None:
    runner.api.answers = {
        ("GET", f"{COMMIT}/merge_requests"): (200, []),
        ("POST", f"{COMMIT}/comments"): (201, {}),
    }
    runner.comment("changes", **MAIN)
    runner.comment("changes", CI_COMMIT_BRANCH="other")
    runner.api.answers["GET", f"{COMMIT}/merge_requests"] = (200, [{"iid": 7}])
    said = runner.comment("changes", **MAIN)

    assert runner.api.sent("POST") == [(f"{COMMIT}/comments", {"note": f"{CHANGES}\nchanges\n"})]
    assert "changes" in said


def test_without_a_token_it_stands_in_the_log(runner: Runner) -> None:
    assert runner.comment("changes", **MERGE_REQUEST, COOPCAL_TOKEN="") == f"{CHANGES}\nchanges\n\n"


def test_the_check_is_red_with_errors_and_notes_them(runner: Runner) -> None:
    runner.api.answers = {("GET", NOTES): (200, []), ("POST", NOTES): (201, {})}
    lay(runner.folder, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "12.9.2026")})
    done = runner.job("coopcal-check", **MERGE_REQUEST)

    assert done.returncode == 1
    assert "calendars/bakery.yaml:8:11: error:" in done.stdout
    assert "calendars/bakery.yaml:8:11: error:" in runner.api.sent("POST")[0][1]["body"]


@pytest.mark.sweep(cases=0)
def test_the_check_is_green_without_a_revision_to_compare_with(runner: Runner) -> None:
    done = runner.job("coopcal-check", CI_COMMIT_BRANCH="main", CI_COMMIT_BEFORE_SHA="0" * 40)

    assert done.returncode == 0, done.stderr
    assert runner.api.asked == []


@pytest.mark.skipif("diff" not in main.commands, reason="coopcal diff is not part of this version")
def test_what_subscribers_will_see_is_noted(runner: Runner) -> None:
    runner.api.answers = {("GET", NOTES): (200, []), ("POST", NOTES): (201, {})}
    before = git(runner.folder, "rev-parse", "HEAD^1")
    done = runner.job("coopcal-check", **MERGE_REQUEST | {"CI_MERGE_REQUEST_DIFF_BASE_SHA": before})

    assert done.returncode == 0, done.stderr
    assert "Open day" in runner.api.sent("POST")[0][1]["body"]


def test_the_site_is_compiled(runner: Runner) -> None:
    done = runner.job("coopcal-site", **MAIN, COOPCAL_FIRST="true")

    assert done.returncode == 0, done.stderr
    assert (runner.folder / "_site/current").is_file()


def test_the_public_site_is_published_for_pages(runner: Runner) -> None:
    done = runner.job("pages", **MAIN, COOPCAL_PUBLISH="public", COOPCAL_FIRST="true")

    assert done.returncode == 0, done.stderr
    assert (runner.folder / "public/feeds/all.ics").is_file()
    assert PIPELINE["pages"]["artifacts"]["paths"] == ["$COOPCAL_PUBLISH"]
