"""What ``coopcal serve`` answers in a second, on one core: feeds, narrowed feeds, pages and fragments; beside the same bytes from others."""

import gzip
import http.client
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.compiling import PEERS, coopcal
from benchmarks.corpus import lay, usual
from benchmarks.cost import Command
from benchmarks.load import CONNECTIONS, Request, answer, generator, rate
from benchmarks.peers import nginx, radicale
from benchmarks.result import Role, Row, Section
from benchmarks.servers import cores, free_port, on_core, running

FEED = "/feeds/org-7.ics"
EVERYTHING = "/feeds/all"
WHOLE = f"{EVERYTHING}.ics"
GZIP = {"Accept-Encoding": "gzip"}
PAGES = {
    "Home page": "/",
    "Page of a calendar": "/feeds/org-7/",
    "Embed fragment": "/embed/org-7/list.en/",
}
NARROWED = 96
"""Addresses that are asked in each round."""


@dataclass(frozen=True)
class Server:
    """Somebody who answers, and how the same thing is asked of them; one of calendars alone has no pages, nor 304."""

    name: str
    role: Role
    port: int
    path: Callable[[str], str]
    headers: dict[str, str]
    has_pages: bool = True


def serving(events: int, folder: Path, rounds: int, seed: int, seconds: float) -> list[Section]:
    """Measure answers for a corpus of many events; each rate is asked for so many seconds, by turns, in each round."""
    root = folder / "tree"
    lay(usual(events, seed=seed), root)
    core, other = cores()
    port = free_port()
    with (
        running(
            coopcal(root, "serve", "--port", str(port), "--state", str(folder / "state")), port, core=core
        ),
        on_core(other),
    ):
        first = _first_answers(port, events)
        narrowed = _narrowed(port, rounds, events)
        ours = Server("coopcal", Role.OURS, port, lambda path: path, {})
        with _others(ours, folder) as others:
            servers = [ours, *others]
            plain = [server for server in servers if server.has_pages]
            sections = [
                _rates(title, request, plain if request.method == "HEAD" else servers, rounds, seconds)
                for title, request in _feeds(ours)
            ]
            sections += [
                _rates(f"{title} of {events:,} events, once made", Request(path), plain, rounds, seconds)
                for title, path in PAGES.items()
            ]
    return [*sections, narrowed, first]


def _feeds(ours: Server) -> Iterator[tuple[str, Request]]:
    """Yield what is asked of a feed, and what it is called."""
    size = len(answer(ours.port, Request(FEED)).body) / 1000
    yield f"Feed of {size:.0f} kB", Request(FEED)
    yield "The same in gzip", Request(FEED, GZIP)
    yield "The same, not modified (304)", Request(FEED, {"If-None-Match": ""}, status=304)
    yield "The same by HEAD", Request(FEED, method="HEAD")


def _rates(title: str, request: Request, servers: list[Server], rounds: int, seconds: float) -> Section:
    asked = {server.name: _asked(server, request) for server in servers}
    values: dict[str, list[float]] = {server.name: [] for server in servers}
    for number in range(rounds):
        for server in servers[:: -1 if number % 2 else 1]:
            values[server.name].append(rate(server.port, asked[server.name], seconds))
    rows = []
    for server in servers:
        without = request.status == 304 and not server.has_pages
        name = f"{server.name}, which answers 200" if without else server.name
        rows.append(Row(name, server.role, tuple(values[server.name])))
    return Section(
        title,
        "answers/s",
        tuple(rows),
        f"Asked over {CONNECTIONS} connections by {generator(request, seconds)}.",
    )


def _asked(server: Server, request: Request) -> Request:
    """Return a request as a server is asked it: by its own path and, where it is to say 304, of its own validator."""
    headers = {**request.headers, **server.headers}
    path = server.path(request.path)
    if request.status != 304:
        return replace(request, path=path, headers=headers)
    validator = answer(server.port, Request(path, server.headers)).headers.get("etag", '""')
    return replace(
        request,
        path=path,
        headers={**headers, "If-None-Match": validator},
        status=304 if server.has_pages else 200,
    )


