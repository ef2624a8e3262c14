"""Clients that send or read slowly, or say nothing, against the real server: all others are answered meanwhile."""

import contextlib
import errno
import resource
import select
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from tests.support.command import serving
from tests.support.trees import BAKERY, lay

from coopcal.cli.connections import allowed, end_unread
from coopcal.cli.gateway import PATIENCE
from coopcal.cli.server import SILENCE

SOON = PATIENCE - 1
"""Seconds in which others are answered; then the server gives up those that hold it."""
DOCUMENT = bytes(range(256)) * 12_000
HELD = BAKERY.replace("tags: [open-doors]", "documents: [{label: Plan, file: files/plan.pdf}]")
PLAN = "/events/bakery/open-day/plan.pdf"
POST = b"POST /check/ HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
HEAVY = b"organisers: [" + b"a, " * 80_000 + b"]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Run the server with a single thread, and room for few descriptors, of which it may ask for more."""
    root = lay(tmp_path_factory.mktemp("slow"), {"calendars/bakery.yaml": HELD})
    (root / "calendars/files").mkdir()
    (root / "calendars/files/plan.pdf").write_bytes(DOCUMENT)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
    try:
        with serving(root, "--threads", "1") as (client, _):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            client.timeout = httpx.Timeout(SOON)
            yield client
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def connections(server: httpx.Client, number: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """Hold connections on which this is sent and nothing is read, until the block ends."""
    with contextlib.ExitStack() as stack:
        held = []
        for _ in range(number):
            one = socket.socket()
            stack.enter_context(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(SOON)
            one.connect(("127.0.0.1", server.base_url.port))
            one.sendall(sent)
            held.append(one)
        yield held


def answers(server: httpx.Client) -> list[int]:
    return [server.get(path).status_code for path in ("/healthz", "/feeds/all.ics", "/", "/check/", PLAN)]


def test_bodies_that_do_not_come_hold_nobody(server: httpx.Client) -> None:
    with connections(server, 8, POST):
        assert answers(server) == [200] * 5


def test_bodies_that_drip_hold_nobody(server: httpx.Client) -> None:
    stopped = threading.Event()

    def drip(held: list[socket.socket]) -> None:
        while not stopped.wait(0.2):
            for one in held:
                with contextlib.suppress(OSError):
                    one.sendall(b"t")

    with connections(server, 8, POST.replace(b"Content-Length: 9", b"Content-Length: 9000")) as held:
        thread = threading.Thread(target=drip, args=(held,))
        thread.start()
        try:
            assert answers(server) == [200] * 5
        finally:
            stopped.set()
            thread.join()


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "GET"])
def test_no_method_and_no_address_waits_for_a_body(server: httpx.Client, method: str) -> None:
    """Also where nothing takes one, and where its length is not told."""
    chunked = f"{method} /feeds/all.ics HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connections(server, 8, chunked.encode()):
        assert answers(server) == [200] * 5


@pytest.mark.parametrize(
    "lines", [b"", b"Range: bytes=100-\r\n", b"Accept-Encoding: gzip\r\n"], ids=["all", "part", "compressed"]
)
@pytest.mark.parametrize("path", [PLAN, "/feeds/all.ics", "/feeds/all.csv"])
def test_readers_that_do_not_read_hold_nobody(server: httpx.Client, path: str, lines: bytes) -> None:
    with connections(server, 8, b"GET %s HTTP/1.1\r\nHost: here\r\n%s\r\n" % (path.encode(), lines)):
        assert answers(server) == [200] * 5


def test_silent_connections_hold_nobody(server: httpx.Client) -> None:
    """More of them than descriptors were allowed at first."""
    with connections(server, 100), connections(server, 100, b"GET / HTTP/1.1\r\nHost:"):
        assert answers(server) == [200] * 5


