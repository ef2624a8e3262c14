"""A crew of processes of this machine."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from coopcal.compile.batches.crew import Crew
from coopcal.site.lifetime import end_with


@contextmanager
def processes(count: int, least: int = 0) -> Iterator[Crew]:
    """Offer a crew of processes of this machine, which begin with the first work, and end with the block."""
    context = multiprocessing.get_context("fork")
    executors = [
        ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
        for _ in range(count)
    ]
    try:
        yield Crew(executors, least)
    finally:
        _end_all(executors)


def _end_all(executors: Sequence[Executor]) -> None:
    """Tell all processes to end at once, and wait for every one of them.

    One that is told to end and not waited for closes its pipe while the interpreter's own end still writes into it.
    """
    waiting = [threading.Thread(target=executor.shutdown) for executor in executors]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()


def _begin(parent: int) -> None:
    """Begin to work for a parent, without the collector, which makes large compiles superlinear."""
    gc.disable()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
