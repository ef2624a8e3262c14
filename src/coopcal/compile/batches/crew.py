"""Those who work on batches: executors of one worker each, so that a batch goes to whoever has read it."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import TypeVar

Result = TypeVar("Result")


class Crew:
    """Some executors; what has the same number goes to the same one each time.

    They pay for themselves from ``least`` bytes of sources on that are to be read.
    """

    def __init__(self, executors: Sequence[Executor], least: int = 0) -> None:
        """Take executors, at least one."""
        self._executors = tuple(executors)
        self.least = least

    @property
    def size(self) -> int:
        """The number of workers."""
        return len(self._executors)

    def run(
        self, work: Callable[..., Result], arguments: Sequence[tuple[object, ...]], first: int = 0
    ) -> list[Result]:
        """Call a function once for each tuple of arguments; return the results in order, or raise the first error.

        The tuples have numbers, from the ``first`` one on.
        """
        waiting = [
            self._executors[number % self.size].submit(work, *given)
            for number, given in enumerate(arguments, first)
        ]
        try:
            return [future.result() for future in waiting]
        finally:
            for future in waiting:
                future.cancel()

    def deal(self, work: Callable[..., Result], arguments: Sequence[tuple[object, ...]]) -> Iterator[Result]:
        """Call a function once for each tuple of arguments, each time by whoever is free first.

        Return the results as they come, or raise the first error.
        """
        left = iter(arguments)
        working: dict[Future[Result], Executor] = {}
        free, done = list(self._executors), set[Future[Result]]()
        try:
            while True:
                for executor, given in zip(free, left, strict=False):
                    working[executor.submit(work, *given)] = executor
                for future in done:
                    yield future.result()
                if not working:
                    return
                done, _ = wait(working, return_when=FIRST_COMPLETED)
                free = [working.pop(future) for future in done]
        finally:
            wait([future for future in working if not future.cancel()])

    def each(self, work: Callable[..., object], given: tuple[object, ...]) -> None:
        """Call a function once in each executor."""
        self.run(work, [given] * self.size)


class _Here(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, work: Callable[..., Result], /, *given: object, **named: object) -> "Future[Result]":
        """Do it."""
        future: Future[Result] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as error:  # noqa: BLE001 - told where the result is asked for
            future.set_exception(error)
        return future


def alone() -> Crew:
    """Return a crew of this process alone."""
    return Crew([_Here()])


def may_fork() -> bool:
    """Return whether this process may be copied: no other system than Linux's is sure to bear it, nor several threads."""
    return hasattr(os, "sched_getaffinity") and threading.active_count() == 1


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
