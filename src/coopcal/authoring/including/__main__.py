"""The process that reads a calendar of others: what it goes into, and its bytes, on standard input → its events on standard output."""

import json
import pickle
import resource
import sys

from coopcal.authoring.including.conversion import Converted, converted
from coopcal.definitions.source.record import told, told_of

SECONDS = 45
"""Time on the processor that it may take."""

MEMORY = 1_500_000_000
"""Bytes of address space that it may take."""


def main() -> None:
    """Read one calendar."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    calendar, target = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
    made = converted(calendar, target)
    if isinstance(made, Converted):
        said = {"events": made.events, "count": made.count, "left_out": told_of(made.left_out)}
    else:
        said = {"why": told(made)}
    sys.stdout.write(json.dumps(said))


main()
