"""The cyclic garbage collector, in a command after which the process ends."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from coopcal.site import collector_at_rest


@contextmanager
def never_collecting() -> Iterator[None]:
    """Keep the collector at rest, and what is left at the end from being looked through: it goes with the process."""
    with collector_at_rest():
        try:
            yield
        finally:
            gc.freeze()
