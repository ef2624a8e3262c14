"""Waiting for what is to come: for the thing itself and never for a time, as a loaded machine has its own."""

import time
from collections.abc import Callable

PATIENCE = 60
"""Seconds after which what has not come is taken not to come: far more than anything takes, so that nothing is held to be wrong that is late."""


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something is so, and fail where it does not become so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"it did not come within {seconds} seconds"
        time.sleep(0.01)
