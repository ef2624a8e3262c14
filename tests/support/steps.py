"""How much a call does, by the lines of our own code that run: the same on every machine."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """Return how many lines of the importer's code run."""
    count = 0

    def trace(frame: FrameType, _: str, __: Any) -> Any:
        nonlocal count
        count += 1
        return trace if "importing" in frame.f_code.co_filename else None

    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(None)
    return count
