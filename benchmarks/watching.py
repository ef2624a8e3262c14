"""How long it takes from a save to the answer with it: under ``serve --watch``, beside a server that is started anew, and Hugo's.

Each save retitles one event, by rename as editors do; then the feed is asked until it shows the new title.
"""

import http.client
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.compiling import coopcal
from benchmarks.corpus import lay, source_of, usual
from benchmarks.cost import Command
from benchmarks.peers import hugo
from benchmarks.result import Role, Row, Section
from benchmarks.servers import free_port, running

ROOT = Path(__file__).parent.parent
OWN = "calendars/millbrook-example/regular.yaml"
OWN_TITLE = "Members' evening"
PATIENCE = 60.0
SETTLED = 1.0
"""Seconds after the first answer before anything is saved, as a watcher begins after its server."""


@dataclass(frozen=True)
class Saved:
    """A file with a title in it, and the address of a feed that shows the title."""

    file: Path
    title: str
    address: str


def watching(
    saves: int, saves_of_many: int, restarts: int, events: int, folder: Path, seed: int
) -> list[Section]:
    """Measure with the repository's own sources, and with a corpus of some events."""
    own = folder / "own"
    for name in ("calendars", "feeds", "files"):
        shutil.copytree(ROOT / name, own / name)
    shutil.copy(ROOT / "coopcal.yaml", own)
    return [
        _own(Saved(own / OWN, OWN_TITLE, "/feeds/millbrook-example.ics"), own, saves, restarts),
        _many(folder / "many", saves_of_many, events, seed),
    ]


def _own(saved: Saved, root: Path, saves: int, restarts: int) -> Section:
    source = saved.file.read_text(encoding="utf-8")
    assert saved.title in source, f"{OWN} has no “{saved.title}” any more"
    rows = (
        Row("serve --watch", Role.OURS, _watched(partial(_watch, root), saved, saves)),
        Row("serve, started anew", Role.PEER, _restarted(root, saved, restarts)),
    )
    return Section("From save to answer, this repository", "ms", rows)


def _many(folder: Path, saves: int, events: int, seed: int) -> Section:
    corpus = usual(events, seed=seed)
    root = folder / "tree"
    lay(corpus, root)
    title = next(corpus.by_organisation())[1][0].title
    ours = Saved(source_of(root, "org-0"), title, "/feeds/org-0.ics")
    rows = [Row("serve --watch", Role.OURS, _watched(partial(_watch, root), ours, saves))]
    if hugo.program():
        hugo.lay(corpus, folder / "hugo")
        theirs = Saved(folder / "hugo/content/org-0/event-0.md", title, "/org-0/index.ics")
        rows.append(
            Row("hugo server", Role.PEER, _watched(partial(hugo.serve, folder / "hugo"), theirs, saves))
        )
    return Section(f"From save to answer, {events:,} events", "ms", tuple(rows))


def _watch(root: Path, port: int) -> Command:
    return coopcal(root, "serve", "--watch", "--port", str(port))


def _watched(server: Callable[[int], Command], saved: Saved, saves: int) -> tuple[float, ...]:
    """Return the milliseconds of each save while one server goes on."""
    port = free_port()
    source = saved.file.read_text(encoding="utf-8")
    try:
        with running(server(port), port):
            _await(port, saved.address, saved.title)
            time.sleep(SETTLED)
            return tuple(
                _save(saved, source, port, f"Title {number}", lambda: None) for number in range(saves)
            )
    finally:
        saved.file.write_text(source, encoding="utf-8")


def _restarted(root: Path, saved: Saved, saves: int) -> tuple[float, ...]:
    """Return the milliseconds of each save where the server is started anew for it."""
    taken = []
    source = saved.file.read_text(encoding="utf-8")
    for number in range(saves):
        port = free_port()
        with ExitStack() as servers:
            command = coopcal(root, "serve", "--port", str(port))
            begin = partial(servers.enter_context, running(command, port))
            taken.append(_save(saved, source, port, f"Other title {number}", begin))
    return tuple(taken)


def _save(saved: Saved, source: str, port: int, title: str, then: Callable[[], object]) -> float:
    aside = saved.file.with_name(f".{saved.file.name}")
    aside.write_text(source.replace(saved.title, title), encoding="utf-8")
    began = time.perf_counter()
    aside.replace(saved.file)
    then()
    _await(port, saved.address, title)
    return (time.perf_counter() - began) * 1000


def _await(port: int, address: str, title: str) -> None:
    """Ask until the feed shows a title."""
    wanted = f"SUMMARY:{title}".encode()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", address)
            body = connection.getresponse().read()
            connection.close()
            if wanted in body:
                return
        except OSError:
            pass
        time.sleep(0.003)
    raise TimeoutError(f"No answer with {title!r} within {PATIENCE:.0f} s")
