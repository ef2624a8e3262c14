"""What is counted in a process: noted at each request, and added to the file of all processes each minute."""

import logging
import os
import threading
import weakref
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from coopcal.counting.address import LONGEST, address_of
from coopcal.counting.counts import BOUNDS, Counts, Slot, slot
from coopcal.counting.family import DOCTOR, Family, family_of
from coopcal.counting.ledger import Fetched, Ledger, LedgerError

MINUTE = 60.0
"""Seconds between two times at which counts are written: what a process that is killed loses at the most."""

SOON = 3.0
"""Seconds after the first request at which counts are written first: who has set a server up sees that it counts."""

AT_ONCE = 500
"""Requests, each unlike all others, that are noted before they are counted."""

MOST_WAITING = 50_000
"""Numbers that wait by the hour while nothing can be written; of more, the hours are forgotten."""

_AS_IT_IS = frozenset({200, 304})
_Alike = tuple[str, str, int, str | None]

_log = logging.getLogger(__name__)
Told = TypeVar("Told")


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
        self._slots: dict[_Alike, Slot] = {}
        self._begun = clock()
        self._counts = Counts()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=partial(_forked, weakref.ref(self)))

    def note(self, method: str, path: str, status: int, agent: str | None, seconds: float) -> None:
        """Note a request; without an ``agent`` it came through a CDN, with ``DOCTOR`` as one it is no fetch.

        Those that are alike are counted together, so that this takes less than a millionth of a second.
        """
        alike = (method, path, status, agent)
        bound = 2 + bisect_left(BOUNDS, seconds)
        with self._lock:
            told = self._slots.get(alike)
            if told is None:
                told = self._slots.setdefault(_short(alike), slot())
            told[0] += 1
            told[1] += int(seconds * 1_000_000)
            told[bound] += 1
        if len(self._slots) > AT_ONCE:
            self._count()
        if self._thread is None:
            self._start()

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

    def rest_of_hour(self) -> float:
        """Return how many seconds the hour still has."""
        return 3600 - self._clock() % 3600

    def close(self) -> None:
        """Write what is left."""
        self._stopped.set()
        self.write()

    def forget(self) -> None:
        """Begin anew in a process that was forked: what its parent counted, that one writes."""
        self._slots, self._begun, self._counts = {}, self._clock(), Counts()
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._thread, self._stopped = None, threading.Event()

    def _count(self) -> None:
        """Count what was noted since that was done last, which is in one hour; no request waits meanwhile."""
        with self._lock:
            slots, self._slots = self._slots, {}
            begun, self._begun = self._begun, self._clock()
        counts = Counts()
        for (method, path, status, agent), told in slots.items():
            address = address_of(path)
            counts.take(address, status, told)
            is_fetch = method == "GET" and status in _AS_IT_IS and agent != DOCTOR
            if self.feeds and address.feed and is_fetch:
                family = Family.CDN if agent is None else family_of(agent)
                counts.fetch(address.feed, family, told[0], begun)
        with self._lock:
            self._counts.add(counts)

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


def _short(alike: _Alike) -> _Alike:
    """Return of a request what there is room for."""
    method, path, status, agent = alike
    return method[:LONGEST], path[:LONGEST], status, None if agent is None else agent[:LONGEST]


def _write_each_minute(keeper: weakref.ref[Keeper], stopped: threading.Event) -> None:
    """Write what is counted soon, then each minute, and as each hour ends, so that what is written is of one."""
    wait = SOON
    while not stopped.wait(wait):
        kept = keeper()
        if kept is None:
            return
        kept.write()
        wait = min(MINUTE, kept.rest_of_hour())
        del kept


def _forked(keeper: weakref.ref[Keeper]) -> None:
    if kept := keeper():
        kept.forget()
