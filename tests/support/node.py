"""Asks ical.js, a reader of iCalendar that we did not write, under Node.js (tests/node/read.mjs)."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

READERS = Path(__file__).resolve().parent.parent / "node"
_PATIENCE = 120  # seconds


def missing(readers: Path = READERS) -> str | None:
    """Tell what the readers lack on this machine, and how to get it; None if they lack nothing."""
    if shutil.which("node") is None:
        return "ical.js was NOT asked: there is no Node.js here (Debian: apt install nodejs npm)"
    if not (readers / "node_modules" / "ical.js").is_dir():
        return "ical.js was NOT asked: its package is not installed (npm ci --prefix tests/node)"
    return None


def require(readers: Path = READERS) -> None:
    """Skip the running test, telling why, if the readers cannot run; where CI=true, fail it."""
    reason = missing(readers)
    if reason is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def ask(requests: Sequence[Mapping[str, object]]) -> list[Any]:
    """Give the reader's answer to every request; what can be asked is told in read.mjs."""
    require()
    done = subprocess.run(
        ["node", "read.mjs"],
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
