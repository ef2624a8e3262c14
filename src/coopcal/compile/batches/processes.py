"""A crew of processes of this machine."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager

from coopcal.compile.batches.crew import Crew
from coopcal.site.lifetime import end_with


@contextmanager
def processes(count: int, least: int = 0) -> Iterator[Crew]:
    """Offer a crew of processes of this machine, which begin with the first work, and end with the block."""
    context = multiprocessing.get_context("fork")
    with ExitStack() as stack:
        executors = [
            stack.enter_context(
                ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
            )
            for _ in range(count)
        ]
        yield Crew(executors, least)
        for executor in executors:
            executor.shutdown(wait=False)  # so that all of them end at once


def _begin(parent: int) -> None:
    """Begin to work for a parent, without the collector, which makes large compiles superlinear."""
    gc.disable()
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
