"""Which names a preview answers to: it shows lines of hidden events, and a page elsewhere may be led here by name."""

import ipaddress
from collections.abc import Iterable

from coopcal.web.delivery import Application, Environ, StartResponse

_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what is listened on, not what is listened for


class KnownHosts:
    """An application that answers to names of this machine and to the one that it listens on, and to no other.

    A page elsewhere whose name is led to this machine (DNS rebinding) asks by that name, and is refused. An address in
    numbers can be led nowhere: where all addresses are listened on, each of them is known.
    """

    def __init__(self, app: Application, host: str) -> None:
        self._app = app
        self._host = _plain(host)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        if self._knows(_plain(without_port(environ.get("HTTP_HOST", "")))):
            return self._app(environ, start_response)
        body = b"This preview answers to localhost, 127.0.0.1 and what --host names, and to no other name.\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response("421 Misdirected Request", [*headers, ("Cache-Control", "no-store")])
        return [body]

    def _knows(self, name: str) -> bool:
        if name in (self._host, "localhost") or name.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self._host in _ANY


def is_private(host: str) -> bool:
    """Return whether what listens on a host is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return _plain(host) == "localhost"


def without_port(host: str) -> str:
    """Return the host of a Host header."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _plain(host: str) -> str:
    return host.strip().rstrip(".").lower()
