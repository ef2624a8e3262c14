"""Addresses of a site, and what is a move from one to another."""

import ipaddress
from urllib.parse import urlsplit

HERE = ("localhost", "127.0.0.1", "::1")
"""Names of the machine itself, where nobody else subscribes."""


def is_open(address: str) -> bool:
    """Return whether what is asked for at an address of a site can be read on its way: by plain http, from another machine."""
    parts = urlsplit(address)
    return parts.scheme == "http" and not _is_here((parts.hostname or "").rstrip("."))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in HERE


def is_a_move(old: str, new: str) -> bool:
    """Return whether whoever subscribed at an old address has to be led to a new one: not from http to https, nor from the machine itself."""
    before, after = urlsplit(old), urlsplit(new)
    if before.hostname in HERE:
        return False
    return (before.hostname, _port(old), before.path) != (after.hostname, _port(new), after.path)


def _port(address: str) -> int | None:
    """Return the port that an address names, None for that of its scheme."""
    parts = urlsplit(address)
    return None if parts.port == {"http": 80, "https": 443}.get(parts.scheme) else parts.port
