"""Each way in which a server may be broken is named, and told to those that it harms; a right one is well everywhere."""

import gzip
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from tests.doctor.servers import (
    CHANGED,
    FEED,
    HOST,
    PATH,
    Request,
    Response,
    codes,
    listening,
    looked_at,
    of_feed,
    right,
    serving,
)
from tests.support.certificates import Authority
from tests.support.ports import free_port

from coopcal.doctor.caller import Limits
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.verdict import Verdict

G, O, A, T, N, I, E = ALL  # noqa: E741 - the clients, by their first letters
NONE: tuple[Client, ...] = ()


def changed(**headers: str) -> Callable[[Request], Response]:
    """Return a server with other headers; "" leaves one out."""

    def answer(request: Request) -> Response:
        response = right(request)
        if request.secure and request.path != "/robots.txt":
            for name, value in headers.items():
                response.headers[name.replace("_", "-")] = value
                if not value:
                    del response.headers[name.replace("_", "-")]
        return response

    return answer


def with_feed(feed: bytes) -> Callable[[Request], Response]:
    return lambda request: of_feed(request, feed)


def whenever(
    condition: Callable[[Request], bool], response: Callable[[Response], Response]
) -> Callable[[Request], Response]:
    """Return a server that answers otherwise in some cases, of those by TLS."""

    def answer(request: Request) -> Response:
        usual = right(request)
        if request.secure and request.path != "/robots.txt" and condition(request):
            return response(usual)
        return usual

    return answer


def always(status: int, **headers: str) -> Callable[[Request], Response]:
    return whenever(lambda _: True, lambda _: Response(status, dict(headers), b"no"))


def agent(word: str) -> Callable[[Request], bool]:
    return lambda request: word in request.of("User-Agent")


def is_feed(request: Request) -> bool:
    return request.secure and request.path != "/robots.txt"


def led_on(count: int, status: int = 302) -> Callable[[Request], Response]:
    """Return a server that leads on so often before it answers."""

    def answer(request: Request) -> Response:
        if not is_feed(request):
            return right(request)
        step = int(request.path.partition("?")[2] or 0)
        if step == count:
            return right(request)
        return Response(status, {"Location": f"{PATH}?{step + 1}"})

    return answer


def robots(status: int, text: str = "") -> Callable[[Request], Response]:
    return lambda request: (
        Response(status, {}, text.encode()) if request.path == "/robots.txt" else right(request)
    )


