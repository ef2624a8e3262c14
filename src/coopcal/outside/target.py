"""A web address, read so that there is one way to understand it: host, port, and what is asked of it there."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from coopcal.model.message import Message, msg
from coopcal.outside.addresses import Address

_LONGEST = 2000
_LONGEST_HOST = 253
_AS_WRITTEN = "/%:=&?~#+!$,;'@()*[]"
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
_PORTS = {"http": 80, "https": 443}

_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
"""What one program drops, and another takes for the end of a host."""

_AUTHORITY = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\[\]:@%]+))(?::(?P<port>[0-9]{1,5})?)?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

_NO_ADDRESS = msg("it is no web address")
_ODD_NUMBER = msg("its host is a number that programs read in different ways")


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: over http or https, of a host (in ASCII, lower case, without a dot at its end), at a port.

    ``address`` is what the host is where it is written as a number.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None = None

    @property
    def authority(self) -> str:
        """The value of the header Host."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target | Message:
    """Read a web address; return why it is not asked where it is none, or can be understood in several ways."""
    if len(url) > _LONGEST or _AMBIGUOUS.search(url):
        return _NO_ADDRESS
    try:
        parts = urlsplit(url)
    except ValueError:
        return _NO_ADDRESS
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None:
        return msg("it begins with neither https:// nor http://")
    if "@" in parts.netloc:
        return msg("addresses with a name and a password in them are not asked for")
    authority = _AUTHORITY.fullmatch(parts.netloc)
    if authority is None:
        return _NO_ADDRESS
    host = _six(authority["six"]) if authority["six"] else _host(authority["host"])
    if isinstance(host, Message):
        return host
    port = int(authority["port"] or _PORTS[scheme])
    path = quote(parts.path or "/", _AS_WRITTEN) + (
        f"?{quote(parts.query, _AS_WRITTEN)}" if parts.query else ""
    )
    name, address = host
    return Target(scheme, name, port, path, address)


def _six(text: str) -> tuple[str, Address] | Message:
    try:
        address = IPv6Address(text)
    except ValueError:
        return _NO_ADDRESS
    return str(address), address


def _host(written: str) -> tuple[str, Address | None] | Message:
    """Return a host in ASCII, with its address where it is a number."""
    host = written.lower() if written.isascii() else _in_ascii(written)
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return msg("it names no host that there can be")
    if not _NUMBER.fullmatch(labels[-1]):
        return host, None
    try:
        return host, IPv4Address(host)
    except ValueError:
        return _ODD_NUMBER


def _in_ascii(host: str) -> str:
    """Return a host of any script as it stands in the names of the internet; "" where there can be none."""
    from idna import IDNAError, encode  # noqa: PLC0415 - few hosts need its tables

    try:
        return encode(host, uts46=True).decode()
    except IDNAError:
        return ""
