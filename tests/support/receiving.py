"""A receiver of notifications on loopback, which keeps what came, and answers as it is told to."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answering = Callable[[], tuple[int, Mapping[str, str]] | None]
"""Gives the status and headers of an answer; None where there is none, and the connection stays open."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came: where to, with which headers, and what."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Which notification it is."""
        return self.headers["webhook-id"]

    @property
    def values(self) -> Any:
        """What a program reads."""
        return json.loads(self.body)

    @property
    def events(self) -> list[tuple[str, list[str]]]:
        """The events that it tells of, and what it says of each."""
        return [(event["key"], event["words"]) for event in self.values["data"]["events"]]


@dataclass(slots=True)
class Receiver:
    """Where it listens, what came, and how it answers."""

    port: int
    url: str
    answering: Answering = lambda: (204, {})
    came: list[Came] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def status(self, status: int, **headers: str) -> None:
        """Answer with a status from now on."""
        self.answering = lambda: (status, {name.replace("_", "-"): told for name, told in headers.items()})

    @property
    def ids(self) -> list[str]:
        """Which notifications came, in order."""
        return [one.id for one in self.came]


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Receive until the block ends."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): told for name, told in self.headers.items()}
            receiver.came.append(Came(self.path, headers, body))
            receiver.arrived.set()
            answer = receiver.answering()
            if answer is None:
                over.wait(30)
                return
            self.send_response(answer[0])
            for name, told in answer[1].items():
                self.send_header(name, told)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    receiver = Receiver(port, f"{'https' if tls else 'http'}://127.0.0.1:{port}/hook")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
