"""One connection to a certain machine, which can be ended from elsewhere, and what is read from it."""

import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from threading import Event
from urllib.parse import SplitResult

from coopcal.doctor.addresses import PORTS, port_of

_PIECE = 65_536


class Connection(HTTPConnection):
    """A connection to a certain machine, whatever its name; with TLS where there is a context."""

    def __init__(
        self, parts: SplitResult, where: tuple[str, int], tls: ssl.SSLContext | None, timeout: float
    ) -> None:
        self.default_port = PORTS["http" if tls is None else "https"]
        super().__init__(parts.hostname or "", port_of(parts), timeout=timeout)
        self._where, self._trusted = where, tls
        self._opened: socket.socket | None = None
        self.certificate_ends: datetime | None = None

    def connect(self) -> None:
        """Connect there, and be sure of who answers."""
        self.sock = self._opened = socket.create_connection(self._where, self.timeout)
        if self._trusted is None:
            return
        secured = self._trusted.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = self._opened = secured
        secured.do_handshake()
        if ends := (secured.getpeercert() or {}).get("notAfter"):
            self.certificate_ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC)

    def end(self, ended: Event) -> None:
        """End a request whose time is gone, though bytes come and come; the library may have let go of the socket."""
        ended.set()
        if self._opened is not None:
            with suppress(OSError):
                self._opened.shutdown(socket.SHUT_RDWR)


def read(response: HTTPResponse, largest: int) -> tuple[bytes, bool, bool]:
    """Return a body as far as it is read, whether it came whole, and whether there is more."""
    body = bytearray()
    try:
        while len(body) <= largest and (piece := response.read(_PIECE)):
            body += piece
    except IncompleteRead as broken:
        return bytes(body + broken.partial), False, False
    is_too_long = len(body) > largest
    return bytes(body[:largest]), is_too_long or not response.length, is_too_long
