"""Radicale: a server of calendars that holds the same events, and is asked for the whole of them."""

import http.client
from collections.abc import Mapping
from pathlib import Path

from benchmarks.cost import Command
from benchmarks.load import CONNECTIONS

PROGRAM = Path(__file__).parents[1] / ".cache/peers/bin/radicale"
PATH = "/member/calendar/"
HEADERS: Mapping[str, str] = {"Authorization": "Basic bWVtYmVyOng="}


def serve(aside: Path, port: int) -> Command:
    """Return what serves calendars that are kept aside."""
    aside.mkdir()
    (aside / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\nmax_connections = {CONNECTIONS}\n[auth]\ntype = none\n[logging]\nlevel = critical\n"
        f"[storage]\nfilesystem_folder = {aside}/calendars\n"
    )
    return [PROGRAM, "--config", aside / "config"]


def put(port: int, feed: bytes) -> None:
    """Give it a calendar."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("PUT", PATH, feed, {**HEADERS, "Content-Type": "text/calendar"})
    answer = connection.getresponse()
    complaint = answer.read()
    assert answer.status == http.client.CREATED, complaint
