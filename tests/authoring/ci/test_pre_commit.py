"""The hook for pre-commit, by the real one: it installs coopcal from a repository and stops commits with errors."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.trees import BAKERY, lay

REPOSITORY = Path(__file__).parents[3]
WHOLE = ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with somebody to commit as."""
    named = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    environ = os.environ | dict.fromkeys(named, "ana@example.org") | variables
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=500, check=False
    )


def committed(folder: Path) -> str:
    """Make a repository of a folder, and return its commit."""
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "first")):
        assert run(folder, "git", *command).returncode == 0
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.mark.sweep(cases=0)
def test_a_commit_with_errors_is_stopped_and_one_without_is_not(tmp_path: Path) -> None:
    """The hook is installed by pip, so that PyPI must be reached; where CI=true, that it cannot be is a failure."""
    hooks, site, home = tmp_path / "coopcal", tmp_path / "site", str(tmp_path / "home")
    for name in WHOLE:
        copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
        hooks.mkdir(exist_ok=True)
        copy(REPOSITORY / name, hooks / name)
    revision = committed(hooks)
    lay(site)
    config = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: coopcal-check\n"
    (site / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    committed(site)
    pre_commit = (sys.executable, "-m", "pre_commit")
    installed = run(site, *pre_commit, "install", "--install-hooks", PRE_COMMIT_HOME=home)
    if installed.returncode != 0 and os.environ.get("CI") != "true":
        pytest.skip(f"the hook cannot be installed: {installed.stdout[-300:]}")
    assert installed.returncode == 0, installed.stdout

    lay(site, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "12.9.2026")})
    stopped = run(site, "git", "commit", "--all", "--message", "wrong", PRE_COMMIT_HOME=home)
    lay(site, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-09-13")})
    let = run(site, "git", "commit", "--all", "--message", "right", PRE_COMMIT_HOME=home)

    assert stopped.returncode == 1
    assert "calendars/bakery.yaml:8:11: error:" in stopped.stdout + stopped.stderr
    assert let.returncode == 0, let.stderr
    assert run(site, "git", "log", "--format=%s").stdout.split() == ["right", "first"]
