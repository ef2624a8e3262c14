"""Ports of this machine that nobody listens at, and that nobody else is given: no other worker, no other run, no connection.

The system gives connections ports of its own range, so one of those that was free a moment ago need not be so when a server starts;
whoever asks whether a server listens at it yet may even be connected to itself.
"""

import fcntl
import os
import socket
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

_OURS = range(20_000, 32_000)
"""Below all that systems give to connections: 32768 and on, or 49152 and on."""

_given = set[int]()


def free_port() -> int:
    """Return a port that is free, and stays so until somebody of this process listens there."""
    for number in range(len(_OURS)):
        port = _OURS[(os.getpid() * 7 + number) % len(_OURS)]
        if port not in _given and _is_kept(port):
            _given.add(port)
            if _is_free(port):
                return port
    raise OSError("no port is free")


def _is_kept(port: int) -> bool:
    """Keep a port for this process until its end, if no other one has it."""
    try:
        fcntl.lockf(_register(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


@cache
def _register() -> IO[bytes]:
    """Return the file of which each process locks a byte for each of its ports."""
    return Path(tempfile.gettempdir(), f"coopcal-tests-ports-{os.getuid()}").open("ab")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
