"""What is counted in a process reaches the ledger once, whatever happens to the process, to its file, and at the same time."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import pytest

from coopcal.counting import keeper as keepers
from coopcal.counting.keeper import AT_ONCE, Keeper
from coopcal.counting.ledger import FILE, Fetched, Ledger

DAY = 20_000
NOON = (24 * DAY + 12) * 3600.0
PATIENCE = 30
"""Seconds in which a thread writes as the hour ends: fewer than the minute after which it writes in any case."""
GOOGLE, APPLE = "Google-Calendar-Importer", "iOS/18.0 (22A3354) dataaccessd/1.0"


def keeper(folder: Path | None, *, feeds: bool = True) -> Keeper:
    return Keeper(Ledger(folder) if folder else None, lambda: NOON, feeds=feeds)


def ask(one: Keeper, path: str = "/feeds/all.ics", status: int = 200, agent: str | None = GOOGLE) -> None:
    one.note("GET", path, status, agent, 0.0004)


def test_what_is_written_is_known(tmp_path: Path) -> None:
    one = keeper(tmp_path)
    for status in (200, 304, 404, 500):
        ask(one, status=status)
    ask(one, agent=APPLE)
    one.note("HEAD", "/feeds/all.ics", 200, GOOGLE, 0.0)
    one.write()

    assert one.fetched(["all"]) == (
        Fetched("apple", 24 * DAY + 12, {DAY: 1}),
        Fetched("google", 24 * DAY + 12, {DAY: 2}),
    )


def test_what_comes_through_a_cdn_is_nobody_s(tmp_path: Path) -> None:
    one = keeper(tmp_path)
    ask(one, agent=None)
    one.write()

    assert [told.family for told in one.fetched(["all"]) or ()] == ["cdn"]


def test_no_token_is_counted(tmp_path: Path) -> None:
    one = keeper(tmp_path)
    ask(one, "/private/c2VjcmV0LXRva2Vu/board.ics")
    one.use("1a2b3c4d")
    one.write()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"c2VjcmV0" not in written
    assert b"board" not in written
    assert one.uses() == {"1a2b3c4d": 24 * DAY + 12}


@pytest.mark.parametrize(("folder", "feeds"), [(False, True), (True, False)])
def test_what_is_not_counted_is_not_known(tmp_path: Path, *, folder: bool, feeds: bool) -> None:
    one = keeper(tmp_path if folder else None, feeds=feeds)
    ask(one)
    one.write()

    assert one.fetched(["all"]) is None
    total = one.total()
    assert total is not None
    assert total.answers["feed", 2] == 1


def test_threads_lose_and_double_nothing(tmp_path: Path) -> None:
    """While some note, others write: more than is noted at once, several times over."""
    one = keeper(tmp_path)
    number = 5_000

    def note() -> None:
        for turn in range(number):
            ask(one)
            one.note("GET", f"/{turn}", 404, GOOGLE, 0.0)  # more that are unlike than are kept

    def write() -> None:
        for _ in range(20):
            one.write()

    threads = [threading.Thread(target=work) for work in (note, note, note, write, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    one.close()

    assert (one.fetched(["all"]) or ())[0].days == {DAY: 3 * number}


def test_trouble_is_said_once_and_what_waits_is_written_when_it_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_bytes(b"no database " * 1_000)
    one = keeper(tmp_path)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            ask(one)
            one.write()
            assert one.fetched(["all"]) is None
            assert one.total() is None
    said = [record.getMessage() for record in caplog.records]
    (tmp_path / FILE).unlink()
    one.write()

    assert len(said) == 1
    assert FILE in said[0]
    assert one.trouble == ""
    assert (one.fetched(["all"]) or ())[0].days == {DAY: 3}


def test_what_waits_for_long_takes_little_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keepers, "MOST_WAITING", 10)
    (tmp_path / FILE).mkdir()
    hours = iter(range(10_000))
    one = Keeper(Ledger(tmp_path), lambda: NOON + 3600 * next(hours))
    for _ in range(100):
        ask(one)
        one.write()
    (tmp_path / FILE).rmdir()
    one.write()

    found = (one.fetched(["all"]) or ())[0]
    assert sum(found.days.values()) == 100
    assert len(found.days) < 10


def test_a_process_that_forks_counts_nothing_twice(tmp_path: Path) -> None:
    one = keeper(tmp_path)
    ask(one)
    child = os.fork()
    if child == 0:
        ask(one)
        one.close()
        os._exit(0)
    os.waitpid(child, 0)
    one.close()

    assert (one.fetched(["all"]) or ())[0].days == {DAY: 2}


def test_each_minute_is_written_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keepers, "SOON", 0.01)
    monkeypatch.setattr(keepers, "MINUTE", 0.02)
    one = keeper(tmp_path)
    found = []
    for number in (1, 2):
        ask(one)
        for _ in range(500):
            found = [told.days for told in one.fetched(["all"]) or ()]
            if found == [{DAY: number}]:
                break
            threading.Event().wait(0.02)
    one.close()

    assert found == [{DAY: 2}]


def test_names_and_paths_that_never_come_again_take_little_room(tmp_path: Path) -> None:
    one = keeper(tmp_path)
    for number in range(20_000):
        one.note("GET", f"/{number}" + "x" * 5_000, 404, f"agent {number}" + "y" * 5_000, 0.0)

        assert len(one._slots) <= AT_ONCE  # noqa: SLF001
    kept = list(one._slots)  # noqa: SLF001
    assert kept
    assert max(len(str(alike)) for alike in kept) < 1_000
    one.write()
    total = one.total()
    assert total is not None
    assert total.answers["page", 4] == 20_000


class Telling(Keeper):
    """Tells each time that its thread has written, and knows until when it waits."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        super().__init__(ledger, clock)
        self.written = SimpleQueue[float]()

    def rest_of_hour(self) -> float:
        """Return how many seconds the hour still has, and tell it."""
        rest = super().rest_of_hour()
        self.written.put(rest)
        return rest


def test_a_fetch_is_counted_in_the_hour_in_which_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread writes as the hour ends, be the minute over or not."""
    monkeypatch.setattr(keepers, "SOON", 0.0)
    now = [NOON + 3600 - 0.5]
    one = Telling(Ledger(tmp_path), lambda: now[0])
    ask(one)
    one.written.get(timeout=PATIENCE)
    now[0] += 1
    one.written.get(timeout=PATIENCE)
    ask(one, agent=APPLE)
    one.close()

    assert [(told.family, told.hour) for told in one.fetched(["all"]) or ()] == [
        ("apple", 24 * DAY + 13),
        ("google", 24 * DAY + 12),
    ]
