"""Hosts of files on loopback, as people have them: Python's own, which sends no headers, and nginx."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.nginx import nginx
from tests.support.ports import free_port
from tests.support.running import running

PLAIN = """\
types {{ text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; text/calendar ics; }}
charset utf-8;
server {{
  root {folder};
  error_page 404 /404.html;
  add_header Access-Control-Allow-Origin * always;
}}
"""


@contextmanager
def python_host(folder: Path) -> Iterator[str]:
    """Serve a folder by ``python -m http.server`` until the block ends; return the address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder]
    with running(command, port) as address:
        yield address


@contextmanager
def nginx_host(folder: Path, own: Path) -> Iterator[str]:
    """Serve a folder by nginx, which keeps its files in a folder of its own, until the block ends; return the address."""
    own.mkdir(parents=True, exist_ok=True)
    with nginx(PLAIN.format(folder=folder), own) as address:
        yield address
