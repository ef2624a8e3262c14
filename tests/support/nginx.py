"""A real nginx on loopback with a configuration of its own; skips where it is not installed, and fails in CI."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port
from tests.support.programs import skip_or_fail
from tests.support.running import running

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
    with running(command, port, work / "error.log") as address:
        yield address
