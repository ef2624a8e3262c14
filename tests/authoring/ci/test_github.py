"""Comments and pull requests on GitHub, by the real command against a server that keeps what it was asked."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.authoring.ci.test_form import FILLED, body_of
from tests.support.forge import Forge, forge
from tests.support.trees import BAKERY, lay

from coopcal.authoring.ci.form import LABELS
from coopcal.authoring.ci.words import CHANGES, EVENT
from coopcal.cli import main

BEFORE, AFTER = "1" * 40, "2" * 40
PULL: dict[str, Any] = {"pull_request": {"number": 7, "base": {"sha": BEFORE}}}
PUSH: dict[str, Any] = {
    "ref": "refs/heads/main",
    "before": BEFORE,
    "after": AFTER,
    "repository": {"default_branch": "main"},
}
BOT, PERSON = {"type": "Bot", "login": "github-actions[bot]"}, {"type": "User", "login": "ana"}


@dataclass
class Workflow:
    """A run of a workflow: its environment, as GitHub sets it, and its API."""

    folder: Path
    api: Forge

    def coopcal(
        self, event_name: str, event: Mapping[str, Any], *arguments: str, root: Path | None = None
    ) -> Result:
        """Run a command in it."""
        payload = self.folder / "event.json"
        payload.write_text(json.dumps(event), encoding="utf-8")
        environ = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.api.address,
            "GITHUB_EVENT_NAME": event_name,
            "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_REPOSITORY": "valley/calendar",
            "GITHUB_SHA": AFTER,
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "COOPCAL_TOKEN": "secret-token",
        }
        others = dict.fromkeys(name for name in os.environ if name.startswith("GITHUB_"))
        command = ["--root", str(root or self.folder), "forge", *arguments]
        return CliRunner(env=others | environ).invoke(main, command)

    def comment(self, event_name: str, event: Mapping[str, Any], text: str, *options: str) -> str:
        """Comment, and return what was printed."""
        file = self.folder / "changes.md"
        file.write_text(text, encoding="utf-8")
        done = self.coopcal(event_name, event, "comment", *options, str(file))

        assert done.exit_code == 0, done.stderr
        assert "secret-token" not in done.stdout + done.stderr
        return done.stdout

    @property
    def summary(self) -> str:
        """What was added to the summary of the run."""
        file = self.folder / "summary.md"
        return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.fixture
def workflow(tmp_path: Path) -> Iterator[Workflow]:
    """Return a run of a workflow."""
    with forge() as api:
        yield Workflow(tmp_path, api)


COMMENTS = "/repos/valley/calendar/issues/7/comments"


def test_a_pull_request_gets_one_comment(workflow: Workflow) -> None:
    workflow.api.answers = {("GET", COMMENTS): (200, []), ("POST", COMMENTS): (201, {})}
    workflow.comment("pull_request", PULL, "**The Bakery**: Open day moved\n")

    assert workflow.api.sent("POST") == [(COMMENTS, {"body": f"{CHANGES}\n**The Bakery**: Open day moved\n"})]
    assert workflow.api.asked[-1].headers["authorization"] == "Bearer secret-token"
    assert workflow.summary == ""


def test_the_comment_is_replaced_and_others_are_let_be(workflow: Workflow) -> None:
    workflow.api.answers = {
        ("GET", COMMENTS): (
            200,
            [
                {"id": 1, "user": PERSON, "body": f"{CHANGES}\nnot the bot's"},
                {"id": 2, "user": BOT, "body": "of another action"},
                {"id": 3, "user": BOT, "body": f"{CHANGES}\nbefore"},
            ],
        ),
        ("PATCH", "/repos/valley/calendar/issues/comments/3"): (200, {}),
    }
    workflow.comment("pull_request", PULL, "after")

    assert workflow.api.sent("PATCH") == [
        ("/repos/valley/calendar/issues/comments/3", {"body": f"{CHANGES}\nafter\n"})
    ]
    assert workflow.api.sent("POST") == []


def test_the_same_comment_is_not_sent_again(workflow: Workflow) -> None:
    workflow.api.answers = {("GET", COMMENTS): (200, [{"id": 3, "user": BOT, "body": f"{CHANGES}\nsame"}])}
    workflow.comment("pull_request", PULL, "same\n")

    assert {each.method for each in workflow.api.asked} == {"GET"}


def test_where_nothing_changes_only_a_comment_that_is_there_says_so(workflow: Workflow) -> None:
    workflow.api.answers = {("GET", COMMENTS): (200, [])}
    workflow.comment("pull_request", PULL, "")
    workflow.api.answers = {
        ("GET", COMMENTS): (200, [{"id": 3, "user": BOT, "body": f"{CHANGES}\nbefore"}]),
        ("PATCH", "/repos/valley/calendar/issues/comments/3"): (200, {}),
    }
    workflow.comment("pull_request", PULL, "\n")

    assert workflow.api.sent("POST") == []
    assert [content["body"] for _, content in workflow.api.sent("PATCH")] == [
        f"{CHANGES}\nSubscribers will see no change.\n"
    ]


@pytest.mark.parametrize("status", [401, 403, 404, 500, 302])
def test_without_permission_it_stands_in_the_summary(workflow: Workflow, status: int) -> None:
    """A pull request from a fork has a token that only reads. The token follows no redirection."""
    elsewhere = f"{workflow.api.address}/elsewhere"
    workflow.api.answers = {("GET", COMMENTS): (200, []), ("POST", COMMENTS): (status, elsewhere)}
    said = workflow.comment("pull_request", PULL, "changes")

    assert workflow.summary == f"{CHANGES}\nchanges\n\n"
    assert "summary" in said
    assert "/elsewhere" not in [each.path for each in workflow.api.asked]


def test_problems_are_told_as_a_block(workflow: Workflow) -> None:
    workflow.api.answers = {("GET", COMMENTS): (200, []), ("POST", COMMENTS): (201, {})}
    workflow.comment("pull_request", PULL, "a.yaml:1:1: error: @all ``` #1\n", "--problems")

    body = workflow.api.sent("POST")[0][1]["body"]
    assert "until they are mended, nothing is published" in body
    assert "\n````text\na.yaml:1:1: error: @all ``` #1\n````\n" in body


COMMIT = f"/repos/valley/calendar/commits/{AFTER}"


def test_a_commit_made_straight_to_the_main_branch_is_commented_on(workflow: Workflow) -> None:
    workflow.api.answers = {
        ("GET", f"{COMMIT}/pulls"): (200, []),
        ("GET", f"{COMMIT}/comments"): (200, []),
        ("POST", f"{COMMIT}/comments"): (201, {}),
    }
    workflow.comment("push", PUSH, "changes")

    assert workflow.api.sent("POST") == [(f"{COMMIT}/comments", {"body": f"{CHANGES}\nchanges\n"})]


@pytest.mark.parametrize("change", [{"ref": "refs/heads/other"}, {"ref": "refs/tags/main"}])
def test_a_commit_elsewhere_is_not_commented_on(workflow: Workflow, change: dict[str, str]) -> None:
    workflow.comment("push", PUSH | change, "changes")

    assert workflow.api.asked == []
    assert "changes" in workflow.summary


def test_a_commit_that_came_by_a_pull_request_was_commented_on_there(workflow: Workflow) -> None:
    workflow.api.answers = {("GET", f"{COMMIT}/pulls"): (200, [{"number": 7}])}
    workflow.comment("push", PUSH, "changes")

    assert workflow.api.sent("POST") == []


def git(folder: Path, *arguments: str) -> str:
    named = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", "-C", str(folder), *named, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a shallow clone of a repository with two commits, as a workflow checks it out."""
    upstream, made, found = tmp_path / "upstream.git", tmp_path / "made", tmp_path / "clone"
    lay(made)
    git(made, "init", "--quiet")
    for message in ("first", "second"):
        (made / "README").write_text(message, encoding="utf-8")
        git(made, "add", "--all")
        git(made, "commit", "--quiet", "--message", message)
    git(tmp_path, "clone", "--quiet", "--bare", str(made), str(upstream))
    git(upstream, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{upstream}", str(found))
    return found


def test_the_base_of_a_push_is_brought_into_a_shallow_clone(workflow: Workflow, clone: Path) -> None:
    before = git(clone.parent / "made", "rev-parse", "HEAD^1")
    done = workflow.coopcal("push", PUSH | {"before": before}, "base", root=clone)

    assert done.stdout == f"{before}\n"
    assert git(clone, "cat-file", "-t", before) == "commit"


def test_the_base_of_a_pull_request_is_what_it_is_merged_into(workflow: Workflow, clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "change")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "change")
    git(clone, "switch", "--quiet", "main")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "meanwhile")
    base = git(clone, "rev-parse", "HEAD")
    git(clone, "merge", "--quiet", "--no-ff", "--no-edit", "change")
    done = workflow.coopcal("pull_request", PULL, "base", root=clone)

    assert done.stdout == f"{base}\n"


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("schedule", {}),
        ("push", PUSH | {"before": "0" * 40}),
        ("push", PUSH | {"before": "--upload-pack=touch x"}),
        ("push", PUSH | {"before": BEFORE}),
    ],
)
def test_without_a_base_nothing_is_printed(
    workflow: Workflow, clone: Path, name: str, event: dict[str, Any]
) -> None:
    """A first push, a schedule, a revision that is gone, and what is none."""
    done = workflow.coopcal(name, event, "base", root=clone)

    assert (done.exit_code, done.stdout) == (0, "")


