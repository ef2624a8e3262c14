"""Imports on a schedule: the Action's step and GitLab's job, each run as there, against a server in place of the API."""

import hashlib
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.authoring.ci.test_action import Job
from tests.authoring.ci.test_github import PULLS, git
from tests.authoring.ci.test_gitlab import PIPELINE, Runner
from tests.support.importing import calendar, event

SOURCE = calendar(*event("DTSTART;VALUE=DATE:20270612"), *event("SUMMARY:x", uid="b"))
SAID = "Take over what changed in source.ics for bakery"
NAME = hashlib.sha256(b"source.ics").hexdigest()[:8]
BRANCH = f"import/bakery-{NAME}"


@pytest.fixture
def upstream(job: Job) -> Path:
    """Return the repository that the job's is a clone of, with a calendar to import beside both."""
    found = job.folder.parent / "upstream.git"
    git(job.folder, "branch", "--move", "main")
    git(job.folder, "clone", "--quiet", "--bare", ".", str(found))
    git(job.folder, "remote", "add", "origin", str(found))
    (job.folder.parent / "source.ics").write_bytes(SOURCE)
    job.api.answers = {("GET", PULLS): (200, []), ("POST", PULLS): (201, {})}
    return found


def scheduled(job: Job, **inputs: str) -> bool:
    """Run the task as on a schedule, from the main branch."""
    git(job.folder, "switch", "--quiet", "--force", "main")
    usual = {"task": "import", "source": "../source.ics", "organisation": "bakery"}
    return job.run("schedule", {"schedule": "17 3 * * *"}, **usual | inputs)


def test_what_came_is_a_pull_request_that_says_what_did_not(job: Job, upstream: Path) -> None:
    assert scheduled(job), job.log

    (sent,) = job.api.sent("POST")
    assert sent[0] == PULLS
    assert {name: sent[1][name] for name in ("title", "head", "base")} == {
        "title": SAID,
        "head": BRANCH,
        "base": "main",
    }
    assert "[no-start]" in sent[1]["body"]
    assert "Events: 1 new." in sent[1]["body"]
    assert "when: 2027-06-12" in git(upstream, "show", f"{BRANCH}:calendars/bakery.yaml")
    assert "party" in git(upstream, "show", f"{BRANCH}:imports/bakery.json")
    assert "2027-06-12" not in git(upstream, "show", "main:calendars/bakery.yaml")
    assert not (job.folder / "_site").exists()


def test_the_same_again_pushes_nothing_and_what_is_new_is_added(job: Job, upstream: Path) -> None:
    """The open request is brought up to date."""
    scheduled(job)
    first = git(upstream, "rev-parse", BRANCH)
    job.api.answers["GET", PULLS] = (200, [{"number": 8, "body": job.api.sent("POST")[0][1]["body"]}])
    job.api.answers["PATCH", f"{PULLS}/8"] = (200, {})

    assert scheduled(job)
    assert git(upstream, "rev-parse", BRANCH) == first
    assert job.api.sent("PATCH") == []

    more = calendar(
        *event("DTSTART;VALUE=DATE:20270612"), *event("DTSTART;VALUE=DATE:20270613", uid="b", title="Walk")
    )
    (job.folder.parent / "source.ics").write_bytes(more)

    assert scheduled(job)
    assert "Walk" in git(upstream, "show", f"{BRANCH}:calendars/bakery.yaml")
    assert "Events: 2 new." in job.api.sent("PATCH")[0][1]["body"]
    assert len(job.api.sent("POST")) == 1


@pytest.mark.sweep(cases=0)
def test_a_branch_that_somebody_edited_is_left_alone(job: Job, upstream: Path) -> None:
    scheduled(job)
    git(job.folder, "commit", "--quiet", "--allow-empty", "--message", "by hand")
    git(job.folder, "push", "--quiet", "origin", BRANCH)
    by_hand = git(upstream, "rev-parse", BRANCH)
    (job.folder.parent / "source.ics").write_bytes(calendar(*event("DTSTART;VALUE=DATE:20270712")))

    assert scheduled(job)
    assert git(upstream, "rev-parse", BRANCH) == by_hand
    assert "Somebody has edited the branch" in job.log


