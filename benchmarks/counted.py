"""Run a command of coopcal, and write how many functions it called, from the first import on.

Calls of Python's functions and of those in C both count. Work inside a single call, such as a pattern, compression or
the disk, does not: a lost minute there shows in the times alone.

Usage: python -m benchmarks.counted FILE ARGUMENT…
"""

import cProfile
import runpy
import sys
from pathlib import Path


def count(arguments: list[str]) -> int:
    """Return how many calls a command makes; raise RuntimeError if it fails."""
    profile = cProfile.Profile()
    sys.argv = ["coopcal", *arguments]
    profile.enable()
    try:
        runpy.run_module("coopcal", run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise RuntimeError(f"coopcal {arguments} ends with {end.code}") from end
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(str(count(sys.argv[2:])), encoding="utf-8")
