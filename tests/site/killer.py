"""Compiles a tree again and again and kills each compile at a random moment; run by test_killed.py.

Usage: killer.py ROOT ROUNDS SEED. After each kill, what a fresh start would read is checked; prints the count of
rounds, and of those in which the compile had already come to its end.
"""

import hashlib
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import open_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def change(root: Path, number: int) -> None:
    """Return every event another title, so that each compile writes a new site."""
    source = (root / "template.yaml").read_text(encoding="utf-8")
    (root / "calendars/bakery.yaml").write_text(source.replace("NUMBER", str(number)), encoding="utf-8")


def whole(out: Path) -> set[str]:
    """Hold that the site is whole, and return the numbers its events carry: one, or it would be a mixture."""
    site = open_site(out)
    for feed in site.feeds.values():
        for body in feed.bodies.values():
            assert hashlib.sha256(body.content).hexdigest()[:32] == body.etag
    content = site.feeds["all"].bodies["identity"].content.decode()
    return {line.split("#")[1] for line in content.splitlines() if line.startswith("SUMMARY") and "#" in line}


def main(root: Path, rounds: int, seed: int) -> None:
    """Compile once whole, measure, then kill."""
    out, chance = root / "_site", random.Random(seed)
    change(root, 0)
    began = time.monotonic()
    assert compile_site(root, out, NOW).published
    usual = time.monotonic() - began
    finished = 0
    for number in range(1, rounds + 1):
        change(root, number)
        child = os.fork()
        if child == 0:
            compile_site(root, out, NOW + timedelta(minutes=number))
            os._exit(0)
        time.sleep(chance.uniform(0, usual * 1.2))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        finished += os.WIFEXITED(status)
        numbers = whole(out)
        assert len(numbers) == 1, numbers
    assert compile_site(root, out, NOW + timedelta(days=1)).published
    assert whole(out) == {str(rounds)}
    left = [folder.name for folder in (out / "versions").iterdir() if folder.name.startswith("aside-")]
    assert left == []
    sys.stdout.write(f"{rounds} killed at random moments, {finished} of them after their end\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
