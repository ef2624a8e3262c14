"""Hosts of files on loopback, as people have them: Python's own, which sends no headers, and nginx."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port
from tests.support.programs import skip_or_fail

PATIENCE = 60
"""Seconds after which a host has not come."""

NGINX = """\
{user}daemon off; pid {own}/pid; error_log {own}/error.log;
events {{}}
http {{
  access_log off; {temporary}
  types {{ text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; text/calendar ics; }}
  charset utf-8;
  server {{
    listen 127.0.0.1:{port};
    root {folder};
    error_page 404 /404.html;
    add_header Access-Control-Allow-Origin * always;
  }}
}}
"""


@contextmanager
def python_host(folder: Path) -> Iterator[str]:
    """Serve a folder by ``python -m http.server`` until the block ends; return the address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder]
    with _running(command, port) as address:
        yield address


@contextmanager
def nginx_host(folder: Path, own: Path) -> Iterator[str]:
    """Serve a folder by nginx, which keeps its files in a folder of its own, until the block ends; return the address."""
    program = shutil.which("nginx")
    skip_or_fail(
        None
        if program
        else "Files were NOT served by nginx: it is not here (Debian: apt install nginx-light)"
    )
    port = free_port()
    own.mkdir(parents=True, exist_ok=True)
    temporary = " ".join(
        f"{name}_temp_path {own}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""
    (own / "nginx.conf").write_text(
        NGINX.format(user=user, own=own, temporary=temporary, port=port, folder=folder)
    )
    command = [program or "", "-p", own, "-c", own / "nginx.conf", "-e", own / "error.log"]
    with _running(command, port) as address:
        yield address


@contextmanager
def _running(command: list[str | Path], port: int) -> Iterator[str]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
