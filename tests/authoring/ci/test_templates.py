"""What GitHub and GitLab read is as their published schemas want it, and keeps its promises."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from coopcal.authoring.ci.form import LABELS, NEEDED
from coopcal.authoring.ci.templates import templates

REPOSITORY = Path(__file__).parents[3]
GITHUB, GITLAB = templates("github"), templates("gitlab")
FORM = ".github/ISSUE_TEMPLATE/event.yml"
OURS = {
    "action.yml": (REPOSITORY / "action.yml").read_text(encoding="utf-8"),
    "ci/gitlab.yml": (REPOSITORY / "ci/gitlab.yml").read_text(encoding="utf-8"),
}
SCHEMAS = {
    "action.yml": "github-actions",
    "ci/gitlab.yml": "gitlab-ci",
    ".gitlab-ci.yml": "gitlab-ci",
    FORM: "github-issue-forms",
    ".github/workflows/calendar.yml": "github-workflows",
    ".github/workflows/event-from-form.yml": "github-workflows",
}
TEXTS = OURS | GITHUB | GITLAB


def test_every_file_has_its_schema() -> None:
    assert set(SCHEMAS) == set(TEXTS)


@pytest.mark.sweep(cases=2)
@pytest.mark.parametrize("path", SCHEMAS)
def test_files_are_as_their_schemas_want_them(path: str, tmp_path: Path) -> None:
    """And one with a misspelt key is not, so the schema is at work."""
    file = tmp_path / "file.yml"
    schema = f"vendor.{SCHEMAS[path]}"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    codes = []
    for text in (
        TEXTS[path],
        re.sub(r"^(runs|jobs|body|  script|include):", "- wrong", TEXTS[path], flags=re.MULTILINE),
    ):
        file.write_text(text, encoding="utf-8")
        codes.append(subprocess.run(command, capture_output=True, check=False).returncode)

    assert codes[0] == 0
    assert codes[1] != 0


def test_the_form_asks_what_is_read() -> None:
    fields = [each for each in yaml.safe_load(GITHUB[FORM])["body"] if each["type"] != "markdown"]

    assert {each["id"]: each["attributes"]["label"] for each in fields} == LABELS
    assert tuple(each["id"] for each in fields if each.get("validations", {}).get("required")) == NEEDED


def test_no_command_holds_what_others_wrote() -> None:
    """Expressions stand in ``env`` and ``with`` alone, so that no value is ever part of a script."""
    found = []
    for path, text in TEXTS.items():
        for step in steps_of(yaml.safe_load(text)):
            found.append(path)
            assert "${{" not in step["run"]
    assert len(found) >= 6


def steps_of(node: object) -> list[dict[str, str]]:
    """Return everything that has a script."""
    if isinstance(node, dict):
        own = [node] if isinstance(node.get("run"), str) else []
        return own + [step for each in node.values() for step in steps_of(each)]
    return [step for each in node for step in steps_of(each)] if isinstance(node, list) else []


def test_no_code_of_a_request_runs_with_a_secret() -> None:
    for path in GITHUB:
        text = GITHUB[path]
        assert "pull_request_target" not in text
        assert "secrets." not in text
    permissions = yaml.safe_load(GITHUB[".github/workflows/calendar.yml"])["permissions"]
    assert permissions == {"contents": "read", "pull-requests": "write"}


def test_what_publishes_runs_no_code_of_a_request() -> None:
    """Only the job that may write pages does, and all that it does is to put in place what was uploaded."""
    jobs = yaml.safe_load(GITHUB[".github/workflows/calendar.yml"])["jobs"]

    assert jobs["pages"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["pages"]["if"] == "github.event_name != 'pull_request'"
    assert [step["uses"].partition("@")[0] for step in jobs["pages"]["steps"]] == ["actions/deploy-pages"]
    assert "permissions" not in jobs["calendar"]


def test_each_day_is_compiled_anew() -> None:
    """PyYAML reads the key ``on`` as a truth; a schedule of five fields names a time of every day."""
    workflow = yaml.safe_load(GITHUB[".github/workflows/calendar.yml"])

    assert re.fullmatch(r"\d+ \d+ \* \* \*", workflow[True]["schedule"][0]["cron"])


def test_a_wheel_holds_the_templates(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()

    for host, paths in (("github", GITHUB), ("gitlab", GITLAB)):
        assert {f"coopcal/authoring/ci/templates/{host}/{path}" for path in paths} <= set(names)
