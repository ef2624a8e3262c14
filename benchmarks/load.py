"""How many answers a server gives in a second: asked over 32 connections at once, by wrk where it is installed, else from here."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

CONNECTIONS = 32
LONGEST = 60.0
WHOLE = 1.0
"""Seconds below which wrk is not asked, as it measures whole ones alone."""

_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)", re.MULTILINE)
_BAD = re.compile(r"^\s*(Non-2xx or 3xx responses|Socket errors).*", re.MULTILINE)


@dataclass(frozen=True)
class Request:
    """What is asked of a server, and the status that it has to answer with."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    status: int = 200

    def encoded(self, port: int) -> bytes:
        """Return the bytes that are sent."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Answer:
    """What a server said, as it stood on the line."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    length: int


def answer(port: int, request: Request) -> Answer:
    """Ask once, on a connection of its own; raise AssertionError where the status is another one."""
    with socket.create_connection(("127.0.0.1", port), LONGEST) as connection:
        connection.sendall(request.encoded(port))
        with connection.makefile("rb") as stream:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = stream.readline()
                assert line, f"{request.path}: closed before an answer"
                head += line
            status, headers = _read_head(head)
            size = 0 if request.method == "HEAD" or status == 304 else int(headers["content-length"])
            body = stream.read(size)
    assert status == request.status, f"{request.method} {request.path} is {status}, not {request.status}"
    return Answer(status, headers, body, len(head) + len(body))


def rate(port: int, request: Request, seconds: float) -> float:
    """Return answers in a second."""
    whole = answer(port, request)
    program = _program(request, seconds)
    if program:
        return _by_wrk(program, port, request, seconds)
    return _by_sockets(port, request, whole.length, seconds)


def generator(request: Request, seconds: float) -> str:
    """Return what asks."""
    return "wrk" if _program(request, seconds) else "sockets of our own"


def _program(request: Request, seconds: float) -> str | None:
    """Return where wrk is, if it can ask this: it waits for the body of an answer to HEAD."""
    return shutil.which("wrk") if seconds >= WHOLE and request.method == "GET" else None


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, value in pairs}


def _by_wrk(program: str, port: int, request: Request, seconds: float) -> float:
    headers = [part for name, value in request.headers.items() for part in ("-H", f"{name}: {value}")]
    shown = subprocess.run(
        [program, "-t1", f"-c{CONNECTIONS}", f"-d{round(seconds)}s", *headers, f"http://127.0.0.1:{port}{request.path}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout  # fmt: skip
    match = _RATE.search(shown)
    assert match, shown
    assert not _BAD.search(shown), shown
    return float(match[1])


def _by_sockets(port: int, request: Request, length: int, seconds: float) -> float:
    """Ask again on each connection once its whole answer has come, which is always as long as the first one."""
    message, chunk = request.encoded(port), bytearray(max(length, 65_536))
    left: dict[socket.socket, int] = {}
    answers = 0
    with selectors.DefaultSelector() as selector:

        def begin() -> None:
            connection = socket.create_connection(("127.0.0.1", port), LONGEST)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(message)
            left[connection] = length
            selector.register(connection, selectors.EVENT_READ)

        for _ in range(CONNECTIONS):
            begin()
        began = time.perf_counter()
        while (taken := time.perf_counter() - began) < seconds:
            for key, _ in selector.select(timeout=seconds - taken):
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                read = connection.recv_into(chunk)
                left[connection] -= read
                if read and left[connection] > 0:
                    continue
                if read:
                    answers += 1
                    left[connection] = length
                    connection.sendall(message)
                else:
                    _end(selector, connection, left)
                    begin()
        for connection in list(left):
            _end(selector, connection, left)
    return answers / taken


def _end(selector: selectors.BaseSelector, connection: socket.socket, left: dict[socket.socket, int]) -> None:
    selector.unregister(connection)
    connection.close()
    del left[connection]
