"""What may be wrong on the way to a feed: names, addresses, certificates, redirects, servers that do not end."""

import errno
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from tests.doctor.breaking import agent, whenever
from tests.doctor.servers import (
    FEED,
    HOST,
    LIMITS,
    PATH,
    Request,
    Response,
    codes,
    listening,
    looked_at,
    right,
    serving,
)
from tests.support.certificates import Authority
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE

from coopcal.doctor.client import Client
from coopcal.doctor.verdict import Verdict

CERTIFICATES = {
    "certificate-expired": (HOST, -2),
    "certificate-other-name": ("other.example.coop", 90),
    "certificate-ends-soon": (HOST, 5),
    "certificate-invalid": (HOST, 200),
}
"""Names and days of certificates, each of which lasts a hundred days: the last of these is not valid yet."""


@pytest.mark.parametrize("code", CERTIFICATES)
def test_certificates(code: str, authority: Authority, trusted: ssl.SSLContext) -> None:
    with serving(right, authority.context(*CERTIFICATES[code])) as routes:
        found = looked_at(routes, trusted)

    assert codes(found) == {code}
    worst = Verdict.FAULTY if code == "certificate-ends-soon" else Verdict.FAILS
    assert set(found.verdicts.values()) == {worst}


def test_a_certificate_that_nobody_vouches_for(tls: ssl.SSLContext) -> None:
    with serving(right, tls) as routes:
        found = looked_at(routes, ssl.create_default_context())

    assert codes(found) == {"certificate-unknown-issuer"}


@pytest.mark.filterwarnings("ignore:ssl:DeprecationWarning")
def test_tls_of_former_years(authority: Authority, trusted: ssl.SSLContext) -> None:
    old = authority.context(HOST)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(right, old) as routes:
        found = looked_at(routes, trusted)

    assert codes(found) == {"tls-old"}


def test_no_tls_at_all(trusted: ssl.SSLContext) -> None:
    with listening(right, None) as port:
        found = looked_at({443: ("127.0.0.1", port), 80: ("127.0.0.1", port)}, trusted)

    assert codes(found) == {"tls-fails"}


def test_from_https_to_http(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    def answer(request: Request) -> Response:
        if request.secure:
            return Response(302, {"Location": f"http://{HOST}{PATH}"})
        return right(replace(request, secure=True))

    with serving(answer, tls) as routes:
        found = looked_at(routes, trusted)

    assert codes(found) == {"redirect-to-http", "redirected", "plain-http-answers"}
    assert found.verdicts[Client.ICSX5] is Verdict.FAILS


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (f"webcal://{HOST}{PATH}", {"webcal-address"}),
        (f"webcals://{HOST}{PATH}", {"webcals-address"}),
        (f"http://{HOST}{PATH}", {"http-address"}),
        (f"https://me:word@{HOST}{PATH}", {"password-in-address"}),
        (f"https://{HOST}:8443{PATH}", {"port-in-address"}),
        (f"https://{HOST}/calendar", {"path-not-ics"}),
        (f"https://{HOST}:443{PATH}#part", set()),
    ],
)
def test_addresses(address: str, wanted: set[str], tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with serving(right, tls) as routes:
        found = looked_at({**routes, 8443: routes[443]}, trusted, address)

    assert codes(found) == wanted


def test_a_name_that_is_none(trusted: ssl.SSLContext) -> None:
    """The name of the second level is one that nobody can have (RFC 2606)."""
    address = f"https://no{'x' * 70}.invalid{PATH}"

    assert codes(looked_at({}, trusted, address)) == {"no-such-name"}


def test_nobody_listens(trusted: ssl.SSLContext) -> None:
    route = {443: ("127.0.0.1", free_port()), 80: ("127.0.0.1", free_port())}

    assert codes(looked_at(route, trusted)) == {"no-connection"}


def test_this_machine_alone(authority: Authority, trusted: ssl.SSLContext) -> None:
    """Names are looked up where nothing else is said: what is near is not reached from the internet."""
    with listening(right, authority.context("localhost")) as port:
        found = looked_at({}, trusted, f"https://localhost:{port}{PATH}")

    assert codes(found) - {"ipv6-broken", "ipv6-not-tried"} == {"private-address", "port-in-address"}
    assert found.verdicts[Client.GOOGLE] is Verdict.FAILS
    assert found.verdicts[Client.THUNDERBIRD] is Verdict.WORKS


def test_one_of_two_addresses_is_dead(
    authority: Authority, trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system's names say is all that is made up: the server listens at the one, and nobody at the other."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *rest, **more: [
            *real("127.0.0.2" if host == HOST else host, port, *rest, **more),
            *real("127.0.0.1" if host == HOST else host, port, *rest, **more),
        ],
    )
    with listening(right, authority.context(HOST)) as port:
        found = looked_at({}, trusted, f"https://{HOST}:{port}{PATH}")

    assert codes(found) == {"ipv4-broken", "private-address", "port-in-address"}