def test_outside_of_a_run_it_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "coopcal", "--root", str(tmp_path), "forge", "base"]
    done = subprocess.run(command, env={"PATH": "/usr/bin"}, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "GITHUB_EVENT_PATH is not set" in done.stderr


ISSUE_COMMENTS = "/repos/valley/calendar/issues/12/comments"
PULLS = "/repos/valley/calendar/pulls"


def issue(body: str) -> dict[str, Any]:
    return {"issue": {"number": 12, "body": body}, "repository": {"default_branch": "main"}}


@pytest.fixture
def desk(workflow: Workflow, clone: Path) -> tuple[Workflow, Path]:
    """Return a run in which comments and pull requests may be made."""
    workflow.api.answers = {
        ("GET", ISSUE_COMMENTS): (200, []),
        ("POST", ISSUE_COMMENTS): (201, {}),
        ("GET", PULLS): (200, []),
        ("POST", PULLS): (201, {}),
    }
    return workflow, clone


def test_a_submitted_form_becomes_a_pull_request(desk: tuple[Workflow, Path]) -> None:
    """On a branch of its own, with the event and nothing else."""
    workflow, clone = desk
    done = workflow.coopcal(
        "issues", issue(body_of(FILLED).replace("Open day", "Harvest party")), "event", root=clone
    )
    upstream = clone.parent / "upstream.git"

    assert done.exit_code == 0, done.stderr
    assert workflow.api.sent("POST")[0] == (
        PULLS,
        {
            "title": "Add the event harvest-party",
            "head": "event/issue-12",
            "base": "main",
            "body": "From the form in #12.\n\nCloses #12",
        },
    )
    assert workflow.api.sent("POST")[1][1]["body"].startswith(f"{EVENT}\nThank you.")
    assert git(upstream, "diff", "--stat", "--name-only", "main", "event/issue-12") == "calendars/bakery.yaml"
    added = git(upstream, "diff", "main", "event/issue-12", "--", "calendars/bakery.yaml")
    assert "+  - id: harvest-party" in added
    assert "\n-  " not in added
    assert (
        git(upstream, "log", "-1", "--format=%B", "event/issue-12")
        == "Add the event harvest-party\n\nCloses #12"
    )


def test_a_form_that_was_edited_renews_its_branch_and_opens_no_second_request(
    desk: tuple[Workflow, Path],
) -> None:
    workflow, clone = desk
    workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)
    git(clone, "switch", "--quiet", "main")
    workflow.api.answers["GET", PULLS] = (200, [{"number": 13}])
    workflow.api.asked.clear()
    done = workflow.coopcal("issues", issue(body_of(FILLED).replace("17:00", "18:00")), "event", root=clone)
    shown = git(clone.parent / "upstream.git", "show", "event/issue-12:calendars/bakery.yaml")

    assert done.exit_code == 0, done.stderr
    assert "when: 2026-09-12 10:00/18:00" in shown
    assert "17:00\n    where: The shop, Ghent" not in shown
    assert [path for path, _ in workflow.api.sent("POST")] == [ISSUE_COMMENTS]


