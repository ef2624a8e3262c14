"""No address of IPv6 leads through a provider's translator into networks that are not the public's."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from tests.support.listening import listening, response

from coopcal.outside.answer import Answer, Fault, Limits, Question, Unanswered
from coopcal.outside.asking import ask
from coopcal.outside.guard import Guard
from coopcal.outside.translation import ASKED, carried, translators

LIMITS = Limits(1000, silence=2, all=5)

OF_THE_RFC = {
    "2001:db8::/32": "2001:db8:c000:221::",
    "2001:db8:100::/40": "2001:db8:1c0:2:21::",
    "2001:db8:122::/48": "2001:db8:122:c000:2:2100::",
    "2001:db8:122:300::/56": "2001:db8:122:3c0:0:221::",
    "2001:db8:122:344::/64": "2001:db8:122:344:c0:2:2100::",
    "2001:db8:122:344::/96": "2001:db8:122:344::192.0.2.33",
}
"""The table of RFC 6052, 2.4: networks, and 192.0.2.33 behind each."""

NETWORKS = (
    "2a00:1450::/32",
    "2a00:1450:4000::/40",
    "2a00:1450:64::/48",
    "2a00:1450:64:ff00::/56",
    "2a00:1450:64:1::/64",
    "2a00:1450:64:1::/96",
)
PRIVATE = (
    "10.0.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "100.64.0.1",
    "172.16.9.9",
    "0.0.0.0",
    "224.0.0.1",
)
BYTES = {
    96: (12, 13, 14, 15),
    64: (9, 10, 11, 12),
    56: (7, 9, 10, 11),
    48: (6, 7, 9, 10),
    40: (5, 6, 7, 9),
    32: (4, 5, 6, 7),
}


def behind(network: str, address: str) -> str:
    """Return the address of IPv6 by which a translator leads to one of IPv4."""
    within = IPv6Network(network)
    packed = bytearray(within.network_address.packed)
    for number, byte in zip(BYTES[within.prefixlen], IPv4Address(address).packed, strict=True):
        packed[number] = byte
    return str(IPv6Address(bytes(packed)))


@pytest.mark.parametrize("network", OF_THE_RFC)
def test_what_is_carried_is_where_the_rfc_says(network: str) -> None:
    address = IPv6Address(OF_THE_RFC[network])
    assert carried(address, IPv6Network(network)) == IPv4Address("192.0.2.33")
    assert behind(network, "192.0.2.33") == str(address)


@pytest.mark.parametrize("known", ["192.0.0.170", "192.0.0.171"])
@pytest.mark.parametrize("network", NETWORKS)
def test_a_translator_is_told_by_what_comes_for_the_known_name(network: str, known: str) -> None:
    found = translators([known, behind(network, known), "x", "2606:4700::1111", behind(network, known)])
    assert found == (IPv6Network(network),)


@pytest.mark.parametrize("network", NETWORKS)
def test_what_lies_behind_one_is_judged_by_where_it_leads(network: str) -> None:
    guard = Guard(translators=(IPv6Network(network),))
    for private in PRIVATE:
        assert guard.refuses(ip_address(behind(network, private))), private
        assert not Guard().refuses(ip_address(behind(network, private))), "it is refused for that alone"
    assert not guard.refuses(ip_address(behind(network, "8.8.8.8")))
    assert not guard.refuses(ip_address("2606:4700::1111"))
    mine = guard.allowing([ip_network("10.0.0.0/8")])
    assert not mine.refuses(ip_address(behind(network, "10.0.0.1")))
    assert mine.refuses(ip_address(behind(network, "192.168.1.1")))


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("written", [False, True], ids=["a name", "an address"])
def test_none_is_asked_that_leads_into_our_networks(network: str, private: str, written: bool) -> None:  # noqa: FBT001
    """By a name that leads there, or the very address; nothing is connected to."""
    address = behind(network, private)
    names = {ASKED: ("192.0.0.170", behind(network, "192.0.0.170")), "calendar.example": (address,)}
    host = f"[{address}]" if written else "calendar.example"
    said = ask(Question(f"http://{host}/x.ics"), Guard(resolve=lambda name: names[name]), LIMITS)

    assert isinstance(said, Unanswered)
    assert said.fault is Fault.REFUSED


def test_without_ipv6_nothing_more_is_looked_up() -> None:
    asked: list[str] = []

    def resolve(name: str) -> tuple[str]:
        asked.append(name)
        return ("127.0.0.1",)

    with listening(response(body=b"well"), ["127.0.0.1"]) as listener:
        guard = Guard(resolve=resolve).allowing([ip_network("127.0.0.0/8")], [listener.port])
        assert isinstance(ask(Question(f"http://calendar.example:{listener.port}/"), guard, LIMITS), Answer)
    assert asked == ["calendar.example"]


def test_a_resolver_that_knows_no_translator_is_no_fault() -> None:
    """What is allowed is asked all the same; one that does not answer at all is too slow."""

    def resolve(name: str) -> tuple[str]:
        if name == ASKED:
            raise OSError
        return ("::1",)

    with listening(response(body=b"well"), ["::1"]) as listener:
        guard = Guard(resolve=resolve).allowing([ip_network("::1/128")], [listener.port])
        assert isinstance(ask(Question(f"http://calendar.example:{listener.port}/"), guard, LIMITS), Answer)
