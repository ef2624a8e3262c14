"""Brings what stands at a web address: whole, within bounds of size and time, and in plain words where it cannot be."""

import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from coopcal.model.message import Message, Number, msg
from coopcal.model.refusal import refusal

AGENT = "coopcal"

_AS_WRITTEN = "/%:=&?~#+!$,;'@()*[]"
_CHUNK = 1 << 16
_HEAD = 1 << 18
"""Bytes that may come before the body: headers, provisional answers, redirects."""

_GZIP = b"\x1f\x8b"
_NO_PAGE = msg("it leads to something that is no web page")


class DownloadError(Exception):
    """It cannot be had; the text says why, in words that go on “… cannot be read: ”."""

    def __init__(self, why: Message) -> None:
        """Take the reason."""
        super().__init__(why)


class NotThereError(DownloadError):
    """Its server says that nothing is at that address (404)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: bytes, packed and unpacked; seconds that a server may be silent; seconds for everything."""

    size: int
    silence: float = 30
    all: float = 120


def download(address: str, limits: Limits, headers: Mapping[str, str]) -> bytes:
    """Return what stands at an http(s) address; raise DownloadError where it is not there, not whole, or out of bounds."""
    guard = _Guard(limits, monotonic() + limits.all, _HEAD)
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(), _Http(guard), _Https(guard), _Redirects(), HTTPErrorProcessor(), HTTPDefaultErrorHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    try:
        request = Request(  # noqa: S310 - the opener knows http and https alone
            _plain(address), headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
        )
        with opener.open(request, timeout=guard.patience()) as answer:
            guard.left = limits.size + _HEAD
            return _body(answer, limits)
    except DownloadError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, HTTPError):
            error.close()
        is_there = not (isinstance(error, HTTPError) and error.code == HTTPStatus.NOT_FOUND)
        raise (DownloadError if is_there else NotThereError)(_words(error, limits)) from error


def gunzipped(content: bytes, largest: int) -> bytes:
    """Return bytes without gzip around them, as they are where there is none; raise DownloadError where they are damaged, or too many."""
    if not content.startswith(_GZIP):
        return content
    unpacked, rest = bytearray(), content
    while rest.startswith(_GZIP):
        unpacking = zlib.decompressobj(wbits=31)
        try:
            unpacked += unpacking.decompress(rest, largest + 1 - len(unpacked))
        except zlib.error as error:
            raise DownloadError(
                msg("what is packed in it (gzip) is damaged ({reason})", reason=error)
            ) from error
        if len(unpacked) > largest:
            raise DownloadError(
                msg("it has more than {most} bytes when it is unpacked", most=Number(largest))
            )
        if not unpacking.eof:
            raise DownloadError(msg("it is cut off: the end of what is packed in it (gzip) is missing"))
        rest = unpacking.unused_data
    return bytes(unpacked)


def _body(answer: HTTPResponse, limits: Limits) -> bytes:
    content = bytearray()
    while chunk := answer.read1(_CHUNK):
        content += chunk
        if len(content) > limits.size:
            raise DownloadError(msg("it has more than {most} bytes", most=Number(limits.size)))
    if answer.length:
        raise DownloadError(
            msg(
                "it came cut off: {here} bytes of {all}; try again later",
                here=Number(len(content)),
                all=Number(len(content) + answer.length),
            )
        )
    if answer.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip"):
        return gunzipped(bytes(content), limits.size)
    return bytes(content)


