"""Networks of IPv6 behind which a provider's translator (NAT64) leads to addresses of IPv4, and to which (RFC 6052, RFC 7050)."""

from collections.abc import Iterable, Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

ASKED = "ipv4only.arpa"
"""The name that has addresses of IPv4 alone: one of IPv6 that comes for it was made for a translator."""

_KNOWN = frozenset({IPv4Address("192.0.0.170"), IPv4Address("192.0.0.171")})
_EMPTY = 8
"""The byte that carries nothing, whatever the length of the network (RFC 6052, 2.2)."""

_BYTES = {
    length: tuple(number for number in range(length // 8, 16) if number != _EMPTY)[:4]
    for length in (96, 64, 56, 48, 40, 32)
}
"""Which bytes carry the address of IPv4, by the length of the network: the first four behind it."""


def translators(answers: Iterable[str]) -> tuple[IPv6Network, ...]:
    """Return the networks that a translator is behind, from the addresses that came for ``ASKED``."""
    return tuple(dict.fromkeys(_translators(answers)))


def carried(address: IPv6Address, network: IPv6Network) -> IPv4Address:
    """Return to which address of IPv4 the translator behind a network leads."""
    packed = address.packed
    return IPv4Address(bytes(packed[number] for number in _BYTES[network.prefixlen]))


def _translators(answers: Iterable[str]) -> Iterator[IPv6Network]:
    for text in answers:
        try:
            address = IPv6Address(text)
        except AddressValueError:
            continue
        for length in _BYTES:
            network = IPv6Network((address, length), strict=False)
            if carried(address, network) in _KNOWN:
                yield network
