"""nginx, with the same bytes as files, compressed beforehand: what a site of files is served by."""

import os
import shutil
from pathlib import Path

from benchmarks.cost import Command


def program() -> str | None:
    """Return where nginx is; None where it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def serve(folder: Path, aside: Path, port: int) -> Command:
    """Return what serves a folder; what it needs itself stands aside."""
    aside.mkdir()
    paths = "\n".join(
        f"{name}_temp_path {aside}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (aside / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {aside}/pid; error_log {aside}/error.log;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; {paths}\n"
        "sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;\n"
        "types { text/calendar ics; text/html html; }\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; gzip_vary on;\n"
        'add_header Cache-Control "public, max-age=300"; } }\n'
    )
    return [program() or "nginx", "-p", aside, "-c", aside / "nginx.conf", "-e", aside / "error.log"]