def _plain(address: str) -> str:
    """Return an address in ASCII, as it goes over the wire; raise DownloadError where it is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port is not None else ""
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise DownloadError(msg("it is no web address"))
        host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except ValueError as error:
        raise DownloadError(msg("it is no web address")) from error
    if parts.username is not None:
        raise DownloadError(msg("addresses with a name and a password in them are not asked for"))
    path, query = quote(parts.path or "/", _AS_WRITTEN), quote(parts.query, _AS_WRITTEN)
    return urlunsplit((parts.scheme, host + port, path, query, ""))


@dataclass(slots=True)
class _Guard:
    """What is left of the time and of the bytes that a server may take."""

    limits: Limits
    until: float
    left: int

    def patience(self) -> float:
        """Return how long to wait now; raise DownloadError when all time is gone."""
        left = self.until - monotonic()
        if left <= 0:
            raise DownloadError(msg("it takes more than {seconds} seconds", seconds=f"{self.limits.all:g}"))
        return min(self.limits.silence, left)

    def took(self, count: int) -> None:
        """Count bytes that came."""
        self.left -= count
        if self.left < 0:
            raise DownloadError(msg("its server sends more than can be meant"))


class _Guarded:
    """A socket that a guard looks at each time something is to come."""

    guard: _Guard | None = None

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Receive, within what is left."""
        guard = self.guard
        if guard is None:
            return super().recv_into(*arguments, **named)  # type: ignore[misc, no-any-return]
        self.settimeout(guard.patience())  # type: ignore[attr-defined]
        try:
            count: int = super().recv_into(*arguments, **named)  # type: ignore[misc]
        except TimeoutError:
            guard.patience()
            raise
        guard.took(count)
        return count


class _PlainSocket(_Guarded, socket.socket):
    pass


class _TlsSocket(_Guarded, ssl.SSLSocket):
    pass


class _Connection(HTTPConnection):
    def __init__(self, host: str, *, guard: _Guard, timeout: float) -> None:
        super().__init__(host, timeout=min(timeout, guard.patience()))
        self._guard = guard

    def connect(self) -> None:
        super().connect()
        self.sock = _PlainSocket(self.sock.family, self.sock.type, self.sock.proto, self.sock.detach())
        self.sock.guard = self._guard
        self.sock.settimeout(self._guard.patience())


class _TlsConnection(HTTPSConnection):
    def __init__(self, host: str, *, guard: _Guard, timeout: float) -> None:
        context = ssl.create_default_context()
        context.sslsocket_class = _TlsSocket
        super().__init__(host, timeout=min(timeout, guard.patience()), context=context)
        self._guard = guard

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _Guarded):
            self.sock.guard = self._guard


class _Http(HTTPHandler):
    def __init__(self, guard: _Guard) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, guard=self._guard), req)


class _Https(HTTPSHandler):
    def __init__(self, guard: _Guard) -> None:
        super().__init__()
        self._guard = guard

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_TlsConnection, guard=self._guard), req)


class _Redirects(HTTPRedirectHandler):
    """Follows redirects to web addresses alone."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Return the next request; raise DownloadError before anything else than a web server is asked."""
        try:
            onward = _plain(newurl)
        except DownloadError as error:
            raise DownloadError(_NO_PAGE) from error
        return super().redirect_request(req, fp, code, msg, headers, onward)

    def http_error_302(self, req: Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Follow a redirect; close what answered where it cannot be followed."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except BaseException:
            fp.close()
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _words(error: Exception, limits: Limits) -> Message:
    """Say what went wrong."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(reason, HTTPError):
        if 300 <= reason.code < 400:  # noqa: PLR2004 - redirects
            return msg("it leads to something that is no web page, or in a circle")
        return msg("its server answers {code} ({reason})", code=reason.code, reason=reason.reason)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return msg("its certificate is not valid ({reason})", reason=reason.verify_message)
    if isinstance(reason, TimeoutError):
        return msg("its server is silent for more than {seconds} seconds", seconds=f"{limits.silence:g}")
    message = next((words for kind, words in _SAID if isinstance(reason, kind)), None)
    if message is None and isinstance(reason, OSError):
        return msg("it cannot be reached ({reason})", reason=refusal(reason))
    return message or msg("it is no web address, or leads to none")


_SAID: tuple[tuple[type[Exception], Message], ...] = (
    (socket.gaierror, msg("there is no machine of that name, or this one is not online")),
    (UnicodeError, msg("there is no machine of that name")),
    (ssl.SSLError, msg("its server makes no secure connection (https)")),
    (ConnectionRefusedError, msg("no server answers there")),
    (ConnectionError, msg("its server breaks off, or is no web server")),
    (HTTPException, msg("its server breaks off, or is no web server")),
)
"""What errors mean; the first that fits is taken."""
