"""The file that counts are added up in: SQLite in the folder of the state, for any number of processes."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from coopcal.counting.counts import Counts

FILE = "counts.sqlite3"

DAYS = 35
"""Days for which it is kept how often a feed was fetched in each: five weeks."""

FORGOTTEN = 400 * 24
"""Hours after which the last fetch of a feed by a family, and the last use of a secret address, are forgotten."""

MOST_ROWS = 2_000_000
"""Rows of days that are kept; of more, the oldest days go."""

PATIENCE = 5.0
"""Seconds that a process waits for another one which writes."""

VERSION = 1

_TABLES = (
    "CREATE TABLE fetched (feed TEXT, family TEXT, hour INTEGER, total INTEGER, PRIMARY KEY (feed, family)) WITHOUT ROWID",
    "CREATE TABLE fetches (feed TEXT, day INTEGER, family TEXT, number INTEGER, PRIMARY KEY (feed, day, family)) WITHOUT ROWID",
    "CREATE TABLE answers (kind TEXT, class INTEGER, number INTEGER, micros INTEGER, PRIMARY KEY (kind, class)) WITHOUT ROWID",
    "CREATE TABLE speed (kind TEXT, bound INTEGER, number INTEGER, PRIMARY KEY (kind, bound)) WITHOUT ROWID",
    "CREATE TABLE uses (known_by TEXT PRIMARY KEY, hour INTEGER) WITHOUT ROWID",
    "CREATE TABLE events (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID",
    f"PRAGMA user_version = {VERSION}",
)


class LedgerError(Exception):
    """Counts cannot be written or read; the text says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a family fetched a feed: the ``hour`` (since 1970) in which it did last, and how often in each day (since 1970)."""

    family: str
    hour: int
    days: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts in a folder. Nothing is held open between two calls, so that processes may fork, and the file be taken away."""

    folder: Path

    def add(self, counts: Counts, now: int) -> None:
        """Add counts at a moment (seconds since 1970), all or none; raise LedgerError where that cannot be."""
        with self._open() as file, file:
            file.execute("BEGIN IMMEDIATE")
            _add(file, counts)
            _sweep(file, now // 3600)

    def fetched(self, feeds: Sequence[str]) -> tuple[Fetched, ...]:
        """Return how a feed was fetched at the ids that it has and had, by each family."""
        marks = ",".join("?" * len(feeds))
        last = f"SELECT family, max(hour) FROM fetched WHERE feed IN ({marks}) GROUP BY family"  # noqa: S608 - marks alone
        daily = f"SELECT family, day, sum(number) FROM fetches WHERE feed IN ({marks}) GROUP BY family, day"  # noqa: S608
        with self._open() as file:
            days: dict[str, dict[int, int]] = {}
            for family, day, number in file.execute(daily, feeds):
                days.setdefault(family, {})[day] = number
            found = [(family, hour) for family, hour in file.execute(last, feeds)]
        return tuple(Fetched(family, hour, days.get(family, {})) for family, hour in found)

    def uses(self) -> Mapping[str, int]:
        """Return the hour (since 1970) of the last use of each secret address, by what it is known by."""
        with self._open() as file:
            return dict(file.execute("SELECT known_by, hour FROM uses"))

    def all(self) -> Counts:
        """Return all that was ever counted, without the hours."""
        counts = Counts()
        with self._open() as file:
            for feed, family, number in file.execute("SELECT feed, family, total FROM fetched"):
                counts.fetches[feed, family, 0] = number
            for kind, answered, number, micros in file.execute("SELECT * FROM answers"):
                counts.answers[kind, answered], counts.micros[kind, answered] = number, micros
            counts.speed.update({(kind, bound): n for kind, bound, n in file.execute("SELECT * FROM speed")})
            counts.events.update(dict(file.execute("SELECT name, number FROM events")))
        return counts

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file, which is made where there is none; whatever goes wrong is a LedgerError."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / FILE
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as file:
                _prepare(file)
                file.execute("PRAGMA synchronous = NORMAL")
                yield file
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(f"{self.folder / FILE}: {error}") from error


def _prepare(file: sqlite3.Connection) -> None:
    """Make the tables of a file that is new; one that is not ours, or newer, stays as it is."""
    written = file.execute("PRAGMA user_version").fetchone()[0]
    if written == VERSION:
        return
    if written:
        raise sqlite3.DatabaseError(f"it is of version {written}, and this coopcal writes version {VERSION}")
    file.execute("PRAGMA journal_mode = WAL")
    with file:
        file.execute("BEGIN IMMEDIATE")
        if file.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES:
                file.execute(statement)


def _add(file: sqlite3.Connection, counts: Counts) -> None:
    file.executemany(
        "INSERT INTO fetched VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE "
        "SET hour = max(hour, excluded.hour), total = total + excluded.total",
        [(*key, number) for key, number in counts.fetches.items()],
    )
    file.executemany(
        "INSERT INTO fetches VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
        [(feed, hour // 24, family, number) for (feed, family, hour), number in counts.fetches.items()],
    )
    file.executemany(
        "INSERT INTO answers VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET number = number + excluded.number, micros = micros + excluded.micros",
        [(*key, number, counts.micros[key]) for key, number in counts.answers.items()],
    )
    file.executemany(
        "INSERT INTO speed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
        [(*key, number) for key, number in counts.speed.items()],
    )
    file.executemany(
        "INSERT INTO uses VALUES (?, ?) ON CONFLICT DO UPDATE SET hour = max(hour, excluded.hour)",
        list(counts.uses.items()),
    )
    file.executemany(
        "INSERT INTO events VALUES (?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
        list(counts.events.items()),
    )


def _sweep(file: sqlite3.Connection, hour: int) -> None:
    """Take away what is old, once an hour at the most: what was swept last stands among the events."""
    swept = file.execute("SELECT number FROM events WHERE name = 'swept'").fetchone()
    if swept and swept[0] == hour:
        return
    file.execute("INSERT OR REPLACE INTO events VALUES ('swept', ?)", (hour,))
    file.execute("DELETE FROM fetches WHERE day <= ?", (hour // 24 - DAYS,))
    file.execute("DELETE FROM fetched WHERE hour < ?", (hour - FORGOTTEN,))
    file.execute("DELETE FROM uses WHERE hour < ?", (hour - FORGOTTEN,))
    while file.execute("SELECT count(*) FROM fetches").fetchone()[0] > MOST_ROWS:
        file.execute("DELETE FROM fetches WHERE day = (SELECT min(day) FROM fetches)")