@contextmanager
def _others(ours: Server, folder: Path) -> Iterator[list[Server]]:
    """Serve the bytes that coopcal answers with from other servers, on the same core."""
    files = folder / "files"
    path_of = _copy(ours.port, files).__getitem__
    core, _ = cores()
    with ExitStack() as stack:

        def begin(command: Callable[[int], Command]) -> int:
            port = free_port()
            return stack.enter_context(running(command(port), port, core=core))

        servers = [
            Server(
                f"bare {kind.upper()} callable", Role.LIMIT, begin(partial(_bare, kind, files)), path_of, {}
            )
            for kind in ("wsgi", "rsgi")
        ]
        if nginx.program():
            port = begin(partial(nginx.serve, files, folder / "nginx"))
            servers.append(Server("nginx", Role.LIMIT, port, path_of, {}))
        if radicale.PROGRAM.exists():
            port = begin(partial(radicale.serve, folder / "radicale"))
            radicale.put(port, answer(ours.port, Request(FEED)).body)
            servers.append(
                Server(
                    "Radicale",
                    Role.PEER,
                    port,
                    lambda _: radicale.PATH,
                    dict(radicale.HEADERS),
                    has_pages=False,
                )
            )
        yield servers


def _bare(kind: str, files: Path, port: int) -> Command:
    return [sys.executable, PEERS / "bare.py", kind, files, str(port)]


def _copy(port: int, files: Path) -> dict[str, str]:
    """Lay what coopcal answers with as files, also compressed; return their addresses on other servers by its own."""
    files.mkdir()
    names = {FEED: "/feed.ics"} | {path: f"/page-{number}.html" for number, path in enumerate(PAGES.values())}
    for path, name in names.items():
        body = answer(port, Request(path)).body
        (files / name[1:]).write_bytes(body)
        zipped = answer(port, Request(path, GZIP))
        compressed = zipped.headers.get("content-encoding") == "gzip"
        (files / f"{name[1:]}.gz").write_bytes(zipped.body if compressed else gzip.compress(body, 6))
    return names


def _first_answers(port: int, events: int) -> Section:
    """Ask for pages that nobody has asked for yet, and at once for the same again."""
    kinds = {
        "home page": ["/"],
        "page of a calendar": [f"/feeds/org-{number}/" for number in range(10)],
        "embed fragment": [f"/embed/org-{number}/list.en/" for number in range(10)],
        "search": [f"/search/?q={words}" for words in ("hall", "assembly", "org", "open+day", "e")],
        "jCal of everything": [f"{EVERYTHING}.jcal"],
        "CSV of everything": [f"{EVERYTHING}.csv"],
        "CSV of some": [f"{EVERYTHING}.csv?tag=hall-{number}" for number in range(4)],
    }
    rows = []
    for name, paths in kinds.items():
        first, second = [], []
        for path in paths:
            first.append(_milliseconds(port, path))
            second.append(_milliseconds(port, path))
        rows += [
            Row(f"{name}, first", Role.OURS, tuple(first)),
            Row(f"{name}, again", Role.LIMIT, tuple(second)),
        ]
    return Section(f"First answers at {events:,} events", "ms", tuple(rows))


def _milliseconds(port: int, path: str) -> float:
    began = time.perf_counter()
    answer(port, Request(path))
    return (time.perf_counter() - began) * 1000


def _narrowed(port: int, rounds: int, events: int) -> Section:
    """Ask one after another, on one connection, for narrowed feeds, for the same again, and for the whole feed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    measured: dict[str, list[float]] = {"narrowed, first": [], "narrowed, again": [], "the whole feed": []}
    for number in range(rounds):
        addresses = [
            f"{WHOLE}?tag=hall-{hall}&past=P{months}M"
            for hall in range(8)
            for months in range(1 + 12 * number, 13 + 12 * number)
        ][:NARROWED]
        for name, asked in zip(measured, (addresses, addresses, [WHOLE] * NARROWED), strict=True):
            measured[name].append(len(asked) / _seconds(connection, asked))
    connection.close()
    roles = (Role.OURS, Role.OURS, Role.LIMIT)
    rows = tuple(Row(name, role, tuple(measured[name])) for name, role in zip(measured, roles, strict=True))
    return Section(f"Narrowed feeds of {events:,} events", "answers/s", rows, "Asked one after another.")


def _seconds(connection: http.client.HTTPConnection, addresses: Iterable[str]) -> float:
    began = time.perf_counter()
    for address in addresses:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        assert response.status == http.client.OK, f"{address} is {response.status}"
    return time.perf_counter() - began
