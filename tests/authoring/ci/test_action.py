"""The Action's steps, run in order with the environment that GitHub gives them, against a server in place of the API."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.authoring.ci.test_form import FILLED, body_of
from tests.authoring.ci.test_github import COMMENTS, PULL, PULLS, PUSH, git, issue
from tests.support.forge import Forge
from tests.support.trees import BAKERY, lay

from coopcal.cli import main
from coopcal.site.reader import open_site

REPOSITORY = Path(__file__).parents[3]
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
UPLOAD = next(step["uses"] for step in ACTION["runs"]["steps"] if "upload-artifact" in step.get("uses", ""))
PAGES = next(step["uses"] for step in ACTION["runs"]["steps"] if "upload-pages" in step.get("uses", ""))
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
"""How GitHub runs a step with ``shell: bash``."""


class Job:
    """A job that uses the Action; as on GitHub, a step is left out when its ``if`` does not hold, or one before failed."""

    def __init__(self, folder: Path, api: Forge) -> None:
        self.folder = folder
        self.api = api
        self.outputs: dict[str, dict[str, str]] = {}
        self.used: dict[str, dict[str, str]] = {}
        self.log = ""
        self.event_name = ""

    def run(self, event_name: str, event: dict[str, Any], **inputs: str) -> bool:
        """Run every step but the installation, and return whether the job is green."""
        self.event_name = event_name
        given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | inputs
        for step in ACTION["runs"]["steps"]:
            if step.get("id") == "install" or not self._holds(step.get("if", ""), given):
                continue
            if "uses" in step:
                self.used[step["uses"]] = {
                    name: self._said(value, given) for name, value in step["with"].items()
                }
            elif not self._run(step, given, event_name, event):
                return False
        return True

    def _run(
        self, step: dict[str, Any], given: dict[str, str], event_name: str, event: dict[str, Any]
    ) -> bool:
        payload, output = self.folder.parent / "event.json", self.folder.parent / "output"
        payload.write_text(json.dumps(event), encoding="utf-8")
        output.write_text("", encoding="utf-8")
        environ = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(REPOSITORY),
            "GITHUB_API_URL": self.api.address,
            "GITHUB_EVENT_NAME": event_name,
            "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REF_NAME": "main",
            "GITHUB_REPOSITORY": "valley/calendar",
            "GITHUB_SHA": "2" * 40,
            "GITHUB_STEP_SUMMARY": str(self.folder.parent / "summary.md"),
            **{name: self._said(value, given) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            [*BASH, "-c", step["run"]],
            cwd=self.folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.log += done.stdout + done.stderr
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)
        return done.returncode == 0

    def _holds(self, condition: str, given: dict[str, str]) -> bool:
        for part in filter(None, condition.split(" && ")):
            left, sign, right = part.split(" ")
            if (self._value(left, given) == right.strip("'")) != (sign == "=="):
                return False
        return True

    def _said(self, text: str, given: dict[str, str]) -> str:
        said = re.sub(r"\$\{\{ (.*?) \}\}", lambda match: self._value(match[1], given), str(text))
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: self._value(match[1], given), said)

    def _value(self, expression: str, given: dict[str, str]) -> str:
        match expression.split("."):
            case ["inputs", name]:
                return given[name]
            case ["github", "event_name"]:
                return self.event_name
            case ["github", "token"]:
                return "secret-token"
            case ["steps", name, "outputs", output]:
                return self.outputs.get(name, {}).get(output, "")
            case _:
                raise ValueError(expression)


def test_the_site_is_compiled_and_uploaded(job: Job) -> None:
    green = job.run("schedule", {}, first="true")

    assert green, job.log
    assert job.used[UPLOAD]["path"] == "./_site"
    assert len(open_site(job.folder / "_site").events) == 2


def test_the_public_site_is_published_as_files_and_uploaded_for_pages(job: Job) -> None:
    """Nothing is uploaded of a pull request, whose site is made all the same."""
    green = job.run("pull_request", PULL, publish="public", first="true", comment="false")

    assert green, job.log
    assert (job.folder / "public/feeds/all.ics").is_file()
    assert PAGES not in job.used

    green = job.run("push", PUSH, publish="public", artifact="", comment="false")

    assert green, job.log
    assert job.used[PAGES] == {"path": "public"}


@pytest.mark.sweep(cases=0)
def test_the_site_before_is_taken_into_account(job: Job) -> None:
    """A public event that is gone since is an error that prints the line to add."""
    before = job.folder.parent / "before"
    lay(before, {"calendars/bakery.yaml": BAKERY.replace("id: assembly", "id: general-assembly")})
    command = [sys.executable, "-m", "coopcal", "--root", str(before), "compile"]
    subprocess.run(command, check=True, capture_output=True)
    (site,) = (before / "_site/versions").iterdir()
    green = job.run("schedule", {}, previous=str(before / "_site"))

    assert site.is_dir()
    assert not green
    assert "removed: [general-assembly]" in job.log


def test_errors_are_marked_told_and_make_the_job_red(job: Job) -> None:
    lay(job.folder, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "12.9.2026")})
    green = job.run("pull_request", PULL)

    assert not green
    assert "::error file=calendars/bakery.yaml,line=8,col=11," in job.log
    (sent,) = job.api.sent("POST")
    assert sent[0] == COMMENTS
    assert "calendars/bakery.yaml:8:11: error:" in sent[1]["body"]
    assert UPLOAD not in job.used
    assert not (job.folder / "_site/current").exists()


@pytest.mark.sweep(cases=0)
def test_a_fork_whose_token_only_reads_has_all_of_it_in_the_summary(job: Job) -> None:
    job.api.answers = {}
    lay(job.folder, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "12.9.2026")})
    green = job.run("pull_request", PULL)

    assert not green
    assert "until they are mended" in (job.folder.parent / "summary.md").read_text(encoding="utf-8")


def obeyed(log: str) -> list[str]:
    """Return the lines of a log that GitHub's runner takes for commands."""
    found, stopped = [], None
    for line in re.split(r"[\r\n\x85\u2028\u2029]", log):
        newer = re.match(r"\s*::(.*?)::", line)
        older = re.search(r"##\[(.*?)\]", line)
        if stopped is not None:
            stopped = None if newer and newer[1] == stopped else stopped
        elif newer and newer[1] == "stop-commands":
            stopped = line.split("::")[2]
        elif newer or older:
            found.append(line)
    return found


