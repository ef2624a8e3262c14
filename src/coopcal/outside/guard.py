"""What may be asked at all: of the public internet, and of what an operator allows besides."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

from coopcal.model.message import Message, msg
from coopcal.outside.addresses import Address, Network, is_public
from coopcal.outside.translation import carried

PORTS = frozenset({80, 443})

Resolve = Callable[[str], Iterable[str]]
"""Gives the addresses of a host; raises OSError where it has none."""


def resolve(host: str) -> tuple[str, ...]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Networks beside the public internet, and ports, that may be asked; and who knows the addresses of hosts.

    What lies behind ``translators`` is what the address of IPv4 is that they lead to.
    Exceptions are the operator's: nothing in the sources reaches this. Where it is not ``public``, they alone are asked.
    """

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = PORTS
    resolve: Resolve = resolve
    public: bool = True
    translators: tuple[IPv6Network, ...] = ()

    def allowing(self, networks: Iterable[Network] = (), ports: Iterable[int] = ()) -> "Guard":
        """Return a guard that lets more through."""
        return replace(self, networks=(*self.networks, *networks), ports=self.ports | frozenset(ports))

    def refuses(self, address: Address) -> bool:
        """Return whether an address must not be asked."""
        return not (self._allows(address) or (self.public and self._leads_to_all(address)))

    def _allows(self, address: Address) -> bool:
        return any(address in network for network in self.networks if network.version == address.version)

    def _leads_to_all(self, address: Address) -> bool:
        """Return whether an address is anybody's, and leads to none that is not."""
        if isinstance(address, IPv4Address) or not is_public(address):
            return is_public(address)
        return all(self._may_carry(carried(address, one)) for one in self.translators if address in one)

    def _may_carry(self, address: IPv4Address) -> bool:
        return self._allows(address) or is_public(address)

    def addresses(self, texts: Iterable[str]) -> tuple[tuple[Address, ...], Message | None]:
        """Return the addresses of a host, or why it is not asked: one that is not allowed is enough."""
        found = []
        for text in texts:
            try:
                address = ip_address(text)
            except ValueError:
                return (), msg("its server has an address that nobody knows ({address})", address=text)
            if self.refuses(address) and not self.public:
                return (), msg("its server ({address}) is not in a network that is allowed", address=address)
            if self.refuses(address):
                return (), msg(
                    "its server ({address}) is not on the public internet, and not in a network that is allowed",
                    address=address,
                )
            found.append(address)
        return tuple(found), None


def network_of(text: str) -> Network | None:
    """Return the network that an operator names, such as 10.0.0.0/8; None where it is none."""
    try:
        return ip_network(text.strip())
    except ValueError:
        return None
