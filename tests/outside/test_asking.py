"""What comes of a question: answers of real servers, whole, within bounds of size and time, and in words where there are none."""

import gzip
import itertools
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

import pytest
from tests.support.certificates import Authority
from tests.support.listening import Answering, Listener, listening, response
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE

from coopcal.outside.answer import Answer, Fault, Limits, Question, Unanswered
from coopcal.outside.asking import ask
from coopcal.outside.guard import Guard, network_of

LIMITS = Limits(100_000, silence=2, all=4, hops=3)
HERE = ["127.0.0.1"]
LOOPBACK = ip_network("127.0.0.0/8")


@contextmanager
def asking(answering: Answering | bytes) -> Iterator[tuple[Listener, Guard, str]]:
    """Listen as one that the operator allows."""
    with listening(answering, HERE) as listener:
        yield listener, Guard().allowing([LOOPBACK], [listener.port]), f"http://127.0.0.1:{listener.port}"


def said(answering: Answering | bytes, limits: Limits = LIMITS) -> Answer | Unanswered:
    with asking(answering) as (_, guard, root):
        return ask(Question(f"{root}/events.ics"), guard, limits)


def test_what_is_asked_for_comes_with_its_headers() -> None:
    with asking(response(body=b"BEGIN", ETag='"1"', Set_Cookie="a=b")) as (listener, guard, root):
        question = Question(
            f"{root}/fête d’été?q=ö%20x#part".replace(" ", "%20"), headers={"If-None-Match": '"0"'}
        )
        for _ in range(2):
            answer = ask(question, guard, LIMITS)
            assert isinstance(answer, Answer), answer
            assert (answer.status, answer.headers["etag"], answer.body) == (200, '"1"', b"BEGIN")

    head = listener.asked[-1].decode().lower()
    assert "get /f%c3%aate%20d%e2%80%99%c3%a9t%c3%a9?q=%c3%b6%20x http/1.1" in head
    assert 'if-none-match: "0"' in head
    assert "user-agent: coopcal\r\n" in head
    assert f"host: 127.0.0.1:{listener.port}\r\n" in head
    assert "cookie" not in head


@pytest.mark.parametrize("status", [204, 304, 401, 404, 410, 429, 500, 503])
def test_every_status_is_an_answer(status: int) -> None:
    answer = said(f"HTTP/1.1 {status} So\r\nX: y\r\nContent-Length: 0\r\n\r\n".encode())

    assert isinstance(answer, Answer)
    assert (answer.status, answer.headers["x"]) == (status, "y")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (response(body=b"x" * 100_001), Fault.LARGE),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100_001, Fault.LARGE),
        (response(body=gzip.compress(b"\0" * 100_000_000), Content_Encoding="gzip"), Fault.LARGE),
        (response(body=gzip.compress(b"\0" * 1000) * 101, Content_Encoding="gzip"), Fault.LARGE),
        (response(body=gzip.compress(b"x" * 1000)[:-4], Content_Encoding="gzip"), Fault.BROKEN),
        (response(body=b"no gzip", Content_Encoding="gzip"), Fault.BROKEN),
        (response(body=b"x", Content_Encoding="br"), Fault.BROKEN),
        (response(body=b"x" * 100)[:-1], Fault.BROKEN),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n", Fault.BROKEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nBEGIN", Fault.BROKEN),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Fault.BROKEN),
        (b"\x16\x03\x01\x00\x00", Fault.BROKEN),
        (b"", Fault.BROKEN),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_what_is_too_large_or_not_whole_is_no_answer(answer: bytes, fault: Fault) -> None:
    found = said(answer)

    assert isinstance(found, Unanswered)
    assert found.fault is fault


def test_what_is_packed_is_unpacked() -> None:
    """Also in several parts, and where nothing is in it."""
    body = gzip.compress(b"BEGIN") + gzip.compress(b":") + gzip.compress(b"VCALENDAR")
    for packed, plain in ((body, b"BEGIN:VCALENDAR"), (gzip.compress(b""), b""), (b"", b"")):
        answer = said(response(body=packed, Content_Encoding="gzip"))

        assert isinstance(answer, Answer)
        assert answer.body == plain


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Answering:
    def pieces(asked: bytes) -> Iterable[bytes]:
        assert asked
        yield head
        for _ in range(100_000):
            time.sleep(pause)
            yield piece

    return pieces


@pytest.mark.parametrize(
    ("answering", "faults"),
    [
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: " + b"y" * 1000 + b"\r\n"), {Fault.BROKEN, Fault.LARGE}),
        (endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 1000), {Fault.BROKEN, Fault.LARGE}),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), {Fault.LARGE}),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000), {Fault.LARGE}),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 9000 + b"\r\nx\r\n"), {Fault.LARGE}),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_what_is_endless_is_ended_by_its_size(answering: Answering, faults: set[Fault]) -> None:
    """However long the little that is read of it takes."""
    found = said(answering, Limits(100_000, silence=PATIENCE, all=PATIENCE))

    assert isinstance(found, Unanswered)
    assert found.fault in faults


