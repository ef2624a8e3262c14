"""Asks programs under Node.js that we did not write: here ical.js, a reader of iCalendar (tests/node/read.mjs)."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.programs import skip_or_fail

READERS = Path(__file__).resolve().parent.parent / "node"
_PATIENCE = 120  # seconds


def missing(readers: Path = READERS, package: str = "ical.js") -> str | None:
    """Tell what a package lacks on this machine, and how to get it; None if it lacks nothing."""
    if shutil.which("node") is None:
        return f"{package} was NOT asked: there is no Node.js here (Debian: apt install nodejs npm)"
    if not (readers / "node_modules" / package).is_dir():
        return f"{package} was NOT asked: its package is not installed (npm ci --prefix tests/node)"
    return None


def require(readers: Path = READERS, package: str = "ical.js") -> None:
    """Skip the running test, telling why, if a package cannot run; where CI=true, fail it."""
    skip_or_fail(missing(readers, package))


def ask_about_feeds(documents: Sequence[str]) -> list[Any]:
    """Return what another reader makes of Atom and RSS documents (tests/node/feeds.mjs)."""
    require(package="@rowanmanning/feed-parser")
    return _run("feeds.mjs", documents)


def ask(requests: Sequence[Mapping[str, object]]) -> list[Any]:
    """Return the reader's answer to every request; what can be asked is told in read.mjs."""
    require()
    return _run("read.mjs", requests)


def call(scripts: Sequence[str], name: str, arguments: Sequence[Sequence[object]]) -> list[Any]:
    """Return what a function of scripts of pages gives for each list of arguments (tests/node/call.mjs)."""
    if shutil.which("node") is None:
        skip_or_fail(
            "Scripts of pages were NOT called: there is no Node.js here (Debian: apt install nodejs npm)"
        )
    answers: list[Any] = _run("call.mjs", {"scripts": scripts, "name": name, "arguments": arguments})
    return answers


def _run(script: str, requests: object) -> list[Any]:
    done = subprocess.run(
        ["node", script],
        cwd=READERS,
        input=json.dumps(requests),
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers
