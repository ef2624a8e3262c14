"""A server in a process of its own, from when it listens at a port of loopback until a block ends."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.waiting import PATIENCE


@contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run a server until this block ends; return its address once it answers there.

    Raise RuntimeError where it ends before, TimeoutError where it does not come, each with its ``log`` where there is one.
    """
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        _until_it_listens(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path | None) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(_said(log))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(_said(log))


def _said(log: Path | None) -> str:
    return log.read_text(encoding="utf-8") if log and log.exists() else "it says nothing"
