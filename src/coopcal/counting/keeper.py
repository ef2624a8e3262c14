"""What is counted in a process: noted at each request, and added to the file of all processes each minute."""

import logging
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from coopcal.counting.address import LONGEST, Address, address_of
from coopcal.counting.counts import Counts, Noted
from coopcal.counting.family import Family, family_of
from coopcal.counting.ledger import Fetched, Ledger, LedgerError

MINUTE = 60.0
"""Seconds between two times at which counts are written: what a process that is killed loses at the most."""

SOON = 3.0
"""Seconds after the first request at which counts are written first: who has set a server up sees that it counts."""

AT_ONCE = 2_000
"""Requests that are noted before they are counted."""

MOST_WAITING = 50_000
"""Numbers that wait by the hour while nothing can be written; of more, the hours are forgotten."""

_log = logging.getLogger(__name__)
Told = TypeVar("Told")


class _Known(Generic[Told]):
    """What a function tells of a text, for texts that come again and again: at most so many."""

    def __init__(self, tell: Callable[[str], Told], most: int = 2_000) -> None:
        self._tell, self._most = tell, most
        self._told: dict[str, Told] = {}

    def of(self, text: str) -> Told:
        known = self._told.get(text)
        if known is None:
            known = self._tell(text[:LONGEST])
            if len(text) <= LONGEST:
                if len(self._told) >= self._most:
                    self._told = {}
                self._told[text] = known
        return known


class Keeper:
    """Counts of a process, and those of all in a ledger, where there is one; all threads share it.

    ``clock`` gives seconds since 1970. ``feeds``: whether it is counted who fetches feeds. Nothing that goes wrong with the
    file is anybody's harm who asks for something: it is said in the log once, and counts wait in memory.
    """

    def __init__(self, ledger: Ledger | None, clock: Callable[[], float], *, feeds: bool = True) -> None:
        self.feeds = feeds
        self.trouble = ""
        self._ledger = ledger
        self._clock = clock
        self._noted: deque[Noted] = deque()
        self._families = _Known(family_of)
        self._addresses: _Known[Address] = _Known(address_of)
        self._counts = Counts()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=partial(_forked, weakref.ref(self)))

    def note(
        self, method: str, path: str, status: int, agent: str, seconds: float, *, through_cdn: bool = False
    ) -> Family:
        """Note a request, and return the family of who asked; ``through_cdn``: it came through one (RFC 8586)."""
        family = Family.CDN if through_cdn else self._families.of(agent)
        self._noted.append(Noted(self._addresses.of(path), method, family, status, seconds, self._clock()))
        if len(self._noted) > AT_ONCE:
            self._count()
        if self._thread is None:
            self._start()
        return family

    def happened(self, name: str) -> None:
        """Note that something happened."""
        with self._lock:
            self._counts.events[name] += 1
        self._start()

    def use(self, known_by: str) -> None:
        """Note that a secret address was used, by what it is known by, which is not the secret."""
        with self._lock:
            self._counts.use(known_by, self._clock())
        self._start()

    def uses(self) -> Mapping[str, int] | None:
        """Return the hour (since 1970) of the last use of each secret address; None where that is not known."""
        return self._asked(Ledger.uses)

    def fetched(self, feeds: Sequence[str]) -> tuple[Fetched, ...] | None:
        """Return how a feed was fetched at its ids, up to a minute ago; None where that is not known."""
        return self._asked(lambda ledger: ledger.fetched(feeds)) if self.feeds else None

    def total(self) -> Counts | None:
        """Return all that was counted, in all processes where there is a ledger; None where that cannot be read."""
        self.write()
        if self._ledger is not None:
            return self._asked(Ledger.all)
        with self._lock:
            counts = Counts()
            counts.add(self._counts)
            return counts

    def write(self) -> None:
        """Add what was counted to the ledger; where that cannot be, it waits. No request waits meanwhile."""
        self._count()
        if self._ledger is None:
            with self._lock:
                self._counts.fold()
            return
        with self._writing:
            with self._lock:
                counts, self._counts = self._counts, Counts()
            if not counts:
                return
            try:
                self._ledger.add(counts, int(self._clock()))
            except LedgerError as error:
                self._tell(error)
                with self._lock:
                    self._counts.add(counts)
                    if len(self._counts.fetches) > MOST_WAITING:
                        self._counts.fold(int(self._clock()) // 3600)
            else:
                self.trouble = ""

    def close(self) -> None:
        """Write what is left."""
        self._stopped.set()
        self.write()

    def forget(self) -> None:
        """Begin anew in a process that was forked: what its parent counted, that one writes."""
        self._noted, self._counts = deque(), Counts()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._thread, self._stopped = None, threading.Event()

    def _count(self) -> None:
        noted = self._noted
        with self._lock:
            self._counts.take((noted.popleft() for _ in range(len(noted))), feeds=self.feeds)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(
                    target=_write_each_minute, args=(weakref.ref(self), self._stopped), daemon=True
                )
                self._thread.start()

    def _asked(self, ask: Callable[[Ledger], Told]) -> Told | None:
        if self._ledger is None:
            return None
        try:
            return ask(self._ledger)
        except LedgerError as error:
            self._tell(error)
            return None

    def _tell(self, error: LedgerError) -> None:
        if not self.trouble:
            _log.error("coopcal: counts cannot be kept, and wait in memory (%s)", error)
        self.trouble = str(error)


def _write_each_minute(keeper: weakref.ref[Keeper], stopped: threading.Event) -> None:
    wait = SOON
    while not stopped.wait(wait):
        kept = keeper()
        if kept is None:
            return
        kept.write()
        del kept
        wait = MINUTE


def _forked(keeper: weakref.ref[Keeper]) -> None:
    if kept := keeper():
        kept.forget()
