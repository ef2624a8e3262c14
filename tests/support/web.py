"""A web server on loopback that answers as it is told, and remembers how it was asked."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let handshakes fail, as they do on purpose."""


@dataclass(slots=True)
class Web:
    """What is asked, in order, with the agents' names and what they say of caches; and how many requests went on at once at most."""

    root: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str | None] = field(default_factory=set)
    caching: set[str | None] = field(default_factory=set)
    at_once: int = 0


@contextmanager
def serving(answers: Mapping[str, tuple[int, str]], *, tls: SSLContext | None = None) -> Iterator[Web]:
    """Serve paths with a status and a Location, "" for none; other paths are 404.

    Under ``GET <path>`` stands what GET alone gets. A status of 0 closes the connection, 1 never answers.
    """
    over, lock = threading.Event(), threading.Lock()
    going_on = 0

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            nonlocal going_on
            with lock:
                going_on += 1
                web.at_once = max(web.at_once, going_on)
                web.asked.append((self.command, self.path))
                web.agents.add(self.headers["User-Agent"])
                web.caching.add(self.headers["Cache-Control"])
            time.sleep(0.01)  # so that two at once are seen to be
            with lock:
                going_on -= 1
            status, location = answers.get(f"{self.command} {self.path}", answers.get(self.path, (404, "")))
            if status == 0:
                self.close_connection = True
                return
            if status == 1:
                over.wait(60)
                return
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web = Web(f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