@pytest.mark.sweep(cases=0)
def test_what_the_files_say_is_no_command_to_the_runner(job: Job) -> None:
    """Lines that are quoted from the files when it is compiled, as a warning is shown."""
    wrong = "title: Open {0} day\n    when: 2026-09-13\n    tags: ['##[add-mask]x ::add-mask::y']"
    text = BAKERY.replace(
        "title: {en: Open day, fr: Portes ouvertes}\n    when: 2026-09-12", wrong.format("")
    )
    lay(job.folder, {"calendars/bakery.yaml": text.replace("    tags: [open-doors]\n", "")})
    job.run("schedule", {}, first="true")

    assert "##[add-mask]x" in job.log
    assert [line for line in obeyed(job.log) if not re.match("::(error|warning|notice) ", line)] == []


def test_no_module_of_the_checkout_is_run_when_coopcal_is_installed(tmp_path: Path) -> None:
    """Neither by the Action nor by the file for GitLab; the installer is asked for its version instead."""
    for name in ("pip.py", "pip/__main__.py", "pip/__init__.py", "sitecustomize.py", "coopcal.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("open('pwned', 'w')\nraise SystemExit(0)\n", encoding="utf-8")
    gitlab = yaml.safe_load((REPOSITORY / "ci/gitlab.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if step.get("id") == "install"]
    scripts += gitlab[".coopcal"]["before_script"]
    environ = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GITHUB_ACTION_PATH": str(REPOSITORY),
        "COOPCAL_PACKAGE": "coopcal",
    }
    for script in scripts:
        asked = re.sub(r"pip install .*", "pip --version", script)
        done = subprocess.run(
            [*BASH, "-c", asked], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )

        assert asked != script
        assert done.stdout.startswith("pip "), done.stderr
    assert len(scripts) == 2
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.skipif("diff" not in main.commands, reason="coopcal diff is not part of this version")
@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("name", ["pull_request", "push"])
def test_what_subscribers_will_see_is_told(job: Job, name: str) -> None:
    """On the pull request, or on the commit that was made straight to the main branch."""
    before = git(job.folder, "rev-parse", "HEAD^1")
    commit = f"/repos/valley/calendar/commits/{'2' * 40}"
    job.api.answers |= {
        ("GET", f"{commit}/pulls"): (200, []),
        ("GET", f"{commit}/comments"): (200, []),
        ("POST", f"{commit}/comments"): (201, {}),
    }
    pull = {"pull_request": {"number": 7, "base": {"sha": before}}}
    green = job.run(name, pull if name == "pull_request" else PUSH | {"before": before}, first="true")

    assert green, job.log
    (sent,) = job.api.sent("POST")
    assert sent[0] == (COMMENTS if name == "pull_request" else f"{commit}/comments")
    assert "Open day" in sent[1]["body"]


@pytest.mark.sweep(cases=0)
def test_a_root_with_signs_of_the_shell_is_a_name(job: Job) -> None:
    """Values reach the steps by the environment alone."""
    root = "a $(touch pwned) 'b'; c"
    lay(job.folder / root)
    green = job.run("schedule", {}, root=root, first="true")

    assert green, job.log
    assert (job.folder / root / "_site/current").is_file()
    assert not list(job.folder.rglob("pwned"))


def test_a_form_becomes_a_pull_request(job: Job) -> None:
    upstream = job.folder.parent / "upstream.git"
    git(job.folder, "clone", "--quiet", "--bare", ".", str(upstream))
    git(job.folder, "remote", "add", "origin", str(upstream))
    comments = "/repos/valley/calendar/issues/12/comments"
    job.api.answers = {
        ("GET", comments): (200, []),
        ("POST", comments): (201, {}),
        ("GET", PULLS): (200, []),
        ("POST", PULLS): (201, {}),
    }
    green = job.run("issues", issue(body_of(FILLED)), task="event")

    assert green, job.log
    assert [path for path, _ in job.api.sent("POST")] == [PULLS, comments]
    assert "open-day-2026" in git(upstream, "show", "event/issue-12:calendars/bakery.yaml")
    assert not (job.folder / "_site").exists()


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("answered", [True, False])
def test_what_a_form_says_is_no_command_to_the_runner(job: Job, *, answered: bool) -> None:
    """Neither where the issue is answered nor where only the log is left."""
    job.api.answers = {("POST", "/repos/valley/calendar/issues/12/comments"): (201, {})} if answered else {}
    form = body_of(replace(FILLED, organisation="##[add-mask]a ::add-mask::b", title="::error::x"))
    job.run("issues", issue(form), task="event")

    assert "add-mask" in job.log
    assert obeyed(job.log) == []
