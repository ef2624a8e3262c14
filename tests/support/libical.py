"""Asks libical, Evolution's reader of iCalendar, through a small C program (tests/libical/read.c)."""

import atexit
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from tests.support.programs import skip_or_fail

SOURCE = Path(__file__).resolve().parent.parent / "libical/read.c"
_PATIENCE = 300  # seconds
_INSTALL = "Debian: apt install gcc libc6-dev libical-dev pkg-config"

Row = tuple[str, int | str, int | str, str, str]
"""UID, start, end (seconds since 1970, or a day), status or ``-``, summary."""


def missing() -> str | None:
    """Tell what the reader lacks on this machine, and how to get it; None if it lacks nothing."""
    for tool in ("gcc", "pkg-config"):
        if shutil.which(tool) is None:
            return f"libical was NOT asked: there is no {tool} here ({_INSTALL})"
    if subprocess.run(["pkg-config", "--exists", "libical"], check=False).returncode:
        return f"libical was NOT asked: it is not installed ({_INSTALL})"
    return None


def require() -> None:
    """Skip the running test, telling why, if the reader cannot run; where CI=true, fail it."""
    skip_or_fail(missing())


@lru_cache(maxsize=1)
def _program() -> Path:
    folder = Path(mkdtemp(prefix="coopcal-libical-"))
    atexit.register(shutil.rmtree, folder)
    program = folder / "read"
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "libical"], capture_output=True, text=True, check=True
    ).stdout.split()
    subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, SOURCE, *flags], check=True)
    return program


def ask(feeds: Sequence[bytes], first: int, last: int) -> list[list[Row]]:
    """Return what takes place in each feed between two moments (seconds since 1970)."""
    require()
    request = b"".join(b"%d %d %d\n%b" % (len(feed), first, last, feed) for feed in feeds)
    done = subprocess.run([_program()], input=request, capture_output=True, timeout=_PATIENCE, check=True)
    answers: list[list[Row]] = [[]]
    for line in done.stdout.decode().split("\n")[:-1]:
        if line == ".":
            answers.append([])
            continue
        uid, start, end, status, summary = line.split("\t")
        answers[-1].append((uid, _moment(start), _moment(end), status, summary))
    assert len(answers) == len(feeds) + 1, done.stderr
    return answers[:-1]


def _moment(text: str) -> int | str:
    return text if "-" in text[1:] else int(text)
