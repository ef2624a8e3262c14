"""How long it takes from a save to the answer with it, under ``coopcal serve --watch``.

    make benchmark            the repository's own sources, thirty saves

A copy of the sources is served on loopback; each save retitles one event, by rename as editors do, and the feed
is asked until it shows the new title. The peer does the same with a server that is started anew at each save,
which is what a person has without ``--watch``.
"""

import http.client
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
EDITED = "calendars/millbrook-example/regular.yaml"
TITLE = "Members' evening"
SAVES = 30
RESTARTS = 5
PATIENCE = 30.0


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("calendars", "feeds"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "coopcal.yaml", root)
        ours = _watched(root)
        theirs = _restarted(root)
    sys.stdout.write("            median ms   worst ms\n")
    for name, taken in (("watch", ours), ("restarted", theirs)):
        sys.stdout.write(f"{name:<9}   {statistics.median(taken):9.0f}   {max(taken):8.0f}\n")
    sys.stdout.write(f"ratio       {statistics.median(ours) / statistics.median(theirs):9.2f}\n")


def _watched(root: Path) -> list[float]:
    """Return the milliseconds of each save while one server goes on."""
    port = _free_port()
    server = _serve(root, port, "--watch")
    try:
        _asked(port, b"BEGIN:VCALENDAR")
        time.sleep(1)
        return [_saved(root, port, f"Evening {number}", lambda: None) for number in range(SAVES)]
    finally:
        server.terminate()
        server.wait()


def _restarted(root: Path) -> list[float]:
    """Return the milliseconds of each save where the server is started anew for it."""
    taken = []
    for number in range(RESTARTS):
        port = _free_port()
        with ExitStack() as servers:
            taken.append(
                _saved(root, port, f"Other evening {number}", partial(_serve_within, servers, root, port))
            )
    return taken


def _serve_within(servers: ExitStack, root: Path, port: int) -> None:
    server = _serve(root, port)
    servers.callback(server.wait)
    servers.callback(server.terminate)


def _saved(root: Path, port: int, title: str, then: Callable[[], object]) -> float:
    source = (ROOT / EDITED).read_text(encoding="utf-8")
    if TITLE not in source:
        sys.exit(f"{EDITED} has no “{TITLE}” any more")
    aside = root / EDITED.replace("regular", ".regular")
    aside.write_text(source.replace(TITLE, title), encoding="utf-8")
    began = time.perf_counter()
    aside.replace(root / EDITED)
    then()
    _asked(port, f"SUMMARY:{title}\r".encode())
    return (time.perf_counter() - began) * 1000


def _asked(port: int, wanted: bytes) -> None:
    """Ask until the feed holds what is wanted."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/feeds/millbrook-example.ics")
            if wanted in connection.getresponse().read():
                return
        except OSError:
            pass
        time.sleep(0.003)
    sys.exit(f"No answer with {wanted!r} within {PATIENCE:.0f} s")


def _serve(root: Path, port: int, *options: str) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [sys.executable, "-m", "coopcal", "--root", root, "--quiet", "serve"]
    command += ["--port", str(port), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
