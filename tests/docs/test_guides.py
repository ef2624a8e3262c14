"""The guides' examples are run: whole files, laid one after the other into a small site, as a reader would."""

import re
from pathlib import Path

import pytest
import yaml
from tests.support.trees import NOW

from coopcal.authoring.ci.templates import templates
from coopcal.authoring.report import render
from coopcal.compile.pipeline import check
from coopcal.model.problem import Severity

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w*) ?(\S*) ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SITE = "title: Example\nuid_domain: example.coop\nlanguages: [en, fr]\ntimezone: Europe/Brussels\n"


def blocks(page: str) -> list[tuple[str, str, str, str]]:
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("page", "files"), [("first-event.md", 4), ("coming-from.md", 6)])
def test_each_file_of_a_guide_is_without_errors_unless_it_shows_one(
    page: str, files: int, tmp_path: Path
) -> None:
    """What is shown below a wrong file is what ``check`` says of it."""
    (tmp_path / "coopcal.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "calendars").mkdir()
    found, said = 0, ""
    for kind, path, wrong, text in blocks(page):
        if kind == "text":
            assert text in said
        if kind != "yaml":
            continue
        found += 1
        (tmp_path / path).write_text(text, encoding="utf-8")
        checked = check(tmp_path, NOW)
        errors = [each for each in checked.problems if each.severity is not Severity.NOTE]
        said = render(errors, checked.texts, "text")

        assert bool(errors) == bool(wrong), said
    assert found == files


def test_guides_show_what_their_errors_look_like() -> None:
    assert [kind for kind, *_ in blocks("first-event.md")].count("text") == 1


def test_the_pages_tell_the_workflows_and_inputs_that_there_are() -> None:
    """The Action's inputs stand in the table in order, and the workflow shown is the template without its extras."""
    page = (DOCS / "ci.md").read_text(encoding="utf-8")
    action = yaml.safe_load((DOCS.parent / "action.yml").read_text(encoding="utf-8"))
    shown = next(yaml.safe_load(text) for kind, _, _, text in blocks("ci.md") if "pull_request:\n" in text)
    whole = yaml.safe_load(templates("github")[".github/workflows/calendar.yml"])
    table = page[page.index("| input |") : page.index("- Problems are marked")]

    assert re.findall(r"^\| `([\w-]+)`", table, re.MULTILINE) == list(action["inputs"])
    assert shown["permissions"] == whole["permissions"]
    assert shown["jobs"]["calendar"]["steps"] == whole["jobs"]["calendar"]["steps"]
    assert shown[True]["schedule"] == whole[True]["schedule"]


def test_the_pages_tell_the_variables_that_gitlab_takes() -> None:
    page = (DOCS / "ci.md").read_text(encoding="utf-8")
    pipeline = yaml.safe_load((DOCS.parent / "ci/gitlab.yml").read_text(encoding="utf-8"))

    for name in pipeline["variables"]:
        assert f"| `{name}` |" in page
