"""The process that checks: a pasted file as JSON on standard input → what was found on standard output."""

import resource
import sys

from coopcal.authoring.sandbox.pasted import look_through
from coopcal.authoring.sandbox.wire import WIRE, Task
from coopcal.model.paste import Findings

SECONDS = 5
"""Time on the processor that a check may take."""

MEMORY = 500_000_000
"""Bytes of address space that it may take."""


def main() -> None:
    """Check one file."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    task = WIRE.loads(Task, sys.stdin.buffer.read())
    findings = look_through(task.pasted, task.today)
    sys.stdout.buffer.write(WIRE.dumps(Findings, findings))


main()
