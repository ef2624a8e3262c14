"""Counts are added up by several processes in one file, which stays small, and whose trouble is nobody's harm."""

import multiprocessing
import os
import resource
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import pytest

from coopcal.counting import ledger as ledgers
from coopcal.counting.counts import Counts
from coopcal.counting.ledger import DAYS, FILE, FORGOTTEN, Fetched, Ledger, LedgerError

DAY = 20_000
HOUR = 24 * DAY
NOW = HOUR * 3600


def counts(feed: str = "all", family: str = "google", hour: int = HOUR, number: int = 1) -> Counts:
    return Counts(fetches=Counter({(feed, family, hour): number}))


def add_many(folder: Path, times: int) -> None:
    for _ in range(times):
        Ledger(folder).add(counts(), NOW)


def test_what_several_processes_add_is_there_once(tmp_path: Path) -> None:
    """Four of them begin at the same time, with no file yet."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_many, args=(tmp_path / "state", 25)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0] * 4
    assert Ledger(tmp_path / "state").fetched(["all"]) == (Fetched("google", HOUR, {DAY: 100}),)


def test_all_that_is_counted_is_read_back(tmp_path: Path) -> None:
    told = Counts(
        Counter({("all", "google", HOUR): 3}),
        Counter({("feed", 2): 3}),
        Counter({("feed", 2): 900}),
        Counter({("feed", 0): 2, ("feed", 1): 1}),
        {"1a2b3c": HOUR},
        Counter({"published": 2}),
    )
    ledger = Ledger(tmp_path)
    for _ in range(2):
        ledger.add(told, NOW)
    read = ledger.all()

    assert (read.fetches, read.answers) == (Counter({("all", "google", 0): 6}), Counter({("feed", 2): 6}))
    assert (read.micros, read.speed) == (
        Counter({("feed", 2): 1800}),
        Counter({("feed", 0): 4, ("feed", 1): 2}),
    )
    assert ledger.uses() == {"1a2b3c": HOUR}
    assert read.events["published"] == 4


def test_a_feed_is_counted_at_all_ids_that_it_had(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(counts("mill", hour=HOUR + 1), NOW)
    ledger.add(counts("watermill", hour=HOUR - 1), NOW)
    ledger.add(counts("bakery"), NOW)

    assert ledger.fetched(["mill", "watermill"]) == (Fetched("google", HOUR + 1, {DAY: 1, DAY - 1: 1}),)


def test_an_hour_never_goes_back(tmp_path: Path) -> None:
    """Clocks are put back, and processes write late."""
    ledger = Ledger(tmp_path)
    ledger.add(counts(hour=HOUR + 5), NOW)
    ledger.add(counts(hour=HOUR), NOW)

    assert ledger.fetched(["all"])[0].hour == HOUR + 5


def test_old_days_and_what_nobody_fetches_any_more_go(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(counts(), NOW)
    after = HOUR + 24 * DAYS
    ledger.add(counts("other", hour=after), after * 3600)
    kept = ledger.fetched(["all"])
    much_later = HOUR + FORGOTTEN + 1
    ledger.add(counts("other", hour=much_later), much_later * 3600)

    assert kept == (Fetched("google", HOUR, {}),)
    assert ledger.fetched(["all"]) == ()


def test_there_is_a_number_of_rows_that_is_never_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who asks for all feeds under all names makes many: the oldest days go."""
    monkeypatch.setattr(ledgers, "MOST_ROWS", 30)
    ledger = Ledger(tmp_path)
    for day in range(10):
        hour = HOUR + 24 * day
        told = Counts(fetches=Counter({(f"feed-{number}", "apple", hour): 1 for number in range(10)}))
        ledger.add(told, hour * 3600)

    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("SELECT count(*), min(day) FROM fetches").fetchone() == (30, DAY + 7)


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    Ledger(tmp_path / "new/state").add(counts(), NOW)

    assert (tmp_path / "new/state").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new/state" / FILE).stat().st_mode & 0o777 == 0o600


def damage(path: Path) -> None:
    path.write_bytes(b"this is no database, " * 1_000)


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    "harm", [damage, make_newer, lambda path: path.mkdir()], ids=["damage", "newer", "folder"]
)
def test_a_file_that_is_none_of_ours_is_told_and_kept(tmp_path: Path, harm: object) -> None:
    path = tmp_path / FILE
    harm(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    ledger = Ledger(tmp_path)

    with pytest.raises(LedgerError, match=FILE):
        ledger.add(counts(), NOW)
    with pytest.raises(LedgerError, match=FILE):
        ledger.fetched(["all"])
    assert before is None or path.read_bytes() == before


def test_a_file_that_somebody_else_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "PATIENCE", 0.05)
    ledger = Ledger(tmp_path)
    ledger.add(counts(), NOW)
    with sqlite3.connect(tmp_path / FILE, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="locked"):
            ledger.add(counts(), NOW)
        other.execute("ROLLBACK")
    ledger.add(counts(), NOW)

    assert ledger.fetched(["all"])[0].days == {DAY: 2}


def fill(folder: Path, sent: "multiprocessing.connection.Connection") -> None:
    """Add counts in a process whose files may not grow any more, compiled modules among them."""
    sys.dont_write_bytecode = True
    ledger = Ledger(folder)
    ledger.add(counts(), NOW)
    size = (folder / FILE).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))
    told = Counts(fetches=Counter({(f"feed-{number}", "apple", HOUR): 1 for number in range(5_000)}))
    try:
        ledger.add(told, NOW)
    except LedgerError as error:
        sent.send(str(error))
    else:
        sent.send("")


def test_a_full_disk_is_told_and_adds_nothing_or_all(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    received, sent = context.Pipe()
    process = context.Process(target=fill, args=(tmp_path, sent))
    process.start()
    process.join(60)

    assert FILE in received.recv()
    assert Ledger(tmp_path).all().fetches == Counter({("all", "google", 0): 1})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match=FILE):
        Ledger(tmp_path).add(counts(), NOW)
