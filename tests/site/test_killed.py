"""``kill -9`` at any moment: a fresh start and a running server always read one whole site."""

import hashlib
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.support.sweep import sized
from tests.support.trees import lay

from coopcal.site.layout import NoSite
from coopcal.site.reader import LiveSite

EVENTS = 150
ROUNDS = sized(100, sample=6)


@pytest.mark.sweep
def test_a_hundred_killed_compiles_leave_a_whole_site_each_time(tmp_path: Path) -> None:
    """While compiles are killed, a reader meets only whole sites whose events all carry one number."""
    events = "".join(
        f"  - id: event-{number}\n    title: 'Event {number} #NUMBER'\n    when: 2026-07-{number % 28 + 1:02}\n"
        for number in range(EVENTS)
    )
    root = lay(tmp_path, {"template.yaml": "name: The Bakery\ncountry: BE\nevents:\n" + events})
    live, seen, stop = LiveSite(root / "_site", fresh=0), set[str](), threading.Event()
    faults: list[str] = []

    def read() -> None:
        goes_on = True
        while goes_on:
            goes_on = not stop.wait(0.02)
            try:
                site = live.current()
            except NoSite:
                continue
            body = site.feeds["bakery"].bodies["gzip"]
            if hashlib.sha256(body.content).hexdigest()[:32] != body.etag:
                faults.append(site.version)
            seen.add(site.version)

    reader = threading.Thread(target=read)
    reader.start()
    killer = Path(__file__).with_name("killer.py")
    try:
        done = subprocess.run(
            [sys.executable, killer, root, str(ROUNDS), "7"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        stop.set()
        reader.join()

    assert done.stderr == ""
    assert done.stdout.startswith(f"{ROUNDS} killed")
    assert faults == []
    assert len(seen) > 1
