"""A forge's API on loopback: answers what it is told to, and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request: its path without the query, and what was sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    payload: Any


@dataclass
class Forge:
    """Answers by method and path, else 404; an answer is a status and its content, and may be made of the request."""

    address: str = ""
    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def sent(self, method: str) -> list[tuple[str, Any]]:
        """Return the paths and contents of the requests of a method."""
        return [(sent.path, sent.payload) for sent in self.asked if sent.method == method]


@contextmanager
def forge() -> Iterator[Forge]:
    """Run a forge's API until the block ends."""
    here = Forge()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            path, _, query = self.path.partition("?")
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            payload = json.loads(content) if content else None
            headers = {name.lower(): value for name, value in self.headers.items()}
            here.asked.append(Asked(self.command, path, query, headers, payload))
            status, answer = here.answers.get((self.command, path), (404, {"message": "Not Found"}))
            if self.command == "GET" and "page=" in query and "page=1" not in query.split("&"):
                answer = []
            body = json.dumps(answer).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", answer)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - named by http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        here.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