def test_a_branch_that_people_edited_is_left_as_it_is(desk: tuple[Workflow, Path]) -> None:
    workflow, clone = desk
    workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "by hand")
    git(clone, "push", "--quiet", "origin", "event/issue-12")
    by_hand = git(clone, "rev-parse", "HEAD")
    git(clone, "switch", "--quiet", "main")
    workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)

    assert git(clone.parent / "upstream.git", "rev-parse", "event/issue-12") == by_hand
    assert "edited by hand" in workflow.api.sent("POST")[-1][1]["body"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (FILLED.date, "_No response_", "“On which day, or days?” is not answered."),
        (FILLED.date, "12.9.2026", "when: 2026-09-12 10:00/17:00"),
        (FILLED.times, "17:00/10:00", "when: 2026-09-12 10:00/17:00"),
        (FILLED.organisation, "The Mill", "There is no organisation “The Mill” here."),
        (FILLED.registration, "javascript:alert(1)", "javascript:alert(1)"),
        (FILLED.contact, f"x\n\n### {LABELS['title']}\n\ny", "stands twice"),
    ],
)
def test_what_is_wrong_is_said_in_the_issue_and_nothing_is_written(
    desk: tuple[Workflow, Path], old: str, new: str, said: str
) -> None:
    workflow, clone = desk
    done = workflow.coopcal("issues", issue(body_of(FILLED).replace(old, new, 1)), "event", root=clone)
    (path, content), *more = workflow.api.sent("POST")

    assert done.exit_code == 0, done.stderr
    assert (path, more) == (ISSUE_COMMENTS, [])
    assert content["body"].startswith(EVENT)
    assert said in content["body"]
    assert git(clone, "status", "--short") == ""
    assert (clone / "calendars/bakery.yaml").read_text(encoding="utf-8") == BAKERY
    assert "event/issue-12" not in git(clone.parent / "upstream.git", "branch", "--list")


