"""A real nginx on loopback with a configuration of its own; skips where it is not installed, and fails in CI."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port
from tests.support.programs import skip_or_fail

PATIENCE = 60
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def nginx(configuration: str, work: Path) -> Iterator[str]:
    """Run nginx with what stands in its block ``http``, until this block ends; return its address.

    Whatever it is told to listen at, it does so at a free port of loopback. ``work`` is a folder for its own files.
    """
    program = shutil.which("nginx")
    skip_or_fail(None if program else "nginx is not installed here (Debian: apt install nginx-light)")
    port = free_port()
    told = re.sub(r"listen \[::\]:80;\n|listen 80;", "", configuration)
    told = told.replace("server {", f"server {{ listen 127.0.0.1:{port};", 1)
    paths = "\n".join(f"{name}_temp_path {work}/{name};" for name in _TEMPORARY)
    (work / "nginx.conf").write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {work}/pid; error_log {work}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {paths}\n{told}\n}}\n",
        encoding="utf-8",
    )
    command = [program or "", "-p", work, "-c", work / "nginx.conf", "-e", work / "error.log"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_it_listens(server, port, work / "error.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers at a port of loopback; raise RuntimeError with its log where it has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(log.read_text(encoding="utf-8"))