@pytest.mark.parametrize("address", ["::1", "2001:db8::1"])
def test_an_ipv6_address_is_dead(
    address: str, authority: Authority, trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, but where this machine has no way to any."""
    real = socket.getaddrinfo
    with listening(right, authority.context(HOST)) as port:
        try:
            socket.create_connection((address, port), 0.3).close()
        except OSError as error:
            has_ipv6 = error.errno not in (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, port, *rest, **more: [
                found
                for one in ([address, "127.0.0.1"] if host == HOST else [host])
                for found in real(one, port, *rest, **more)
            ],
        )
        limits = replace(LIMITS, connection=0.3)
        found = looked_at({}, trusted, f"https://{HOST}:{port}{PATH}", limits)

    wanted = "ipv6-broken" if has_ipv6 else "ipv6-not-tried"
    assert codes(found) == {wanted, "private-address", "port-in-address"}


@contextmanager
def dripping(head: bytes, drop: bytes) -> Iterator[int]:
    """Answer byte by byte, without end."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            while not over.is_set():
                try:
                    taken, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=drops, args=(taken,), daemon=True).start()

        def drops(taken: socket.socket) -> None:
            with taken:
                try:
                    taken.sendall(head)
                    while not over.wait(0.05):
                        taken.sendall(drop)
                except OSError:
                    return

        threading.Thread(target=drip, daemon=True).start()
        yield listener.getsockname()[1]
        over.set()


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        ("", b""),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n", b""),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n", b"B"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nBEGIN:VCALENDAR\r\n", b""),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\nBEGIN:VCALENDAR\r\n\r\n", b""),
        ("HTTP/1.1 100 Continue\r\n\r\n", b""),
    ],
)
def test_a_server_that_never_ends(head: str, drop: bytes, trusted: ssl.SSLContext) -> None:
    """It is given up in its time, wherever it stops; its bytes would come for ever."""
    begun = time.monotonic()
    with dripping(head.encode(), drop) as port:
        found = looked_at(
            {80: ("127.0.0.1", port)}, trusted, f"http://{HOST}{PATH}", replace(LIMITS, answer=0.5)
        )

    assert codes(found) == {"no-answer", "http-address"}
    assert time.monotonic() - begun < PATIENCE


def test_what_is_no_web_server(trusted: ssl.SSLContext) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    taken, _ = listener.accept()
                    with taken:
                        taken.sendall(b"220 mail.example.coop ESMTP\r\n")

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        route = {80: ("127.0.0.1", listener.getsockname()[1])}
        found = looked_at(route, trusted, f"http://{HOST}{PATH}", LIMITS)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()

    assert codes(found) == {"no-http", "http-address"}


def test_a_slow_server(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    slow = whenever(
        lambda request: request.method == "GET" and bool(agent("ICSx5")(request)),
        lambda usual: replace(usual, pause=0.7),
    )
    with serving(slow, tls) as routes:
        found = looked_at(routes, trusted, limits=replace(LIMITS, slow=0.5))

    assert codes(found) == {"slow"}


def test_a_body_without_end_is_read_so_far(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with serving(right, tls) as routes:
        found = looked_at(routes, trusted, limits=replace(LIMITS, largest=len(FEED) - 100))

    assert "far-too-large" in codes(found)
    assert "calendar-cut-off" not in codes(found)


def test_a_handshake_that_never_ends(trusted: ssl.SSLContext) -> None:
    """Bytes come and come, and none of them is the last."""
    begun = time.monotonic()
    with dripping(b"\x16\x03\x03\x40\x00", b"\x02") as port:
        routes = {443: ("127.0.0.1", port), 80: ("127.0.0.1", port)}
        found = looked_at(routes, trusted, limits=replace(LIMITS, answer=0.5))

    assert codes(found) == {"no-answer"}
    assert time.monotonic() - begun < PATIENCE


def test_a_name_in_other_letters(authority: Authority, trusted: ssl.SSLContext) -> None:
    """It is asked for as name servers and certificates have it."""
    with serving(right, authority.context("xn--bckerei-5wa.example.coop")) as routes:
        found = looked_at(routes, trusted, f"https://bäckerei.example.coop{PATH}")

    assert codes(found) <= {"plain-http-leads-elsewhere"}
