"""Addresses of a site, and what is a move from one to another."""

from urllib.parse import urlsplit

HERE = ("localhost", "127.0.0.1", "::1")
"""Names of the machine itself, where nobody else subscribes."""


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