def plain(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return a server that answers otherwise by plain http."""
    return lambda request: right(request) if request.secure else answer(request)


def stamped(pattern: str) -> Callable[[Request], Response]:
    """Return a server that writes something of its feed anew each time."""
    numbers = itertools.count(10)

    def answer(request: Request) -> Response:
        number = next(numbers)
        feed = FEED
        if pattern == "DTSTAMP":
            feed = FEED.replace(b"DTSTAMP:20260601T12", f"DTSTAMP:20270601T{number % 14 + 10}".encode())
        elif pattern == "UID":
            feed = FEED.replace(b"UID:", f"UID:{number}-".encode())
        else:
            feed = FEED.replace(b"PRODID:", f"PRODID:{number}".encode())
        return of_feed(request, feed)

    return answer


HUGE = b"".join(
    FEED[FEED.index(b"BEGIN:VEVENT\r\nUID:open") : -len(b"END:VCALENDAR\r\n")]
    .replace(b"UID:", f"UID:{number}.".encode())
    .replace(b"SUMMARY:", f"SUMMARY:{number} ".encode())
    for number in range(4000)
)
LARGE = FEED.replace(b"END:VCALENDAR\r\n", HUGE + b"END:VCALENDAR\r\n")
MANY = FEED.replace(b"END:VCALENDAR\r\n", HUGE[: len(HUGE) * 3 // 10] + b"END:VCALENDAR\r\n")
MANY = MANY[: MANY.rindex(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"
PAGE = b"<!DOCTYPE html><title>Log in</title>"

BROKEN: dict[str, tuple[Callable[[Request], Response], set[str], tuple[Client, ...], tuple[Client, ...]]] = {
    "not found": (always(404), {"not-found"}, ALL, NONE),
    "gone": (always(410), {"gone"}, ALL, NONE),
    "a password": (always(401), {"wants-password"}, ALL, NONE),
    "forbidden": (always(403), {"refused"}, ALL, NONE),
    "failing": (always(503), {"server-fails"}, ALL, NONE),
    "no content": (always(204), {"no-calendar-sent"}, ALL, NONE),
    "no answer at all": (lambda _: Response(0), {"no-http"}, ALL, NONE),
    "a circle": (always(302, Location=PATH), {"redirects-without-end"}, ALL, NONE),
    "six steps": (led_on(6), {"many-redirects"}, (I,), NONE),
    "one step": (led_on(1), {"redirected"}, NONE, NONE),
    "to a file": (always(302, Location="file:///etc/passwd"), {"redirect-to-nowhere"}, ALL, NONE),
    "robots": (robots(200, "User-agent: *\nDisallow: /feeds/"), {"robots-forbid"}, (G,), NONE),
    "failing robots": (robots(503), {"robots-fail"}, NONE, (G,)),
    "needs Accept": (
        whenever(lambda request: not request.of("Accept"), lambda _: Response(406)),
        {"needs-accept"},
        (G,),
        NONE,
    ),
    "Google refused": (
        whenever(agent("Google-Calendar"), lambda _: Response(403)),
        {"program-refused"},
        (G,),
        NONE,
    ),
    "Nextcloud and Apple refused": (
        whenever(
            lambda request: any(agent(word)(request) for word in ("Nextcloud", "dataaccessd")),
            lambda _: Response(429),
        ),
        {"program-refused"},
        (A, N),
        NONE,
    ),
    "a page for Outlook": (
        whenever(agent("Microsoft"), lambda usual: replace(usual, body=PAGE)),
        {"program-gets-other"},
        (O,),
        NONE,
    ),
    "Authorization refused": (
        whenever(lambda request: bool(request.of("Authorization")), lambda _: Response(401)),
        {"authorisation-refused"},
        (O,),
        NONE,
    ),
    "HEAD refused": (
        whenever(lambda request: request.method == "HEAD", lambda _: Response(405)),
        {"head-differs"},
        NONE,
        NONE,
    ),
    "plain text": (changed(Content_Type="text/plain; charset=utf-8"), {"wrong-type"}, NONE, ALL),
    "no type": (changed(Content_Type=""), {"wrong-type", "no-charset"}, NONE, ALL),
    "Latin 1": (changed(Content_Type="text/calendar; charset=iso-8859-1"), {"other-charset"}, NONE, (T,)),
    "no charset": (changed(Content_Type="text/calendar"), {"no-charset"}, NONE, NONE),
    "attachment": (
        changed(Content_Disposition='attachment; filename="a.ics"'),
        {"sent-as-attachment"},
        NONE,
        NONE,
    ),
    "no validators": (changed(ETag="", Last_Modified=""), {"no-validators"}, NONE, NONE),
    "never 304": (
        whenever(
            lambda request: bool(request.of("If-None-Match") or request.of("If-Modified-Since")),
            lambda usual: Response(200, usual.headers, FEED),
        ),
        {"etag-ignored", "date-ignored"},
        NONE,
        NONE,
    ),
    "always 304": (
        whenever(
            lambda request: bool(request.of("If-None-Match") or request.of("If-Modified-Since")),
            lambda usual: Response(304, usual.headers),
        ),
        {"changes-never-sent"},
        (A, T, I, E),
        NONE,
    ),
    "from the future": (
        changed(Last_Modified="Mon, 01 Jun 2099 12:00:00 GMT", ETag='"right"'),
        {"changed-in-future"},
        NONE,
        (A, T, I),
    ),
    "broken gzip": (
        whenever(
            lambda request: request.of("Accept-Encoding") == "gzip",
            lambda usual: replace(usual, body=usual.body[:-30]),
        ),
        {"gzip-broken"},
        ALL,
        NONE,
    ),
    "gzip of a page": (
        whenever(
            lambda request: request.of("Accept-Encoding") == "gzip",
            lambda usual: replace(usual, body=gzip.compress(PAGE)),
        ),
        {"gzip-broken"},
        ALL,
        NONE,
    ),
    "a bomb": (
        whenever(
            lambda request: request.of("Accept-Encoding") == "gzip",
            lambda usual: replace(usual, body=gzip.compress(bytes(100_000_000))),
        ),
        {"gzip-broken"},
        ALL,
        NONE,
    ),
    "broken Brotli": (
        whenever(
            lambda request: request.of("Accept-Encoding") == "br",
            lambda usual: replace(usual, body=usual.body[:-30]),
        ),
        {"brotli-broken"},
        (A, T),
        NONE,
    ),
    "always gzip": (
        whenever(
            lambda request: (
                request.method == "GET" and not request.of("Accept-Encoding").startswith(("gzip", "br"))
            ),
            lambda usual: Response(
                usual.status,
                {**usual.headers, **({"Content-Encoding": "gzip"} if usual.body else {})},
                gzip.compress(usual.body) if usual.body else b"",
            ),
        ),
        {"compressed-unasked"},
        (O,),
        (G, A, T, N, I, E),
    ),
    "no Vary": (changed(Vary=""), {"compressed-without-vary"}, NONE, NONE),
    "too large": (with_feed(LARGE), {"too-large", "too-many-events"}, NONE, (G,)),
    "too many": (with_feed(MANY), {"too-many-events"}, NONE, (G,)),
    "nothing": (with_feed(b""), {"empty-answer"}, ALL, NONE),
    "a page": (with_feed(PAGE), {"page-for-calendar"}, ALL, NONE),
    "no calendar": (with_feed(b'{"events": []}'), {"no-calendar"}, ALL, NONE),
    "a mark": (with_feed(b"\xef\xbb\xbf" + FEED), {"byte-order-mark"}, NONE, (G,)),
    "a blank line": (with_feed(b"\r\n" + FEED), {"text-before-calendar"}, (G,), NONE),
    "cut off": (with_feed(FEED[: FEED.rindex(b"END:VCALENDAR")]), {"calendar-cut-off"}, ALL, NONE),
    "broken off": (
        whenever(
            lambda request: request.method == "GET" and not request.of("If-None-Match"),
            lambda usual: replace(usual, length=len(usual.body) + 100 if usual.body else 0),
        ),
        {"broken-off"},
        ALL,
        NONE,
    ),
    "stamped": (stamped("DTSTAMP"), {"stamped-at-each-fetch", "other-bytes-at-each-fetch"}, NONE, (N, E)),
    "other UIDs": (stamped("UID"), {"uids-change", "other-bytes-at-each-fetch"}, NONE, ALL),
    "other bytes": (stamped("PRODID"), {"other-bytes-at-each-fetch"}, NONE, NONE),
    "no plain http": (plain(lambda _: Response(404)), {"no-plain-http"}, NONE, (I, E)),
    "plain http to the first page": (
        plain(lambda _: Response(301, {"Location": f"https://{HOST}/"})),
        {"plain-http-leads-elsewhere"},
        NONE,
        (I, E),
    ),
    "by plain http": (
        plain(lambda request: right(replace(request, secure=True))),
        {"plain-http-answers"},
        NONE,
        (I, E),
    ),
}
"""Servers, with what is told of each, the clients in which it does not work, and those in which it has faults."""


def test_a_right_server_is_well_everywhere(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with serving(right, tls) as routes:
        found = looked_at(routes, trusted)

    assert codes(found) == set()
    assert found.verdicts == dict.fromkeys(ALL, Verdict.WORKS)
    assert found.is_well


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(name: str, tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    """Nothing else is, and each client is told what becomes of it."""
    answer, wanted, fatal, faulty = BROKEN[name]
    with serving(answer, tls) as routes:
        found = looked_at(routes, trusted)

    assert codes(found) == wanted
    assert {client for client in ALL if found.verdicts[client] is Verdict.FAILS} == set(fatal)
    assert {client for client in ALL if found.verdicts[client] is Verdict.FAULTY} == set(faulty)


@pytest.mark.parametrize("client", [G, T])
def test_a_client_by_itself_is_told_what_concerns_it(
    client: Client, tls: ssl.SSLContext, trusted: ssl.SSLContext
) -> None:
    with serving(robots(200, "User-agent: Google-Calendar-Importer\nDisallow: /"), tls) as routes:
        found = looked_at(routes, trusted, clients=(client,))

    assert codes(found) == ({"robots-forbid"} if client is G else set())
    assert found.verdicts == {client: Verdict.FAILS if client is G else Verdict.WORKS}


CERTIFICATES = {
    "certificate-expired": (HOST, -2),
    "certificate-other-name": ("other.example.coop", 90),
    "certificate-ends-soon": (HOST, 5),
}


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
    assert found.verdicts[I] is Verdict.FAILS


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
    limits = Limits(answer=5)
    address = f"https://no{'x' * 70}.invalid{PATH}"

    assert codes(looked_at({}, trusted, address, limits)) == {"no-such-name"}


def test_nobody_listens(trusted: ssl.SSLContext) -> None:
    route = {443: ("127.0.0.1", free_port()), 80: ("127.0.0.1", free_port())}

    assert codes(looked_at(route, trusted)) == {"no-connection"}


def test_this_machine_alone(authority: Authority, trusted: ssl.SSLContext) -> None:
    """Names are looked up where nothing else is said: what is near is not reached from the internet."""
    with listening(right, authority.context("localhost")) as port:
        found = looked_at({}, trusted, f"https://localhost:{port}{PATH}")

    assert codes(found) - {"ipv6-broken", "ipv6-not-tried"} == {"private-address", "port-in-address"}
    assert found.verdicts[G] is Verdict.FAILS
    assert found.verdicts[T] is Verdict.WORKS


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


@contextmanager
def dripping() -> Iterator[int]:
    """Serve byte by byte, without end."""
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
                    taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
                    while not over.wait(0.05):
                        taken.sendall(b"B")
                except OSError:
                    return

        threading.Thread(target=drip, daemon=True).start()
        yield listener.getsockname()[1]
        over.set()


def test_a_server_that_never_ends(trusted: ssl.SSLContext) -> None:
    """It is given up in time."""
    begun = time.monotonic()
    with dripping() as port:
        found = looked_at({80: ("127.0.0.1", port)}, trusted, f"http://{HOST}{PATH}", Limits(answer=0.5))

    assert codes(found) == {"no-answer", "http-address"}
    assert time.monotonic() - begun < 5


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
        found = looked_at(route, trusted, f"http://{HOST}{PATH}", Limits(answer=2))
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()

    assert codes(found) == {"no-http", "http-address"}


def test_a_slow_server(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    slow = whenever(
        lambda request: request.method == "GET" and bool(agent("ICSx5")(request)),
        lambda usual: replace(usual, pause=0.7),
    )
    with serving(slow, tls) as routes:
        found = looked_at(routes, trusted, limits=Limits(answer=5, slow=0.5))

    assert codes(found) == {"slow"}


def test_a_body_without_end_is_read_so_far(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    with serving(right, tls) as routes:
        found = looked_at(routes, trusted, limits=Limits(answer=5, largest=len(FEED) - 100))

    assert "far-too-large" in codes(found)
    assert "calendar-cut-off" not in codes(found)


def test_the_last_change_is_said_to_be_long_ago() -> None:
    """Else the servers of these tests would be of the future."""
    assert CHANGED.endswith("2026 12:00:00 GMT")
