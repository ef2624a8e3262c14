"""What was told to whom: a file beside the site, of instants and no words, so that nothing is lost and nothing told twice."""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coopcal.definitions.source.record import said, told
from coopcal.model.message import Message
from coopcal.model.receiver import Receiver
from coopcal.site import durable
from coopcal.site.codec import Codec, objects

STATE, LOCK = "notify.json", "notify.lock"

AT_FIRST = datetime.min.replace(tzinfo=UTC)
"""Before everything that a site tells."""

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 20 * 60, 24 * 60)
)
"""How long is waited after each failure; after the next one, some three days later, it is given up."""

_GLANCE = 0.1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notification that may have been received or not: its id, of which changes it is, how often it failed and why, and when it is sent next.

    It stands here before it is sent for the first time, so that whoever sends it again says that it is the same.
    """

    id: str
    until: datetime
    next: datetime
    failed: int = 0
    answer: str = ""
    """Why it failed the last time, as ``told`` and ``said`` write and read sentences."""

    def is_due(self, now: datetime) -> bool:
        """Return whether it is sent now; also where a clock that was wrong put it off for longer than anything is."""
        return self.next <= now or self.next > now + PAUSES[-1]

    @property
    def why(self) -> Message | None:
        """Why it failed the last time; None where that is not known."""
        with suppress(ValueError, RecursionError):
            return said(json.loads(self.answer))
        return None

    def failed_again(self, now: datetime, wish: timedelta, why: Message) -> "Waiting | None":
        """Return how it waits after one more failure, as long as the receiver wishes; None where it is given up."""
        if self.failed >= len(PAUSES):
            return None
        pause = max(PAUSES[self.failed], min(wish, PAUSES[-1]))
        return Waiting(
            self.id, self.until, now + pause, self.failed + 1, json.dumps(told(why), ensure_ascii=False)
        )


@dataclass(frozen=True, slots=True)
class Account:
    """Up to when the changes of the log were told to a receiver, what waits, and whether it is ``gone`` for good."""

    until: datetime
    waiting: Waiting | None = None
    gone: bool = False

    def with_waiting(self, key: str, until: datetime, now: datetime) -> "Account":
        """Return it with a notification of all changes up to an instant; the same changes have the same id."""
        mark = f"{key}\n{self.until.isoformat()}\n{until.isoformat()}"
        return Account(
            self.until, Waiting(f"msg_{hashlib.sha256(mark.encode()).hexdigest()[:32]}", until, now)
        )


@dataclass(frozen=True, slots=True)
class State:
    """The accounts of receivers by their keys."""

    accounts: Mapping[str, Account] = field(default_factory=dict)


_CODEC = Codec(objects(State, Account, Waiting))


def keyed(receivers: Iterable[Receiver]) -> Mapping[str, Receiver]:
    """Return receivers whose address is known by keys, which tell none: a chat takes in whatever comes to one."""
    by_key: dict[str, Receiver] = {}
    for receiver in (one for one in receivers if one.url):
        digest = hashlib.sha256(receiver.url.encode()).hexdigest()[:32]
        number = sum(key.startswith(digest) for key in by_key)
        by_key[f"{digest}-{number}" if number else digest] = receiver
    return by_key


def read(out: Path) -> State | None:
    """Read the state beside the site in a folder; None where it is damaged. Raise OSError where it cannot be read."""
    try:
        return _CODEC.loads(State, (out / STATE).read_bytes())
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError, KeyError):
        return None


def write(out: Path, state: State) -> None:
    """Write the state, whole or not at all, on the disk; raise OSError where it cannot be written."""
    aside = out / f"{STATE}.new"
    try:
        durable.put(aside, _CODEC.dumps(State, state))
        aside.replace(out / STATE)
        durable.sync(out)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


@contextmanager
def alone(out: Path, patience: float) -> Iterator[bool]:
    """Hold the state until the block ends, and with its process; give False where another one holds it for too long."""
    descriptor = os.open(out / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        yield _held(descriptor, time.monotonic() + patience)
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # a process that was forked meanwhile has the descriptor, too
        os.close(descriptor)


def _held(descriptor: int, until: float) -> bool:
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_GLANCE)
