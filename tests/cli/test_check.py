"""``coopcal check``: every problem of every file in one run."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.trees import BAKERY, lay
from tests.support.web import serving

from coopcal.cli import main

SIXTY = Path(__file__).parents[1] / "golden/check/sixty"
NOW = "2026-06-01T12:00:00Z"


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "check", "--now", NOW, *arguments])


def test_a_folder_of_broken_files_gives_every_problem_with_its_place_and_mend(tmp_path: Path) -> None:
    """Each file of the case has a mistake that people make; the whole report is held."""
    shutil.copytree(SIXTY / "source", tmp_path / "source")
    done = check(tmp_path / "source")

    assert done.exit_code == 1
    assert done.output == (SIXTY / "expected.txt").read_text(encoding="utf-8")


def test_a_report_for_machines_has_the_same_problems(tmp_path: Path) -> None:
    """JSON has the keys that docs/problems.md names; GitHub marks lines."""
    shutil.copytree(SIXTY / "source", tmp_path / "source")
    problems = json.loads(check(tmp_path / "source", "--format", "json").output)
    annotations = check(tmp_path / "source", "--format", "github").output.splitlines()

    assert len(problems) == len(annotations)
    assert len({problem["path"] for problem in problems}) >= 60
    assert set(problems[0]) == {
        "path",
        "line",
        "column",
        "end_column",
        "severity",
        "code",
        "message",
        "mend",
        "fix",
    }
    assert annotations[0].startswith("::error file=calendars/01-tab.yaml,line=3,col=1,")


def test_annotations_name_files_from_where_the_command_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub looks for them from the top of the repository, and the site may lie in a folder there."""
    shutil.copytree(SIXTY / "source", tmp_path / "events")
    monkeypatch.chdir(tmp_path)

    assert check(Path("events"), "--format", "github").output.startswith(
        "::error file=events/calendars/01-tab.yaml,"
    )


def test_a_path_limits_what_is_shown(tmp_path: Path) -> None:
    """The whole tree is read all the same."""
    shutil.copytree(SIXTY / "source", tmp_path / "source")
    problems = json.loads(
        check(tmp_path / "source", "--format", "json", str(tmp_path / "source/feeds")).output
    )

    assert {problem["path"].split("/")[0] for problem in problems} == {"feeds"}


