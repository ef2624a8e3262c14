"""Tricks that lead to this machine, or into its networks: a server that really listens there is never touched."""

import re
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from tests.support.listening import Listener, listening, response
from tests.support.waiting import PATIENCE

from coopcal.outside.answer import Answer, Fault, Limits, Question, Unanswered
from coopcal.outside.asking import ask
from coopcal.outside.bounds import Bounds, NoAnswerError
from coopcal.outside.dialling import Dialling
from coopcal.outside.guard import Guard
from coopcal.outside.target import Target

LIMITS = Limits(100_000, silence=5, all=10)
OTHER = "127.0.0.2"
"""An address of this machine that the guard is told to let through, where another server leads on."""

NUMBERS = (
    "2130706433", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.1",
    "127.1", "127.0.1", "127.0x1", "0x7f.0.0.0x1", "0", "0x0", "0.0", "00.00.00.00",
)  # fmt: skip
"""How else 127.0.0.1 and 0.0.0.0 can be written: programs of the system read these, and connect to this machine."""

HOSTS = (
    "127.0.0.1", "127.0.0.53", "127.255.255.254", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.",
    *NUMBERS, "2130706433.", "127.0.0.1..", "127.0.0.01", "127.0.0.1.0x0", "256.256.256.256.1", "4294967297", "1e9.0.0.1",
    "127。0。0。1", "127.0.0.1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "𝟙𝟚𝟟.𝟘.𝟘.𝟙",
    "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "localhost%00.example.org",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::1%25lo]", "[::1%lo]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]",
    "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[64:ff9b:1:7f00:0:100::]",
    "[2002:7f00:1::]", "[2002:7f00:1::1]", "[2001:0:7f00:1::]", "[2001::80ff:fffe]", "[2001:470:1::5efe:127.0.0.1]",
    "[2001:470:1::200:5efe:7f00:1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
    "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[::ffff:169.254.169.254]", "[v1.7f000001]", "[127.0.0.1]",
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192",
    "168.63.129.16", "198.18.0.1", "192.0.2.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
"""Hosts; all lead to this machine, into networks of somebody's own, or nowhere."""

WHOLE = (
    "http://example.org@127.0.0.1:{port}/", "http://127.0.0.1:{port}@127.0.0.1:{port}/", "http://user:word@127.0.0.1:{port}/",
    "http://@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@example.org/", "http://example.org\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.org/", "http://127.0.0.1:{port}?@example.org/", "http:\\\\127.0.0.1:{port}\\",
    "http://\t127.0.0.1:{port}/", "http://127.0.\n0.1:{port}/", "http://127.0.0.1:{port}\r\nHost: example.org/",
    "\x00http://127.0.0.1:{port}/", "http://127.0.0.1 :{port}/", "http://127.0.0.1:{port}\u2028/", "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/", "//127.0.0.1:{port}/", "http://127.0.0.1:+{port}/", "http://127.0.0.1:0{port}/",
    "http://[::1]evil:{port}/", "http://[::1]:{port}:80/", "http://[::1", "http://::1:{port}/", "https://127.0.0.1:{port}/",
    "webcal://127.0.0.1:{port}/", "webcals://[::1]:{port}/", "HTTP://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "dict://127.0.0.1:{port}/", "unix:/run/x.sock:/", "data:text/calendar,x",
    "ws://127.0.0.1:{port}/", "jar:http://127.0.0.1:{port}/!/", "",
)  # fmt: skip
"""Whole addresses."""

TRICKS = (*(f"http://{host}:{{port}}/" for host in HOSTS), *WHOLE)

ANSWERS = (
    ("127.0.0.1",), ("::1",), ("::ffff:127.0.0.1",), ("64:ff9b::7f00:1",), ("2002:7f00:1::",), ("2001:0:7f00:1::",),
    ("10.1.2.3",), ("169.254.169.254",), ("fe80::1%lo",), ("fe80::1",), ("0.0.0.0",), ("::",), ("8.8.8.8", "127.0.0.1"),
    ("127.0.0.1", "8.8.8.8"), ("2001:4860:4860::8888", "::1"), ("no address",), (),
)  # fmt: skip
"""What a name server of somebody's can say of a name of theirs."""


@pytest.fixture(scope="module")
def victim() -> Iterator[Listener]:
    """Listen at the addresses of this machine that nobody outside is to lead to."""
    with listening(response(body=b"secret")) as listener:
        yield listener


def untouched(victim: Listener, guard: Guard, url: str) -> Unanswered:
    before = victim.connected
    said = ask(Question(url), guard, LIMITS)
    assert isinstance(said, Unanswered), said
    assert victim.connected == before
    return said


@pytest.mark.parametrize("family", ["127.0.0.1", "[::1]"])
def test_the_server_answers_where_an_operator_allows_it(victim: Listener, family: str) -> None:
    """So what is not touched elsewhere is there to be touched."""
    guard = Guard().allowing([ip_network("127.0.0.0/8"), ip_network("::1")], [victim.port])
    before = victim.connected

    said = ask(Question(f"http://{family}:{victim.port}/"), guard, LIMITS)

    assert isinstance(said, Answer)
    assert said.body == b"secret"
    assert victim.connected == before + 1


def test_there_are_many_tricks() -> None:
    assert len(set(TRICKS)) + len(ANSWERS) > 130


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_leads_to_this_machine(victim: Listener, trick: str) -> None:
    """Its port is allowed, so that nothing else refuses it."""
    said = untouched(victim, Guard().allowing(ports=[victim.port]), trick.format(port=victim.port))

    assert said.fault in (Fault.REFUSED, Fault.UNREACHABLE)


@pytest.fixture(scope="module")
def leading() -> Iterator[tuple[Listener, list[bytes]]]:
    """Listen where the guard lets through, and lead on to what stands last in the list."""
    onward = [b""]

    def answer(head: bytes) -> bytes:
        if not head.startswith(b"GET /start "):
            return response("404 Not Found")
        return response("302 Found").replace(b"\r\n\r\n", b"\r\nLocation: " + onward[-1] + b"\r\n\r\n")

    with listening(answer, [OTHER]) as listener:
        yield listener, onward


@pytest.mark.parametrize("trick", TRICKS)
def test_no_redirect_leads_to_this_machine(
    victim: Listener, leading: tuple[Listener, list[bytes]], trick: str
) -> None:
    """A server that may be asked leads on to each of them."""
    other, onward = leading
    guard = Guard().allowing([ip_network(OTHER)], [victim.port, other.port])
    before, asked = victim.connected, other.connected
    onward.append(re.sub("[\r\n\x00]", "", trick.format(port=victim.port)).encode())

    said = ask(Question(f"http://{OTHER}:{other.port}/start"), guard, LIMITS)

    assert victim.connected == before
    assert other.connected > asked
    if isinstance(said, Answer):  # it was led to a path of the same server
        assert other.connected == asked + 2
        assert said.status == 404


@pytest.mark.parametrize("answers", ANSWERS)
def test_no_name_leads_to_this_machine(victim: Listener, answers: tuple[str, ...]) -> None:
    """One address that is not allowed is enough."""
    guard = Guard(resolve=lambda _: answers).allowing(ports=[victim.port])

    said = untouched(victim, guard, f"http://calendar.example:{victim.port}/")

    assert said.fault is (Fault.REFUSED if answers else Fault.UNREACHABLE)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_the_system_reads_as_an_address_is_looked_at_as_one(victim: Listener, number: str) -> None:
    """Numbers are refused as they stand; and once more as what the system makes of them."""
    assert socket.getaddrinfo(number, None)[0][4][0] in ("127.0.0.1", "0.0.0.0")
    guard, before = Guard().allowing(ports=[victim.port]), victim.connected
    dialling = Dialling(Target("http", number, victim.port, "/"), guard, Bounds.of(LIMITS))

    with pytest.raises(NoAnswerError) as raised:
        dialling.connect_tcp(number, victim.port)

    assert raised.value.unanswered.fault is Fault.REFUSED
    assert victim.connected == before


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_dialled() -> None:
    """DNS rebinding: a name server says one thing to who looks, and another to who dials."""
    answers = iter([OTHER, "127.0.0.1", "127.0.0.1", "127.0.0.1"])
    asked = []

    def resolve(host: str) -> tuple[str]:
        asked.append(host)
        return (next(answers),)

    with listening(response(body=b"well"), [OTHER]) as other:
        guard = Guard(resolve=resolve).allowing([ip_network(OTHER)], [other.port])
        said = ask(Question(f"http://Rebind.example:{other.port}/"), guard, LIMITS)
        assert other.connected == 1

    assert isinstance(said, Answer)
    assert said.body == b"well"
    assert asked == ["rebind.example"]


def test_a_name_is_looked_at_anew_at_each_hop(victim: Listener) -> None:
    """What led on to itself may lead to this machine the second time."""
    answers = iter([OTHER, "127.0.0.1"])
    with listening(response("302 Found", Location="/again"), [OTHER]) as other:
        guard = Guard(resolve=lambda _: [next(answers)]).allowing(
            [ip_network(OTHER)], [other.port, victim.port]
        )
        said = untouched(victim, guard, f"http://rebind.example:{other.port}/")
        assert other.connected == 1

    assert said.fault is Fault.REFUSED


@pytest.mark.parametrize("port", [1, 21, 22, 25, 6379, 8080, 65535, 65536, 99999])
def test_other_ports_are_not_asked(port: int) -> None:
    said = ask(Question(f"http://example.org:{port}/"), Guard(resolve=pytest.fail), LIMITS)

    assert said == Unanswered(Fault.REFUSED, said.why if isinstance(said, Unanswered) else None)
    assert str(port) in str(said)


def test_a_port_that_is_not_allowed_is_never_connected_to(victim: Listener) -> None:
    said = untouched(
        victim, Guard().allowing([ip_network("127.0.0.0/8")]), f"http://127.0.0.1:{victim.port}/"
    )

    assert said.fault is Fault.REFUSED


def test_looking_up_a_name_has_an_end() -> None:
    """It is given up while it goes on."""
    over, found = threading.Event(), threading.Event()

    def resolve(_: str) -> tuple[str]:
        over.wait(PATIENCE)
        found.set()
        return ("127.0.0.1",)

    said = ask(Question("http://slow.example/"), Guard(resolve=resolve), Limits(1000, silence=0.3, all=1))

    assert not found.is_set()
    over.set()
    assert isinstance(said, Unanswered)
    assert said.fault is Fault.SLOW
