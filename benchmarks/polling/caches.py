"""Copies of one feed in caches, kept as Cache-Control says (RFC 9111, and stale-while-revalidate of RFC 5861)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol


class How(Enum):
    """How a request was answered."""

    FRESH = "from a copy that was fresh"
    STALE = "from a copy that was stale, and is asked for again at once"
    WAITED = "after a look whether the copy still stands"
    MISSED = "after the whole was fetched"


@dataclass(frozen=True)
class Rules:
    """How long a copy is fresh, how long after that it may be shown while it is asked for again, and is kept if nobody asks; seconds."""

    max_age: float
    stale: float
    kept: float

    @staticmethod
    def of(caching: str, kept: float) -> "Rules":
        """Return the rules that a Cache-Control field gives."""
        given = {name: float(seconds) for name, seconds in re.findall(r"([a-z-]+)=(\d+)", caching)}
        return Rules(given.get("max-age", 0.0), given.get("stale-while-revalidate", 0.0), kept)


class Copy(NamedTuple):
    """A version of a feed, which was the newest at an instant, and how it was come by."""

    version: int
    since: float
    how: How


class Source(Protocol):
    """What answers requests."""

    def ask(self, now: float, had: int | None) -> Copy:
        """Return what is answered; ``had`` is the version that the one who asks has, if any."""


@dataclass(slots=True)
class Origin:
    """Where a feed is made: the instants of its changes, in order, and what it was asked, in all."""

    changes: Sequence[float]
    asked: list[tuple[float, bool]] = field(default_factory=list)
    """When, and whether the answer was 304."""

    def ask(self, now: float, had: int | None) -> Copy:
        """Return the newest version."""
        version = bisect_right(self.changes, now)
        self.asked.append((now, version == had))
        return Copy(version, now, How.MISSED if had is None else How.WAITED)


@dataclass(slots=True)
class Cache:
    """A cache before something else; requests come in the order of time."""

    rules: Rules
    behind: Source
    copy: Copy | None = None
    used: float = 0.0

    def ask(self, now: float, _: int | None = None) -> Copy:
        """Return a copy that the rules allow to be sent now."""
        copy, rules, idle = self.copy, self.rules, now - self.used
        self.used = now
        if copy is None or idle > rules.kept:
            return self._fetched(now, None, How.MISSED)
        age = now - copy.since
        if age < rules.max_age:
            return copy
        if age < rules.max_age + rules.stale:
            self._fetched(now, copy.version, How.STALE)
            return Copy(copy.version, copy.since, How.STALE)
        return self._fetched(now, copy.version, How.WAITED)

    def _fetched(self, now: float, had: int | None, how: How) -> Copy:
        got = self.behind.ask(now, had)
        self.copy = Copy(got.version, got.since, How.FRESH)
        return Copy(got.version, got.since, how)
