"""The shortest application on the server that coopcal uses, with its event loop: a table of files, with gzip and 304; the limit of what can be served there.

Usage: bare.py wsgi|rsgi FOLDER PORT
"""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian, loops
from granian.constants import HTTPModes, Interfaces

from coopcal.cli import event_loop

ETAG = '"1"'
Headers = list[tuple[str, str]]


class Table:
    """What is answered, made before anybody asks: status, headers and body by path and by what is accepted."""

    def __init__(self, folder: str) -> None:
        self._answers: dict[tuple[str, bool], tuple[Headers, bytes]] = {}
        for path in Path(folder).iterdir():
            for name, zipped in ((path.name, False), (path.name.removesuffix(".gz"), path.suffix == ".gz")):
                body = path.read_bytes()
                headers = [
                    ("content-type", "text/calendar; charset=utf-8"),
                    ("content-length", str(len(body))),
                ]
                headers += [
                    ("etag", ETAG),
                    ("cache-control", "public, max-age=300"),
                    ("vary", "Accept-Encoding"),
                ]
                headers += [("content-encoding", "gzip")] if zipped else []
                self._answers[f"/{name}", zipped] = headers, body

    def answer(self, path: str, accepted: str, known: str) -> tuple[int, Headers, bytes]:
        """Return status, headers and body."""
        headers, body = self._answers[path, "gzip" in accepted]
        return (304, headers[2:], b"") if known == ETAG else (200, headers, body)


def wsgi(table: Table, environ: dict[str, Any], start: Callable[[str, Headers], object]) -> Iterable[bytes]:
    """Answer as WSGI."""
    status, headers, body = table.answer(
        environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", "")
    )
    start("304 Not Modified" if status == 304 else "200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


async def rsgi(table: Table, scope: Any, exchange: Any) -> None:
    """Answer as RSGI."""
    status, headers, body = table.answer(
        scope.path, scope.headers.get("accept-encoding") or "", scope.headers.get("if-none-match") or ""
    )
    if body and scope.method != "HEAD":
        exchange.response_bytes(status, headers, body)
    else:
        exchange.response_empty(status, headers)


def load(kind: str, folder: str) -> Callable[..., Any]:
    """Return the application; called in the worker."""
    return partial({"wsgi": wsgi, "rsgi": rsgi}[kind], Table(folder))


loops.register("auto")(event_loop.new)

if __name__ == "__main__":
    KIND, FOLDER, PORT = sys.argv[1:]
    Granian(
        target=FOLDER,
        address="127.0.0.1",
        port=int(PORT),
        interface=Interfaces(KIND),
        workers=1,
        http=HTTPModes.http1,
        log_enabled=False,
    ).serve(target_loader=partial(load, KIND))
