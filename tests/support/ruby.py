"""Asks the Ruby gem icalendar, with which Rails and Jekyll sites read feeds (tests/ruby/read.rb)."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tests.support.programs import skip_or_fail

READER = Path(__file__).resolve().parent.parent / "ruby/read.rb"
_PATIENCE = 300  # seconds
_INSTALL = "Debian: apt install ruby ruby-icalendar"

Row = tuple[str, int | str | None, int | str, int | str]
"""UID, original start of a date of a series, start, end: seconds since 1970, or a day."""


@lru_cache(maxsize=1)
def missing() -> str | None:
    """Return what the reader lacks on this machine, and how to get it; None if it lacks nothing."""
    if shutil.which("ruby") is None:
        return f"the Ruby gem icalendar was NOT asked: there is no ruby here ({_INSTALL})"
    if subprocess.run(["ruby", "-e", "require 'icalendar'"], capture_output=True, check=False).returncode:
        return f"the Ruby gem icalendar was NOT asked: it is not installed ({_INSTALL})"
    return None


def require() -> None:
    """Skip the running test, telling why, if the reader cannot run; where CI=true, fail it."""
    skip_or_fail(missing())


def ask(feeds: Sequence[bytes], clock: str = "UTC") -> list[list[Row] | str]:
    """Return the events of each feed, or why it was refused; ``clock`` is the zone of the machine that reads."""
    require()
    done = subprocess.run(
        ["ruby", READER],
        input=json.dumps([feed.decode() for feed in feeds]),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "TZ": clock, "LC_ALL": "C.UTF-8"},
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        answer["error"] if isinstance(answer, dict) else [(row[0], row[1], row[2], row[3]) for row in answer]
        for answer in json.loads(done.stdout)
    ]
