"""What proxies say of a visitor: it is believed where one's own proxies say it, and nobody else's word reaches the application."""

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from coopcal.web.delivery import Application, Environ, StartResponse

_HEADERS = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-proto",
    "x-forwarded-scheme",
    "x-forwarded-ssl",
    "x-real-ip",
)
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")


class Said(NamedTuple):
    """What one's own proxies say of a visitor; "" where they say nothing."""

    address: str = ""
    scheme: str = ""
    host: str = ""


NOTHING = Said()


def said(number: int, peer: str, header: Callable[[str], str]) -> Said:
    """Return what so many proxies say in the headers of a request that came from a ``peer``.

    Each adds a value to what came to it, or sets it alone. So the value that the outermost of them gave is so many from the
    end, and what a visitor sent stands before it. Where there are fewer values, or the peer is on the internet, nothing is believed.
    """
    if not number or not _is_near(peer):
        return NOTHING
    address, scheme, host = (
        values[-number].strip() if len(values := header(name).split(",")) >= number else ""
        for name in ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host")
    )
    return Said(
        _address(address),
        scheme.lower() if scheme.lower() in ("http", "https") else "",
        host if _HOST.fullmatch(host) else "",
    )


class Proxies:
    """An application (WSGI) behind so many proxies of one's own: no other word about a visitor reaches it.

    A path in front of the site is what ``base_url`` says, whatever X-Forwarded-Prefix does.
    """

    def __init__(self, app: Application, number: int) -> None:
        self._app = app
        self._number = number

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        told = said(self._number, environ.get("REMOTE_ADDR", ""), lambda name: environ.get(_key(name), ""))
        for name in _HEADERS:
            environ.pop(_key(name), None)
        for key, value in zip(("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST"), told, strict=True):
            if value:
                environ[key] = value
        return self._app(environ, start_response)


def _key(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


def _is_near(address: str) -> bool:
    """Return whether an address is of this machine or of a network of one's own, or none at all (a socket of this machine)."""
    try:
        return not ipaddress.ip_address(address.strip("[]")).is_global
    except ValueError:
        return True


def _address(text: str) -> str:
    """Return an address without its port, "" where it is none."""
    plain = re.sub(r"^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$", r"\1\2", text)
    try:
        return str(ipaddress.ip_address(plain))
    except ValueError:
        return ""
