"""Those who work on batches: executors of one worker each, so that a batch goes to whoever has read it."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from coopcal.compile.lifetime import end_with

Result = TypeVar("Result")


class Crew:
    """Some executors; what has the same number goes to the same one each time."""

    def __init__(self, executors: Sequence[Executor]) -> None:
        """Take executors, at least one."""
        self._executors = tuple(executors)

    @property
    def size(self) -> int:
        """The number of workers."""
        return len(self._executors)

    def run(self, work: Callable[..., Result], arguments: Sequence[tuple[object, ...]]) -> list[Result]:
        """Call a function once for each tuple of arguments; return the results in order, or raise the first error."""
        waiting = [
            self._executors[number % self.size].submit(work, *given) for number, given in enumerate(arguments)
        ]
        try:
            return [future.result() for future in waiting]
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def processes(count: int) -> Iterator[Crew]:
    """Offer a crew of processes of this machine, which end with the block."""
    context = multiprocessing.get_context("fork")
    with ExitStack() as stack:
        yield Crew(
            [
                stack.enter_context(
                    ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
                )
                for _ in range(count)
            ]
        )


def _begin(parent: int) -> None:
    """Begin to work for a parent, without the collector, which makes large compiles superlinear."""
    gc.disable()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def may_fork() -> bool:
    """Return whether this process may be copied: no other system than Linux's is sure to bear it, nor several threads."""
    return hasattr(os, "sched_getaffinity") and threading.active_count() == 1


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