def test_hostile_answers_are_only_words(desk: tuple[Workflow, Path]) -> None:
    """Shell, YAML, templates and mentions: all of it stands in the title, and none of it does anything."""
    workflow, clone = desk
    hostile = "$(touch pwned) `touch pwned`; touch pwned # ${{ secrets.TOKEN }} @everyone 'x' \"y\": {a: *b} fixes #1"
    body = body_of(FILLED).replace("Open day", hostile, 1)
    done = workflow.coopcal("issues", issue(body), "event", root=clone)
    upstream = clone.parent / "upstream.git"

    assert done.exit_code == 0, done.stderr
    assert hostile.replace('"', '"') in git(upstream, "show", "event/issue-12:calendars/bakery.yaml").replace(
        "''", "'"
    )
    assert not list(clone.parent.rglob("pwned"))
    sent = json.dumps(workflow.api.sent("POST"))
    assert "@everyone" not in sent
    assert "fixes #1" not in sent + git(upstream, "log", "--format=%B", "event/issue-12")


def test_where_pull_requests_may_not_be_made_the_branch_is_told(desk: tuple[Workflow, Path]) -> None:
    workflow, clone = desk
    workflow.api.answers["POST", PULLS] = (403, {})
    workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)

    assert "a pull request has to be opened by hand" in workflow.api.sent("POST")[-1][1]["body"]
    assert "event/issue-12" in git(clone.parent / "upstream.git", "branch", "--list")


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "calendars/bakery.yaml",
            "name: The Bakery\nevents: []\nremoved: {}\n---\n",
            "There is no organisation",
        ),
        (
            "calendars/bakery.yaml",
            "name: The Bakery\nevents: [{id: a, title: A, when: 2026-01-01}]\n",
            "calendars/bakery.yaml, line 2: The events are written between brackets",
        ),
        ("coopcal.yaml", "title: Example\n", "The file coopcal.yaml has to be mended first."),
    ],
)
def test_where_the_files_themselves_are_in_the_way_it_is_said(
    desk: tuple[Workflow, Path], path: str, text: str, said: str
) -> None:
    workflow, clone = desk
    (clone / path).write_text(text, encoding="utf-8")
    done = workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)

    assert done.exit_code == 0, done.stderr
    assert said in workflow.api.sent("POST")[0][1]["body"]
    assert (clone / path).read_text(encoding="utf-8") == text


def test_errors_that_were_there_before_do_not_stop_an_event(desk: tuple[Workflow, Path]) -> None:
    """They are another's, and the pull request says so."""
    workflow, clone = desk
    lay(clone, {"calendars/mill.yaml": "name: The Mill\ncountry: XX\n"})
    workflow.coopcal("issues", issue(body_of(FILLED)), "event", root=clone)

    assert workflow.api.sent("POST")[0][0] == PULLS


def test_a_run_without_an_issue_is_refused(workflow: Workflow) -> None:
    assert workflow.coopcal("push", PUSH, "event").exit_code == 2
