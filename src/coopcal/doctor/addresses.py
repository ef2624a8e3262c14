"""Addresses of the web, as they are asked for."""

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_AS_WRITTEN = "/%:=&?~#+!$,;'@()*[]"
_NOT_IN_HOSTS = re.compile(r"[\x00-\x20\x7f%]")
PORTS = {"http": 80, "https": 443}
CALENDAR_SCHEMES = {"webcal": "https", "webcals": "https"}


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of an address of the web; None of what is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    return parts if parts.scheme in PORTS and host and not _NOT_IN_HOSTS.search(host) else None


def port_of(parts: SplitResult) -> int:
    """Return the port of an address, also where it names none."""
    return parts.port or PORTS[parts.scheme]


def target_of(parts: SplitResult) -> str:
    """Return what is asked of a server."""
    query = f"?{quote(parts.query, _AS_WRITTEN)}" if parts.query else ""
    return quote(parts.path or "/", _AS_WRITTEN) + query


def onward(address: str, location: str) -> str:
    """Return where a redirect leads, as it stands where that is nowhere."""
    try:
        return urljoin(address, location)
    except ValueError:
        return location


def without_secrets(address: str) -> str:
    """Return an address without name and password."""
    return re.sub(r"(?<=://)[^/@]*@", "", address)