@pytest.mark.parametrize(
    "answering",
    [
        endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05),
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.05),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        endless(b"", b"", 0.05),
    ],
    ids=itertools.count(),
)
def test_what_drips_is_ended_by_its_time(answering: Answering) -> None:
    """It would go on for more than an hour."""
    began = time.monotonic()
    found = said(answering, Limits(100_000, silence=1, all=1.5))

    assert isinstance(found, Unanswered)
    assert found.fault is Fault.SLOW
    assert time.monotonic() - began < PATIENCE


def test_it_is_led_on_for_so_long_and_told_where_for_good() -> None:
    def answer(head: bytes) -> bytes:
        path = head.split(b" ")[1].decode()
        if path == "/end":
            return response(body=b"there")
        number = int(path[2:])
        status = "301 Moved" if path[1] == "g" else "302 Found"
        return response(status, b"not this", Location=f"/{path[1]}{number - 1}" if number > 1 else "end")

    with asking(answer) as (listener, guard, root):
        for kind, number, moved in (("g", 3, True), ("g", 1, True), ("n", 2, False)):
            answered = ask(Question(f"{root}/{kind}{number}"), guard, LIMITS)
            assert answered == Answer(200, {"content-length": "5"}, b"there", f"{root}/end", moved=moved)
        before = listener.connected
        endless_one = ask(Question(f"{root}/g9"), guard, LIMITS)
        assert isinstance(endless_one, Unanswered)
        assert endless_one.fault is Fault.BROKEN
        assert listener.connected == before + LIMITS.hops + 1


def test_what_is_sent_is_not_sent_to_others() -> None:
    """A body goes where it is to go; a redirect that would make a question of it is an answer."""
    with asking(response("302 Found", Location="/other")) as (listener, guard, root):
        answered = ask(Question(f"{root}/", "POST", {"X-Sign": "1"}, b'{"a": 1}'), guard, LIMITS)

        assert isinstance(answered, Answer)
        assert answered.status == 302
        assert listener.paths == ["/"]
        assert b"content-length: 8" in listener.asked[0].lower()


def test_a_secure_connection_leads_to_the_host_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is checked, though an address is dialled; nobody leads from there to where all can read it."""
    authority = Authority.made(tmp_path)
    tls = authority.context("calendar.test", also=("xn--kalender-ber-llb.test",))
    pages = {b"/": response(body=b"well"), b"/down": response("302 Found", Location="http://calendar.test/x")}
    with listening(lambda head: pages[head.split(b" ")[1]], HERE, tls) as listener:
        guard = Guard(resolve=lambda _: HERE).allowing([LOOPBACK], [listener.port])

        def answer(host: str, path: str = "/") -> Answer | Unanswered:
            return ask(Question(f"https://{host}:{listener.port}{path}"), guard, LIMITS)

        unknown = answer("calendar.test")
        assert isinstance(unknown, Unanswered)
        assert unknown.fault is Fault.INSECURE

        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        for host in ("calendar.test", "CALENDAR.test.", "kalender-über.test", "KALENDER-ÜBER。test"):
            right = answer(host)
            assert isinstance(right, Answer), right
            assert right.body == b"well"
        for host in ("other.test", "127.0.0.1"):
            wrong = answer(host)
            assert isinstance(wrong, Unanswered)
            assert wrong.fault is Fault.INSECURE
        down = answer("calendar.test", "/down")
        assert isinstance(down, Unanswered)
        assert down.fault is Fault.INSECURE


def test_what_speaks_no_tls_is_told() -> None:
    with asking(response()) as (_, guard, root):
        found = ask(Question(root.replace("http:", "https:")), guard, LIMITS)

    assert isinstance(found, Unanswered)
    assert found.fault is Fault.INSECURE


def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says of proxies is meant for others: one would dial for us, where no guard looks."""
    with listening(response(), HERE) as proxy, asking(response(body=b"well")) as (_, guard, root):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        answered = ask(Question(root), guard, LIMITS)

        assert isinstance(answered, Answer)
        assert answered.body == b"well"
        assert proxy.connected == 0


def test_of_several_addresses_the_next_is_asked_where_one_does_not_answer() -> None:
    with listening(response(body=b"well"), HERE) as listener:
        guard = Guard(resolve=lambda _: ["127.0.0.9", "127.0.0.8", "127.0.0.1"]).allowing(
            [LOOPBACK], [listener.port]
        )
        answered = ask(Question(f"http://several.example:{listener.port}/"), guard, LIMITS)

    assert isinstance(answered, Answer)


def test_who_does_not_answer_is_told() -> None:
    port = free_port()
    found = ask(Question(f"http://127.0.0.1:{port}/"), Guard().allowing([LOOPBACK], [port]), LIMITS)
    assert found == Unanswered(Fault.UNREACHABLE, found.why if isinstance(found, Unanswered) else None)
    nobody = ask(Question("http://nobody.invalid/"), Guard(), LIMITS)
    assert isinstance(nobody, Unanswered)
    assert nobody.fault in (Fault.UNREACHABLE, Fault.SLOW)


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3/32"), ("fd00::/8", "fd00::/8"), (" ::1 ", "::1/128"),
        ("10.1.2.3/8", None), ("localhost", None), ("", None), ("10.0.0.0/33", None),
    ],
)  # fmt: skip
def test_networks_are_read(text: str, network: str | None) -> None:
    assert network_of(text) == (ip_network(network) if network else None)