def test_exit_codes(tmp_path: Path) -> None:
    """0: no errors; 1: errors; 2: could not run."""
    root = lay(tmp_path / "site")

    assert check(root).exit_code == 0
    assert check(root, "no-such-file").exit_code == 2
    assert check(tmp_path / "nowhere").exit_code == 2
    assert check(tmp_path).exit_code == 1

    lay(root, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-02-31")})

    assert check(root).exit_code == 1


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfen\x00a\x00", b"name: \xe9t\xe9\n", b"name: a\x00b\n", b"\x1b[31m", b"\r\r\r", b"%" * 4000],
)
def test_odd_bytes_are_problems(tmp_path: Path, content: bytes) -> None:
    """Never a traceback."""
    root = lay(tmp_path)
    (root / "calendars/odd.yaml").write_bytes(content)
    done = check(root)

    assert done.exit_code == 1
    assert "calendars/odd.yaml:" in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_marks_and_line_ends_of_other_systems_are_read(tmp_path: Path) -> None:
    """A byte order mark and CRLF are what some editors write."""
    root = lay(tmp_path)
    (root / "calendars/bakery.yaml").write_bytes(b"\xef\xbb\xbf" + BAKERY.replace("\n", "\r\n").encode())

    assert check(root).exit_code == 0


def test_files_that_are_none_are_problems(tmp_path: Path) -> None:
    """Pipes, loops, links that leave the tree, folders, huge files: told at once, without a hang."""
    root = lay(tmp_path / "site")
    calendars = root / "calendars"
    os.mkfifo(calendars / "pipe.yaml")
    (calendars / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "outside.yaml").write_text("name: Outside\n", encoding="utf-8")
    (calendars / "outside.yaml").symlink_to(tmp_path / "outside.yaml")
    (calendars / "device.yaml").symlink_to("/dev/zero")
    (calendars / "dangling.yaml").symlink_to("nothing.yaml")
    with (calendars / "huge.yaml").open("wb") as huge:
        huge.truncate(50_000_000)
    (calendars / "deep.yaml").write_text("a: " + "[" * 100_000, encoding="utf-8")
    (calendars / "circle").symlink_to(".")
    problems = json.loads(check(root, "--format", "json").output)
    codes = {problem["path"]: problem["code"] for problem in problems if problem["severity"] == "error"}

    assert codes == {
        "calendars/pipe.yaml": "no-file",
        "calendars/loop.yaml": "link-loop",
        "calendars/outside.yaml": "link-leaves-tree",
        "calendars/device.yaml": "link-leaves-tree",
        "calendars/dangling.yaml": "unreadable",
        "calendars/huge.yaml": "too-large",
        "calendars/deep.yaml": "too-deep",
        "calendars/circle": "link-loop",
    }


def test_checks_are_left_out_or_run_alone(tmp_path: Path) -> None:
    """By their codes; errors are always shown, and a code that is none is told with the nearest."""
    long = BAKERY.replace("General assembly", "a" * 81).replace(
        "{lat: 51.05, lon: 3.72}", "{lat: 3.72, lon: 51.05}"
    )
    root = lay(tmp_path, {"calendars/bakery.yaml": long + "  - {id: x, title: X, when: 2026-02-31}\n"})

    def codes(*options: str) -> list[str]:
        return [each["code"] for each in json.loads(check(root, "--format", "json", *options).output)]

    assert codes() == ["long-title", "country-and-position", "files-are-not-hidden", "no-such-day"]
    assert codes("--without", "long-title", "--without", "country-and-position") == [
        "files-are-not-hidden",
        "no-such-day",
    ]
    assert codes("--only", "long-title") == ["long-title", "no-such-day"]
    done = check(root, "--without", "bad-date")

    assert done.exit_code == 2
    assert (
        "bad-date is no check that can be switched; what guards the format is always an error" in done.output
    )
    assert "did you mean “long-title”?" in check(root, "--only", "long-titel").output


def test_what_is_asked_for_by_name_is_on(tmp_path: Path) -> None:
    """Even where the site has it off; how much it matters stays as the site says otherwise."""
    long = BAKERY.replace("General assembly", "a" * 81)
    for word, severity in (("off", "note"), ("warning", "warning")):
        site = f"uid_domain: example.coop\ntimezone: Europe/Brussels\nchecks: {{long-title: {word}}}\n"
        root = lay(tmp_path / word, {"coopcal.yaml": site, "calendars/bakery.yaml": long})
        problems = json.loads(check(root, "--format", "json", "--only", "long-title").output)

        assert [(each["code"], each["severity"]) for each in problems] == [("long-title", severity)]


def test_a_check_that_is_made_an_error_stops_publishing(tmp_path: Path) -> None:
    """As any error does."""
    site = "uid_domain: example.coop\ntimezone: Europe/Brussels\nchecks: {long-title: error}\n"
    root = lay(
        tmp_path,
        {"coopcal.yaml": site, "calendars/bakery.yaml": BAKERY.replace("General assembly", "a" * 81)},
    )

    assert check(root).exit_code == 1
    assert CliRunner().invoke(main, ["--root", str(root), "compile", "--now", NOW]).exit_code == 1
    assert not (root / "_site/current").exists()


def test_dead_links_are_told_where_they_stand_and_only_online(tmp_path: Path) -> None:
    """Each place of an address, which is asked for once, without the part of the page."""
    with serving({"/well": (200, "")}) as web:
        links = f"[{{label: A, url: '{web.root}/well#part'}}, {{label: B, url: '{web.root}/dead'}}]"
        head = "name: The Bakery\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12\n"
        text = f"{head}    links: {links}\n    description: See [that]({web.root}/dead).\n"
        root = lay(tmp_path, {"calendars/bakery.yaml": text})

        assert "dead-link" not in check(root).output
        assert web.asked == []
        assert "dead-link" not in check(root, "--online", "--without", "dead-link").output
        assert web.asked == []

        problems = json.loads(check(root, "--online", "--format", "json", "--only", "dead-link").output)

        line = text.count("\n") - 1
        assert [(each["line"], each["column"]) for each in problems] == [
            (line, text.split("\n")[line - 1].index(f"{web.root}/dead") + 1),
            (line + 1, 29),
        ]
        assert {each["message"] for each in problems} == {
            "The link does not work: there is no such page (404)"
        }
        assert web.asked == [("HEAD", "/well"), ("HEAD", "/dead"), ("GET", "/dead")]


def test_the_calendars_of_this_repository_start_in_silence(tmp_path: Path) -> None:
    """Whoever tries coopcal sees the address of the site, and not what was known all along."""
    repository = Path(__file__).parents[2]
    for name in ("calendars", "feeds", "files"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy2(repository / "coopcal.yaml", tmp_path)
    done = check(tmp_path)

    assert done.exit_code == 0
    assert done.output.startswith("All is well: ")
    assert done.output.count("\n") == 1
