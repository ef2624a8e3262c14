"""From the server to the application's threads: no client holds a thread while it sends or reads slowly.

Bodies of requests are read on the event loop, within bounds of time and size, before a thread is asked; and answers are
handed back whole, or as the file that they are, so that the server sends them by itself.
"""

import asyncio
import io
import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter
from typing import Any, BinaryIO

from coopcal.authoring.sandbox.process import AT_ONCE
from coopcal.cli.connections import end_unread
from coopcal.cli.event_loop import in_the_loop
from coopcal.cli.noting import Noter
from coopcal.cli.rsgi import Exchange, Headers, Scope, peer_of, said_in
from coopcal.counting.address import told
from coopcal.web import Application
from coopcal.web.check import LARGEST_REQUEST
from coopcal.web.delivery import Answer, Request
from coopcal.web.headers import SECURITY

PATIENCE = 10.0
"""Seconds that the body of a request may take to come."""

HELD = 16_000_000
"""Bytes of bodies that are held at the same time."""

UNREAD = 60
"""Seconds after which a connection is ended whose client takes nothing of what is sent."""

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_PART = re.compile(r"bytes ([0-9]+)-([0-9]+)/")

_log = logging.getLogger(__name__)


class _File:
    """The body of an answer that is a file, or a part of one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._file.read(65_536), b"")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(slots=True)
class _Answer:
    """What the application gave; ``file`` is the path of the file that the body is, or is a part of."""

    status: int = HTTPStatus.INTERNAL_SERVER_ERROR
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    file: str | None = None

    @property
    def length(self) -> int:
        """The bytes that are sent, headers aside."""
        return int(dict(self.headers).get("Content-Length", 0)) if self.file else len(self.body)

    def start(self, status: str, headers: Headers, _: object = None) -> None:
        """Take the status and the headers (PEP 3333)."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers

    def wrap(self, file: BinaryIO, _: int = 0) -> _File:
        """Take note of the file that is to be sent (PEP 3333, on file handling by the platform)."""
        self.file = file.name
        return _File(file)


class Gateway:
    """An application (WSGI) as a server calls it (RSGI).

    What ``at_once`` answers is sent where the request comes in; all else waits for a turn of the event loop, and is asked of a thread.
    Behind ``proxies`` of one's own, these say which host was asked.
    Requests with a body have threads of their own: however many there are, none that only reads waits for them.
    A ``noter`` notes each answer.
    """

    def __init__(
        self,
        app: Application,
        threads: int,
        at_once: Callable[[Request], Answer | None] = lambda _: None,
        noter: Noter | None = None,
        proxies: int = 0,
    ) -> None:
        self._app = app
        self._proxies = proxies
        self._at_once = at_once
        self._noter = noter
        self._readers = ThreadPoolExecutor(threads, "reader")
        self._writers = ThreadPoolExecutor(AT_ONCE + 1, "writer")
        self._held = 0
        self._bounded = False

    async def __call__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer a request."""
        begun = perf_counter()
        if not self._bounded:
            self._bounded = True
            end_unread(UNREAD)
        if scope.method in _BODILESS:
            known = self._at_once(
                Request.of_headers(scope.method, _path(scope), scope.query_string, self._values(scope))
            )
            if known is not None:
                status, headers, content = known
                if content:
                    exchange.response_bytes(int(status[:3]), headers, content)
                else:
                    exchange.response_empty(int(status[:3]), headers)
                if self._noter is not None:
                    self._noter.note(scope, int(status[:3]), len(content), begun)
                return
            await in_the_loop()
            await self._answer(scope, exchange, self._readers, b"", begun)
            return
        await in_the_loop()
        body = bytearray()
        try:
            refused = await self._read(scope, exchange, body)
            if refused is None:
                await self._answer(scope, exchange, self._writers, bytes(body), begun)
            else:
                text = f"{refused.phrase}\n".encode()
                exchange.response_bytes(refused, _plain(text), text)
                if self._noter is not None:
                    self._noter.note(scope, refused, len(text), begun)
        finally:
            self._held -= len(body)

    def _values(self, scope: Scope) -> Callable[[str], list[str]]:
        """Return what gives the values of a header by its name; one's own proxies may say which host was asked."""
        values: Callable[[str], list[str]] = scope.headers.get_all
        host = said_in(scope, self._proxies).host
        return (lambda name: [host] if name == "host" else values(name)) if host else values

    async def _read(self, scope: Scope, exchange: Exchange, body: bytearray) -> HTTPStatus | None:
        """Take the body of a request; return why it is refused, None where it is not.

        Of what is too large nothing more is read: by its length alone, the application refuses it with words.
        """
        declared = _length(scope)
        if declared > LARGEST_REQUEST:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                async for chunk in exchange:
                    if self._held + len(chunk) > HELD:
                        return HTTPStatus.SERVICE_UNAVAILABLE
                    self._held += len(chunk)
                    body += chunk
                    if len(body) > LARGEST_REQUEST:
                        return None
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        return HTTPStatus.BAD_REQUEST if len(body) < declared else None

    async def _answer(
        self, scope: Scope, exchange: Exchange, threads: ThreadPoolExecutor, body: bytes, begun: float
    ) -> None:
        environ = _environ(scope, body)
        answer = await asyncio.get_running_loop().run_in_executor(threads, _answered, self._app, environ)
        if answer.file is None:
            exchange.response_bytes(answer.status, answer.headers, answer.body)
        elif answer.status == HTTPStatus.PARTIAL_CONTENT:
            part = _PART.match(dict(answer.headers)["Content-Range"])
            assert part is not None, "a part says which it is (RFC 9110, 15.3.7)"
            first, last = map(int, part.groups())
            exchange.response_file_range(answer.status, answer.headers, answer.file, first, last + 1)
        else:
            exchange.response_file(answer.status, answer.headers, answer.file)
        if self._noter is not None:
            self._noter.note(scope, answer.status, answer.length, begun)

    def __rsgi_del__(self, _: object) -> None:
        """Write what was noted, as the server ends."""
        if self._noter is not None:
            self._noter.close()


