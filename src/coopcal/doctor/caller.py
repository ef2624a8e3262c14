"""Asks servers, within bounds of time and size; names are looked up once, and only what answers is asked."""

import errno
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from threading import Event, Timer
from time import monotonic
from urllib.parse import SplitResult

from coopcal.counting.family import DOCTOR
from coopcal.doctor.addresses import onward, parts_of, port_of, target_of
from coopcal.doctor.answer import REDIRECTS, Answer, Failure, Journey, Reach, Reply, Trouble
from coopcal.doctor.connection import Connection, read

HOPS = 10
"""Redirects that are followed."""

_MOST_ADDRESSES = 6
_NOT_HERE = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
"""How this machine says that it has no way into a network at all."""

_BY_CODE = {10: Trouble.EXPIRED, 62: Trouble.OTHER_NAME, 64: Trouble.OTHER_NAME} | dict.fromkeys(
    (2, 18, 19, 20, 21), Trouble.UNKNOWN_ISSUER
)
"""What OpenSSL's codes of a certificate that is refused mean."""


class Offline(Exception):  # noqa: N818 - no error of anybody's
    """This machine cannot look names up: nothing can be said of the feed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: seconds for a connection and for an answer, bytes of a body, and from when on an answer is slow.

    ``apart`` are the seconds between two fetches of a body, so that stamps of the clock differ.
    """

    connection: float = 5
    answer: float = 60
    largest: int = 20_000_000
    slow: float = 10
    apart: float = 1.2


class Caller:
    """Asks servers; ``routes`` say by port where to connect to instead of where names lead."""

    def __init__(
        self, tls: ssl.SSLContext, routes: Mapping[int, tuple[str, int]], limits: Limits | None = None
    ) -> None:
        """Take what is trusted."""
        self.limits = limits or Limits()
        self._tls, self._routes = tls, routes
        self._reached: dict[tuple[str, int], tuple[Reach, ...] | None] = {}

    def reached(self, parts: SplitResult) -> tuple[Reach, ...] | None:
        """Return the addresses of a host and whether they answer; None where there is no such host."""
        port = port_of(parts)
        where = self._routes.get(port, (parts.hostname or "", port))
        if where not in self._reached:
            self._reached[where] = self._looked_up(*where)
        return self._reached[where]

    def is_routed(self, parts: SplitResult) -> bool:
        """Return whether the name of a host is not looked up."""
        return port_of(parts) in self._routes

    def follow(self, address: str, headers: Mapping[str, str]) -> Journey:
        """Ask, and go where redirects lead, within the web and up to a limit."""
        hops: list[Answer] = []
        while True:
            reply = self.ask("GET", address, headers)
            if isinstance(reply, Failure) or reply.status not in REDIRECTS or len(hops) == HOPS:
                return Journey(tuple(hops), reply)
            if not reply.header("Location"):
                return Journey(tuple(hops), reply)
            hops.append(reply)
            address = onward(address, reply.header("Location"))

    def ask(self, method: str, address: str, headers: Mapping[str, str]) -> Reply:
        """Ask once."""
        parts = parts_of(address)
        if parts is None:
            return Failure(address, Trouble.BAD_ADDRESS)
        reached = self.reached(parts)
        if reached is None:
            return Failure(address, Trouble.NO_SUCH_NAME)
        there = next((reach.address for reach in reached if reach.answers), None)
        if there is None:
            return Failure(address, Trouble.NO_CONNECTION)
        _, port = self._routes.get(port_of(parts), ("", port_of(parts)))
        return self._asked(method, address, parts, (there, port), headers)

    def _looked_up(self, host: str, port: int) -> tuple[Reach, ...] | None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise Offline from error
            return None
        except UnicodeError:
            return None
        addresses = dict.fromkeys(str(where[0]) for *_, where in found)
        return tuple(Reach(one, self._answers(one, port)) for one in list(addresses)[:_MOST_ADDRESSES])

    def _answers(self, address: str, port: int) -> bool | None:
        try:
            socket.create_connection((address, port), self.limits.connection).close()
        except OSError as error:
            return None if error.errno in _NOT_HERE else False
        return True

    def _asked(
        self,
        method: str,
        address: str,
        parts: SplitResult,
        where: tuple[str, int],
        headers: Mapping[str, str],
    ) -> Reply:
        begun, ended = monotonic(), Event()
        connection = Connection(
            parts, where, self._tls if parts.scheme == "https" else None, self.limits.answer
        )
        late = Timer(self.limits.answer, connection.end, (ended,))
        late.daemon = True
        late.start()
        try:
            connection.request(method, target_of(parts), headers={**headers, DOCTOR: "1"})
            response = connection.getresponse()
            body, is_whole, is_too_long = read(response, self.limits.largest)
            if ended.is_set():
                return Failure(address, Trouble.TOO_LATE)
            return Answer(
                address,
                response.status,
                tuple(response.getheaders()),
                body,
                monotonic() - begun,
                is_whole,
                is_too_long,
                connection.certificate_ends,
            )
        except (OSError, HTTPException, ValueError) as error:
            return Failure(address, Trouble.TOO_LATE if ended.is_set() else self._trouble(error, where))
        finally:
            late.cancel()
            connection.close()

    def _trouble(self, error: Exception, where: tuple[str, int]) -> Trouble:
        match error:
            case ssl.SSLCertVerificationError():
                return _BY_CODE.get(error.verify_code, Trouble.INVALID)
            case ssl.SSLError():
                return Trouble.OLD_TLS if self._speaks_old_tls(where) else Trouble.NO_TLS
            case TimeoutError():
                return Trouble.TOO_LATE
            case HTTPException() | ValueError() | ConnectionError():
                return Trouble.NO_HTTP
            case _:
                return Trouble.NO_CONNECTION

    def _speaks_old_tls(self, where: tuple[str, int]) -> bool:
        """Return whether a server would speak the TLS of the years before 2008; nothing is sent to it."""
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        # The library warns of asking for what is out of date: here it is asked whether it is.
        old.options &= ~(ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1)
        with suppress(ValueError, DeprecationWarning):
            old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        try:
            with (
                socket.create_connection(where, self.limits.connection) as plain,
                old.wrap_socket(plain) as secured,
            ):
                return secured.version() in ("TLSv1", "TLSv1.1", "SSLv3")
        except OSError:
            return False


def is_private(address: str) -> bool:
    """Return whether only machines near it reach an address."""
    return not ip_address(address.partition("%")[0]).is_global
