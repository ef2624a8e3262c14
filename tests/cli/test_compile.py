"""``coopcal compile``: its options and its exit codes."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.trees import BAKERY, SITE, lay

from coopcal.cli import main
from coopcal.site.reader import open_site

NOW = "2026-06-01T12:00:00Z"


def coopcal(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *arguments])


def test_it_says_what_it_published_unless_told_to_be_quiet(tmp_path: Path) -> None:
    """Two public events in the combined feed and the organisation's own."""
    root = lay(tmp_path)
    told = coopcal(root, "compile", "--now", NOW)
    quiet = coopcal(root, "--quiet", "compile", "--now", NOW)

    assert told.stdout == f"Published 2 events in 2 feeds to {root / '_site'}.\n"
    assert (told.exit_code, quiet.exit_code, quiet.output) == (0, 0, "")


def test_the_instant_is_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--now`` goes before SOURCE_DATE_EPOCH, and that before the clock."""
    root = lay(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    coopcal(root, "compile")
    by_epoch = open_site(root / "_site").manifest.compiled_at.isoformat()
    coopcal(root, "compile", "--now", NOW)

    assert by_epoch == "2026-01-01T00:00:00+00:00"
    assert open_site(root / "_site").manifest.compiled_at.isoformat() == "2026-06-01T12:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "epoch", "said"),
    [
        (("--now", "tomorrow"), None, "2026-06-01T12:00:00Z"),
        ((), "soon", "SOURCE_DATE_EPOCH"),
        ((), "99999999999999999999", "SOURCE_DATE_EPOCH"),
    ],
)
def test_an_instant_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], epoch: str | None, said: str
) -> None:
    """As wrong usage, with what to write."""
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = coopcal(lay(tmp_path), "compile", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "_site/current").exists()


def test_errors_publish_nothing_and_leave_the_site_before(tmp_path: Path) -> None:
    """Exit code 1, and every problem with its place."""
    root = lay(tmp_path)
    coopcal(root, "compile", "--now", NOW)
    before = open_site(root / "_site").version
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-02-31")})
    done = coopcal(root, "compile", "--now", NOW)

    assert done.exit_code == 1
    assert "calendars/bakery.yaml:8:19: error:" in done.stderr
    assert "Nothing was published" in done.stderr
    assert open_site(root / "_site").version == before


def test_a_site_before_that_is_lost_is_asked_for(tmp_path: Path) -> None:
    """A wrong ``--previous`` would make every SEQUENCE begin anew; only ``--first`` says that it may."""
    root = lay(tmp_path)
    refused = coopcal(root, "compile", "--now", NOW, "--previous", str(tmp_path / "nowhere"))
    first = coopcal(root, "compile", "--now", NOW, "--previous", str(tmp_path / "nowhere"), "--first")

    assert refused.exit_code == 1
    assert "[no-previous-site]" in refused.stderr
    assert "--first" in refused.stderr
    assert first.exit_code == 0
    assert "warning: The site published before cannot be read" in first.stderr
    assert "begins anew, as --first says" in first.stderr
    again = coopcal(root, "compile", "--now", NOW, "--first")
    assert again.exit_code == 0
    assert "begins anew" not in again.stderr


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Exit code 2: it could not run."""
    root = lay(tmp_path)
    (root / "blocked").write_text("a file, where a folder is wanted", encoding="utf-8")
    done = coopcal(root, "compile", "--out", str(root / "blocked" / "site"))

    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
    assert "; nothing was published" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    """The same for a folder that is another's."""
    root = lay(tmp_path)
    (root / "locked").mkdir(mode=0o500)

    assert coopcal(root, "compile", "--out", str(root / "locked" / "site")).exit_code == 2


def test_advice_on_how_sources_are_kept_is_given_by_check_alone(tmp_path: Path) -> None:
    """It is the same at each compile; where a site takes it for more than a note, a compile tells it."""
    noted = BAKERY.replace("    when: 2026-09-12\n", "    when: 2026-09-12\n    note: Ask Ana.\n")
    root = lay(tmp_path, {"calendars/bakery.yaml": noted})
    codes = ("[files-are-not-hidden]", "[note-in-file]")
    checked = coopcal(root, "check", "--now", NOW)

    assert [code in checked.output for code in codes] == [True, True]
    for _ in range(2):
        compiled = coopcal(root, "compile", "--now", NOW)
        assert [code in compiled.output for code in codes] == [False, False]
        assert "note" not in compiled.output
    lay(root, {"calendars/bakery.yaml": noted, "coopcal.yaml": f"{SITE}checks: {{note-in-file: warning}}\n"})
    compiled = coopcal(root, "compile", "--now", NOW)
    assert [code in compiled.output for code in codes] == [False, True]