def test_what_is_refused_is_refused_at_once_and_feeds_do_not_wait(server: httpx.Client) -> None:
    """Many heavy texts at once are checked two at a time, with threads of their own."""
    length = b"Content-Length: %d" % len(b"text=" + HEAVY)
    heavy = POST.replace(b"Content-Length: 9", length) + b"text=" + HEAVY
    with connections(server, 40, heavy) as held:
        assert answers(server)[:3] == [200] * 3
        for one in held:
            one.settimeout(30)
        statuses = [one.recv(12)[-3:] for one in held]

    assert set(statuses) <= {b"200", b"503"}
    assert statuses.count(b"503") >= len(held) // 2


def test_nothing_is_kept_that_does_not_go_on(server: httpx.Client) -> None:
    """A body that does not come is answered; a connection without a whole request, and one that is done, are closed."""
    stalled = POST.replace(b"Content-Length: 9", b"Content-Length: 90") + b"text="
    until = time.monotonic() + 3 * max(PATIENCE, SILENCE)
    with (
        connections(server, 1, stalled) as bodies,
        connections(server, 1) as silent,
        connections(server, 1, b"GET / HTTP/1.1\r\n") as headers,
        connections(server, 1, b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n") as done,
    ):
        left = {"body": bodies[0], "silent": silent[0], "header": headers[0], "done": done[0]}
        said = dict.fromkeys(left, b"")
        while left and time.monotonic() < until:
            for one in select.select(list(left.values()), [], [], 1)[0]:
                name = next(each for each, known in left.items() if known is one)
                received = one.recv(65_536)
                said[name] += received
                if not received:
                    del left[name]

    assert left == {}
    assert said["body"].startswith(b"HTTP/1.1 408 ")
    assert said["done"].startswith(b"HTTP/1.1 200 ")
    assert said["silent"] == said["header"] == b""


def test_a_body_that_breaks_off_is_not_taken_for_whole(server: httpx.Client) -> None:
    """The client hears of it where it still listens."""
    with connections(server, 1, POST + b"text=") as (one,):
        one.shutdown(socket.SHUT_WR)
        said = one.recv(12)

    assert said in (b"", b"HTTP/1.1 400")


def test_documents_are_given_whole_and_in_parts(server: httpx.Client) -> None:
    whole = server.get(PLAN)
    part = server.get(PLAN, headers={"Range": "bytes=1000-1999"})
    end = server.get(PLAN, headers={"Range": "bytes=-1"})
    beyond = server.get(PLAN, headers={"Range": "bytes=99999999-"})
    head = server.head(PLAN)
    unchanged = server.get(PLAN, headers={"If-None-Match": whole.headers["ETag"]})

    assert (whole.status_code, whole.content) == (200, DOCUMENT)
    assert whole.headers["Content-Length"] == head.headers["Content-Length"] == str(len(DOCUMENT))
    assert (part.status_code, part.content) == (206, DOCUMENT[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(DOCUMENT)}"
    assert (end.status_code, end.content) == (206, DOCUMENT[-1:])
    assert (beyond.status_code, head.content) == (416, b"")
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_what_an_application_is_told_of_a_request_is_what_was_sent(server: httpx.Client) -> None:
    """Paths in UTF-8, headers that stand twice, and none that passes for another."""
    feed = server.get("/feeds/all.ics")
    twice = [("If-None-Match", '"other"'), ("If-None-Match", feed.headers["ETag"])]

    assert server.get("/feeds/all.ics", headers=twice).status_code == 304
    assert server.get("/feeds/all.ics", headers={"If_None_Match": feed.headers["ETag"]}).status_code == 200
    assert server.get("/caf%C3%A9/%ff/%00").status_code == 404
    assert server.request("BREW", "/").status_code in (405, 501)


def test_a_connection_whose_client_takes_nothing_is_ended() -> None:
    """The sockets that listen are told for how long, and the system ends those connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        end_unread(1)
        client.connect(listening.getsockname())
        accepted, _ = listening.accept()
        accepted.settimeout(30)
        with pytest.raises(TimeoutError) as ended:
            accepted.sendall(b"x" * 50_000_000)
        accepted.close()

    assert ended.value.errno == errno.ETIMEDOUT


def test_connections_leave_descriptors_for_everything_else() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        found = allowed()

        assert 0 < found < resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