@pytest.mark.sweep(cases=0)
@pytest.mark.usefixtures("upstream")
def test_nothing_new_proposes_nothing(job: Job) -> None:
    scheduled(job)
    git(job.folder, "switch", "--quiet", "main")
    git(job.folder, "merge", "--quiet", BRANCH)
    job.api.asked.clear()

    assert scheduled(job)
    assert job.api.asked == []
    assert "Nothing to write." in job.log


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"source": "../nothing.ics"}, "cannot be read"),
        ({"source": "../source.html"}, "This is a web page"),
        ({"organisation": "mill"}, "There is no organisation"),
        ({"options": "--only 'tag=x"}, "a quote is not closed"),
        ({"options": "--wrong"}, "No such option"),
        ({"source": ""}, "Missing argument"),
    ],
)
def test_what_cannot_be_read_makes_the_job_red(
    job: Job, upstream: Path, inputs: dict[str, str], said: str
) -> None:
    """And proposes nothing."""
    (job.folder.parent / "source.html").write_text("<!doctype html><title>Log in</title>", encoding="utf-8")

    assert not scheduled(job, **inputs)
    assert said in job.log
    assert job.api.asked == []
    assert git(upstream, "branch", "--list", "import/*") == ""


def test_options_are_those_of_the_command_and_no_part_of_a_command(job: Job, upstream: Path) -> None:
    """Signs of the shell are letters."""
    assert scheduled(
        job, options="--only 'title=$(touch pwned); Party' --only title=party --from 2027-01-01"
    ), job.log
    assert "party" in git(upstream, "show", f"{BRANCH}:calendars/bakery.yaml")
    assert not list(job.folder.parent.rglob("pwned"))


COMMITS, REQUESTS = "/projects/5/repository/commits", "/projects/5/merge_requests"
BRANCHES = f"/projects/5/repository/branches/{quote(BRANCH, '')}"


def file_of(path: str) -> str:
    return f"/projects/5/repository/files/{quote(path, '')}"


def test_on_gitlab_it_is_a_merge_request(runner: Runner) -> None:
    """By the API alone, as pipelines may not push; the same again is not written anew."""
    (runner.folder.parent / "source.ics").write_bytes(SOURCE)
    runner.api.answers = {
        ("GET", file_of("calendars/bakery.yaml")): (200, {"content_sha256": "0"}),
        ("GET", REQUESTS): (200, []),
        ("POST", COMMITS): (201, {}),
        ("POST", REQUESTS): (201, {}),
    }
    variables = {
        "COOPCAL_SOURCE": "../source.ics",
        "COOPCAL_ORGANISATION": "bakery",
        "CI_COMMIT_BRANCH": "main",
    }
    done = runner.job("coopcal-import", **variables)

    assert done.returncode == 0, done.stderr
    commit, request = runner.api.sent("POST")
    actions = {each["file_path"]: each["action"] for each in commit[1]["actions"]}
    assert (commit[0], actions) == (
        COMMITS,
        {"calendars/bakery.yaml": "update", "imports/bakery.json": "create"},
    )
    assert (commit[1]["branch"], commit[1]["start_branch"], commit[1]["force"]) == (BRANCH, "main", True)
    assert request[0] == REQUESTS
    assert {name: request[1][name] for name in ("source_branch", "target_branch", "title")} == {
        "source_branch": BRANCH, "target_branch": "main", "title": SAID,
    }  # fmt: skip
    assert "[no-start]" in request[1]["description"]

    for each in commit[1]["actions"]:
        digest = hashlib.sha256(each["content"].encode()).hexdigest()
        runner.api.answers["GET", file_of(each["file_path"])] = (200, {"content_sha256": digest})
    runner.api.answers["GET", BRANCHES] = (200, {"commit": {"author_email": commit[1]["author_email"]}})
    runner.api.answers["GET", REQUESTS] = (200, [{"iid": 3}])
    runner.api.answers["PUT", f"{REQUESTS}/3"] = (200, {})
    git(runner.folder, "checkout", "--quiet", "--force", "HEAD")
    git(runner.folder, "clean", "--quiet", "-fd")
    runner.job("coopcal-import", **variables)

    assert len(runner.api.sent("POST")) == 2
    assert runner.api.sent("PUT")[0][0] == f"{REQUESTS}/3"

    runner.api.answers["GET", BRANCHES] = (200, {"commit": {"author_email": "ana@example.org"}})
    git(runner.folder, "checkout", "--quiet", "--force", "HEAD")
    git(runner.folder, "clean", "--quiet", "-fd")

    assert "Somebody has edited the branch" in runner.job("coopcal-import", **variables).stdout
    assert len(runner.api.sent("POST")) == 2


def test_on_gitlab_the_job_is_of_schedules_with_a_source() -> None:
    assert PIPELINE["coopcal-import"]["rules"] == [
        {"if": '$CI_PIPELINE_SOURCE == "schedule" && $COOPCAL_SOURCE'}
    ]