def _answered(app: Application, environ: dict[str, Any]) -> _Answer:
    """Return the answer of an application; of one that fails, words with a number by which the log tells why."""
    try:
        return _called(app, environ)
    except Exception:  # noqa: BLE001 - whatever fails, whoever asked is answered
        reference = secrets.token_hex(8)
        _log.exception(
            "%s %s failed (%s)",
            environ["REQUEST_METHOD"],
            told(environ["PATH_INFO"]),
            reference,
            extra={"request_id": reference},
        )
        text = f"Something went wrong here. Whoever keeps this server finds why by this number: {reference}\n".encode()
        return _Answer(HTTPStatus.INTERNAL_SERVER_ERROR, _plain(text), text)


def _called(app: Application, environ: dict[str, Any]) -> _Answer:
    """Call the application, and return its whole answer."""
    answer = _Answer()
    environ["wsgi.file_wrapper"] = answer.wrap
    chunks = app(environ, answer.start)
    sends = environ["REQUEST_METHOD"] == "GET" and answer.status in (
        HTTPStatus.OK,
        HTTPStatus.PARTIAL_CONTENT,
    )
    try:
        if not sends:
            answer.file = None
        if answer.file is None:
            answer.body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    return answer


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """Return what WSGI says of a request (PEP 3333); a name with an underscore could pass for another header."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _path(scope),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": peer_of(scope),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            key = f"HTTP_{name.upper().replace('-', '_')}"
            separator = "; " if name == "cookie" else ", "
            environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    for name in ("HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"):
        environ.pop(name, None)
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = str(max(_length(scope), len(body)))
    return environ


def _path(scope: Scope) -> str:
    """Return the path of a request as WSGI has it: bytes as characters (PEP 3333)."""
    path = scope.path
    return path if path.isascii() else path.encode().decode("latin-1")


def _length(scope: Scope) -> int:
    """Return how many bytes a request says that its body has, 0 where it does not say."""
    length: str = scope.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _plain(body: bytes) -> Headers:
    return [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
        *SECURITY,
    ]
