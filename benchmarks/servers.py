"""Servers on loopback, each until its block ends, and on one core where the machine has several."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from benchmarks.cost import Command

PATIENCE = 600.0
"""Seconds that a server may take to listen: some compile before."""

LAST_WISHES = 10.0
"""Seconds in which it may end by itself."""


def free_port() -> int:
    """Return a port at which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether somebody listens at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(command: Command, port: int, *, core: int | None = None) -> Iterator[int]:
    """Run a server until the block ends; return its port once it listens there."""
    with tempfile.TemporaryFile() as complaints:
        with on_core(core):
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaints)
        try:
            _await(server, port, complaints)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(LAST_WISHES)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _await(server: subprocess.Popen[bytes], port: int, complaints: IO[bytes]) -> None:
    """Wait until a server listens; raise RuntimeError with its complaints if it ends instead, or takes too long."""
    until = time.monotonic() + PATIENCE
    while not listens(port):
        if server.poll() is not None or time.monotonic() > until:
            complaints.seek(0)
            raise RuntimeError(f"No server: {complaints.read().decode(errors='replace')}")
        time.sleep(0.01)


def cores() -> tuple[int, int] | tuple[None, None]:
    """Return a core for servers, and one for whoever asks them; nothing where there is only one."""
    here = sorted(os.sched_getaffinity(0))
    return (here[0], here[1]) if len(here) > 1 else (None, None)


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Stay on one core until the block ends, with all that is started in it."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
