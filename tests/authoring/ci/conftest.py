"""A job on GitHub and a runner on GitLab, each in a repository of its own, with a server in place of the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.authoring.ci.test_action import Job
from tests.authoring.ci.test_github import COMMENTS, git
from tests.authoring.ci.test_gitlab import Runner
from tests.support.forge import forge
from tests.support.trees import BAKERY, lay


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository whose last commit moved an event."""
    root = lay(tmp_path / "work")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-09-13")})
    git(root, "commit", "--quiet", "--all", "--message", "second")
    return root


@pytest.fixture
def job(repository: Path) -> Iterator[Job]:
    """Return a job on GitHub."""
    with forge() as api:
        api.answers = {("GET", COMMENTS): (200, []), ("POST", COMMENTS): (201, {})}
        yield Job(repository, api)


@pytest.fixture
def runner(repository: Path) -> Iterator[Runner]:
    """Return a runner on GitLab."""
    with forge() as api:
        yield Runner(repository, api)
