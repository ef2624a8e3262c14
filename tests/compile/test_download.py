"""Downloads against servers that break off, drip, pack, lead elsewhere and never end."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from coopcal.compile.download import DownloadError, Limits, download, gunzipped
from coopcal.compile.previous import named
from coopcal.site.layout import SiteError

LIMITS = Limits(10_000, silence=0.5, all=1.5)
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n"


@contextmanager
def answering(*answers: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve raw bytes, an answer a connection, until the block ends; return the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port, ended = server.getsockname()[1], threading.Event()

        def serve() -> None:
            for answer in answers:
                try:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(65536)
                        answer(connection)
                except OSError:
                    return
            ended.wait(5)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}/x.ics"
        ended.set()


def saying(content: bytes) -> Callable[[socket.socket], None]:
    """Return an answer of bytes, after which the connection is closed."""
    return lambda connection: connection.sendall(content)


def going_on(first: bytes, again: bytes, pause: float) -> Callable[[socket.socket], None]:
    """Return an answer that never ends of itself."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        waiting = threading.Event()
        for _ in range(1_000_000):
            connection.sendall(again)
            waiting.wait(pause)

    return answer


def with_length(body: bytes, length: int | None = None, more: bytes = b"") -> bytes:
    return OK + more + b"Content-Length: %d\r\n\r\n" % (len(body) if length is None else length) + body


def redirect(where: str) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + where.encode() + b"\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        with_length(BODY),
        OK + b"\r\n" + BODY,
        OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n",
        with_length(gzip.compress(BODY), more=b"Content-Encoding: gzip\r\n"),
        b"HTTP/1.1 100 Continue\r\n\r\n" + with_length(BODY),
    ],
)
def test_what_is_there_comes_whole(answer: bytes) -> None:
    """Of known length, of unknown one, in chunks, packed, after a provisional answer."""
    with answering(saying(answer)) as address:
        assert download(address, LIMITS, {}) == BODY


def test_redirects_are_followed() -> None:
    """Also to a path of the same server."""
    with answering(saying(redirect("/elsewhere")), saying(with_length(BODY))) as address:
        assert download(address, LIMITS, {}) == BODY


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (saying(with_length(BODY, 4530)), "cut off: 32 bytes of 4,530"),
        (saying(OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % 400 + BODY), "breaks off"),
        (saying(OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(BODY) + BODY + b"\r\n"), "breaks off"),
        (saying(with_length(gzip.compress(BODY)[:-9], more=b"Content-Encoding: gzip\r\n")), "cut off"),
        (saying(with_length(b"\x1f\x8b" + b"?" * 40, more=b"Content-Encoding: gzip\r\n")), "damaged"),
        (saying(with_length(gzip.compress(bytes(20_000)), more=b"Content-Encoding: gzip\r\n")), "10,000 bytes"),
        (saying(with_length(bytes(20_000))), "10,000 bytes"),
        (saying(b""), "breaks off"),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "is no web server"),
        (saying(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), "its server answers 404 (Not Found)"),
        (saying(redirect("ftp://127.0.0.1/x.ics")), "no web page"),
        (saying(redirect("file:///etc/passwd")), "no web page"),
        (saying(redirect("http://[")), "leads to"),
        (saying(redirect("http://127.0.0.1:99999/")), "no web page"),
        (going_on(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0), "more than can be meant"),
        (going_on(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.1), "it takes more than 1.5 seconds"),
        (going_on(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1), "it takes more than 1.5 seconds"),
        (going_on(with_length(b"", 5000), b"a", 0.1), "it takes more than 1.5 seconds"),
        (going_on(with_length(b"", 5000), b"", 0.1), "silent for more than 0.5 seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_told(answer: Callable[[socket.socket], None], said: str) -> None:
    """Cut off, damaged, too large, of something else, endless or silent."""
    with answering(answer) as address, pytest.raises(DownloadError) as raised:
        download(address, LIMITS, {})

    assert said in str(raised.value)


def test_a_redirect_to_another_protocol_asks_nobody() -> None:
    """Nothing connects to what is no web server."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        where = f"ftp://127.0.0.1:{other.getsockname()[1]}/x.ics"
        with answering(saying(redirect(where))) as address, pytest.raises(DownloadError):
            download(address, LIMITS, {})
        with pytest.raises(TimeoutError):
            other.accept()


@pytest.mark.parametrize(
    "address",
    [
        "http://[",
        "http://",
        "http://127.0.0.1:x/",
        "http://a..b/",
        "ftp://127.0.0.1/",
        "http://a:b@127.0.0.1/",
    ],
)
def test_what_is_no_web_address_is_told(address: str) -> None:
    """Without asking anybody."""
    with pytest.raises(DownloadError):
        download(address, LIMITS, {})


def test_a_server_without_tls_is_told() -> None:
    """In words, not those of the library."""
    with (
        answering(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as address,
        pytest.raises(DownloadError) as raised,
    ):
        download(address.replace("http://", "https://"), LIMITS, {})

    assert str(raised.value) == "its server makes no secure connection (https)"


def test_the_site_before_comes_the_same_way() -> None:
    """What is cut off is no site: everything would be taken for new."""
    with answering(saying(with_length(b'{"format": 1', 9999))) as address, pytest.raises(SiteError) as raised:
        named(address)

    assert "it came cut off" in str(raised.value)


def test_gzip_within_bounds() -> None:
    """Several members count together; what is none is left."""
    assert gunzipped(b"plain", 10) == b"plain"
    assert gunzipped(gzip.compress(b"one") + gzip.compress(b"two"), 6) == b"onetwo"
    for content in (gzip.compress(b"one") + gzip.compress(b"two!"), gzip.compress(bytes(7))):
        with pytest.raises(DownloadError):
            gunzipped(content, 6)
