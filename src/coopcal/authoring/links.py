"""Looks whether web addresses still answer: politely, within bounds, and in words.

The standard library's client is enough: each hop is looked at by itself, no body is read, and nothing is kept.
"""

import errno
import re
import socket
import ssl
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from coopcal.model.link import Finding
from coopcal.model.message import Message, msg
from coopcal.model.refusal import refusal

AGENT = "coopcal"
HOPS = 10
"""Redirects that are followed."""

_AS_WRITTEN = "/%:=&?~#+!$,;'@()*[]"
_GONE = {404: msg("there is no such page (404)"), 410: msg("the page was taken away for good (410)")}
_ERROR, _SERVER_ERROR = 400, 500
_MEANT = frozenset({401, 403, 407, 429})
"""Something is there, but not for everybody, or not now: to ask again would be rude."""

_APPLICATION = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""How addresses begin that a program opens, and no web server."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OFFLINE = frozenset({errno.ENETUNREACH, errno.ENETDOWN})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: hosts asked at once, seconds for an answer, seconds for everything."""

    at_once: int = 8
    answer: float = 10
    all: float = 300


class _Unknown(Exception):  # noqa: N818 - no error of anybody's
    """The address could not be looked at, for a reason that is not its own."""

    def __init__(self, reason: Message) -> None:
        """Take the reason."""
        super().__init__(reason)
        self.said = reason


def probe(addresses: Iterable[str], limits: Limits | None = None) -> Mapping[str, Finding]:
    """Return what is wrong with web addresses; those that answer, or want a password, are left out.

    No address is asked for twice, and no host by two requests at once. 404, 410 and 5xx are dead; what else a server
    answers may be meant for programs alone.
    """
    run = _Run(limits or Limits())
    return run.findings(dict.fromkeys(addresses))


class _Run:
    """One round of looking, on threads that end with it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._hosts: SimpleQueue[list[str]] = SimpleQueue()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._lock = Lock()
        self._stopped = Event()
        self._found: dict[str, Finding | None] = {}
        self._tls = ssl.create_default_context()

    def findings(self, addresses: Iterable[str]) -> dict[str, Finding]:
        """Look at all, as far as there is time."""
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for address in addresses:
            by_host[_host(address)].append(address)
        for those in by_host.values():
            self._hosts.put(those)
        until = monotonic() + self._limits.all
        count = min(self._limits.at_once, len(by_host))
        # A thread that waits for an answer must not keep the program from ending.
        threads = [Thread(target=self._work, daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(until - monotonic(), 0))
        self._stopped.set()
        with self._lock:
            findings = dict(self._found)
        late = Finding(
            msg("there was no time left after {seconds} seconds", seconds=f"{self._limits.all:g}"), sure=False
        )
        asked = ((address, findings.get(address, late)) for those in by_host.values() for address in those)
        return {address: finding for address, finding in asked if finding is not None}

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                addresses = self._hosts.get_nowait()
            except Empty:
                return
            for address in addresses:
                if self._stopped.is_set():
                    return
                finding = self._look(address)
                with self._lock:
                    self._found[address] = finding

    def _look(self, address: str) -> Finding | None:
        try:
            reason = self._follow(address)
        except _Unknown as unknown:
            return Finding(unknown.said, sure=False)
        return Finding(reason) if reason else None

    def _follow(self, address: str) -> Message | None:
        """Follow redirects, and return what is wrong at their end."""
        for hop in range(HOPS + 1):
            if not _is_address(address):
                return (
                    msg("it is passed on to what is no web address") if hop else msg("it is no web address")
                )
            try:
                status, onward = self._ask(address)
            except (OSError, HTTPException, ValueError) as error:
                return _words(error, self._limits)
            if status in _REDIRECTS and onward:
                address = _onward(address, onward)
                if _APPLICATION.match(address):
                    return None
                continue
            if status >= _SERVER_ERROR:
                return msg("its server fails ({status}), perhaps only for now", status=status)
            return _GONE.get(status)
        return msg("it is passed on more than {count} times", count=HOPS)

    def _ask(self, address: str) -> tuple[int, str | None]:
        """Ask with HEAD, and again with GET where that is refused: some servers know nothing else."""
        try:
            status, onward = self._request("HEAD", address)
        except (HTTPException, ConnectionResetError, BrokenPipeError):
            status, onward = _ERROR, None
        known = status < _ERROR or status in _MEANT
        return (status, onward) if known else self._request("GET", address)

    def _request(self, method: str, address: str) -> tuple[int, str | None]:
        parts = urlsplit(address)
        host, timeout = parts.hostname or "", self._limits.answer
        connection = (
            HTTPSConnection(host, parts.port, timeout=timeout, context=self._tls)
            if parts.scheme.lower() == "https"
            else HTTPConnection(host, parts.port, timeout=timeout)
        )
        target = quote(parts.path or "/", _AS_WRITTEN) + (
            f"?{quote(parts.query, _AS_WRITTEN)}" if parts.query else ""
        )
        with self._lock:
            alone = self._locks[_host(address)]
        with alone:
            ended = Event()
            late = Timer(timeout, _end, (connection, ended))
            late.daemon = True
            late.start()
            try:
                connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
                response = connection.getresponse()
                return response.status, response.headers.get("Location")
            except (OSError, HTTPException) as error:
                if ended.is_set():
                    raise TimeoutError from error
                raise
            finally:
                late.cancel()
                connection.close()


def _end(connection: HTTPConnection, ended: Event) -> None:
    """End a request whose time is gone, though bytes come and come."""
    ended.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _is_address(address: str) -> bool:
    """Return whether an address of the web can be asked: with a host, and a port that there may be."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\x00-\x20\x7f%]", host)


def _onward(address: str, onward: str) -> str:
    """Return where a redirect leads, as it stands where that is nowhere."""
    try:
        return urljoin(address, onward)
    except ValueError:
        return onward


def _host(address: str) -> str:
    """Return the host of an address; "" where it is none, which those who ask it find."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _words(error: Exception, limits: Limits) -> Message:
    """Say what went wrong; raise _Unknown where this machine is the reason."""
    match error:
        case socket.gaierror(errno=socket.EAI_AGAIN):
            raise _Unknown(msg("names of machines cannot be looked up now; is this one online?"))
        case socket.gaierror() | UnicodeError():
            return msg("there is no machine of that name")
        case ssl.SSLCertVerificationError():
            return msg("its certificate is not valid ({reason})", reason=error.verify_message)
        case ssl.SSLError():
            return msg("no secure connection can be made")
        case TimeoutError():
            return msg("no answer comes within {seconds} seconds", seconds=f"{limits.answer:g}")
        case ConnectionRefusedError():
            return msg("no server answers there")
        case OSError(errno=number) if number in _OFFLINE:
            raise _Unknown(msg("the network cannot be reached; is this machine online?"))
        case OSError():
            return msg("it cannot be reached ({reason})", reason=refusal(error))
        case _:
            return msg("what answers there is no web server")
