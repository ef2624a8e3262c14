"""A web server on loopback that serves a right feed, by TLS and by plain http, but for what a test breaks of it."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli

from coopcal.doctor.caller import Caller, Limits
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.verdict import Diagnosis, diagnosis
from coopcal.doctor.visit import address_of, visit

HOST = "calendars.example.coop"
PATH = "/feeds/all.ics"
NOW = datetime.now(UTC).replace(microsecond=0)
"""The certificates of tests are valid now, and at no fixed time."""

LINES = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.coop//doctor//EN
CALSCALE:GREGORIAN
NAME:Example
X-WR-CALNAME:Example
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:assembly.bakery@example.coop
DTSTAMP:20260601T120000Z
LAST-MODIFIED:20260601T120000Z
SEQUENCE:202305600
DTSTART;TZID=Europe/Brussels:20261024T140000
DTEND;TZID=Europe/Brussels:20261024T173000
SUMMARY:General assembly
DESCRIPTION:Agenda\\, accounts\\; see https://bakery.example.coop/assembly
LOCATION:Ghent
GEO:51.05;3.72
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:market.bakery@example.coop
DTSTAMP:20260601T120000Z
LAST-MODIFIED:20260601T120000Z
SEQUENCE:202305600
DTSTART;TZID=Europe/Brussels:20260905T080000
DTEND;TZID=Europe/Brussels:20260905T120000
RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20261219T070000Z
EXDATE;TZID=Europe/Brussels:20261031T080000
SUMMARY:Market
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:market.bakery@example.coop
RECURRENCE-ID;TZID=Europe/Brussels:20261003T080000
DTSTAMP:20260601T120000Z
LAST-MODIFIED:20260601T120000Z
SEQUENCE:202305600
DTSTART;TZID=Europe/Brussels:20261003T090000
DTEND;TZID=Europe/Brussels:20261003T130000
SUMMARY:Market
LOCATION:In the yard
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:open-day.bakery@example.coop
DTSTAMP:20260601T120000Z
LAST-MODIFIED:20260601T120000Z
SEQUENCE:202305600
DTSTART;VALUE=DATE:20260912
DTEND;VALUE=DATE:20260913
SUMMARY:Open day
URL:https://bakery.example.coop/open
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
END:VCALENDAR
"""
FEED = LINES.replace("\n", "\r\n").encode()
ETAG, CHANGED = '"right"', "Mon, 01 Jun 2026 12:00:00 GMT"
TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """What is asked of a server."""

    method: str
    path: str
    headers: Mapping[str, str]
    secure: bool

    def of(self, name: str) -> str:
        """Return a header, "" where there is none."""
        return self.headers.get(name.lower(), "")


@dataclass
class Response:
    """What is answered; ``length`` is what is said of the body, where that is not so; a status of 0 ends the connection."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = None
    pause: float = 0


Answering = Callable[[Request], Response]


def right(request: Request) -> Response:
    """Answer as a server should."""
    return of_feed(request, FEED)


def of_feed(request: Request, feed: bytes) -> Response:
    """Answer as a server should that has another feed."""
    if not request.secure:
        return Response(301, {"Location": f"https://{HOST}{request.path}"})
    if request.path == "/robots.txt":
        return Response(404)
    headers = {"ETag": ETAG, "Last-Modified": CHANGED, "Content-Type": TYPE, "Vary": "Accept-Encoding"}
    if unchanged(request):
        return Response(304, headers)
    coding = request.of("Accept-Encoding")
    if coding in ("gzip", "br"):
        packed = gzip.compress(feed) if coding == "gzip" else brotli.compress(feed, quality=1)
        return Response(200, {**headers, "Content-Encoding": coding}, packed)
    return Response(200, headers, feed)


def unchanged(request: Request) -> bool:
    if etag := request.of("If-None-Match"):
        return etag == ETAG
    since = request.of("If-Modified-Since")
    return bool(since) and parsedate_to_datetime(since) >= parsedate_to_datetime(CHANGED)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let handshakes fail, as they do on purpose."""


@contextmanager
def listening(answer: Answering, tls: ssl.SSLContext | None) -> Iterator[int]:
    """Serve until the block ends; return the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            response = answer(Request(self.command, self.path, headers, tls is not None))
            time.sleep(response.pause)
            if response.status == 0:
                self.close_connection = True
                return
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            if response.status != 304:
                length = len(response.body) if response.length is None else response.length
                self.send_header("Content-Length", str(length))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(response.body)

        do_HEAD = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        # The handshake is left to the thread of the connection, so that none keeps the others waiting.
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


LIMITS = Limits(answer=5, apart=0)
"""What the tests wait for at most; no clock stamps what these servers send."""


@contextmanager
def serving(answer: Answering, tls: ssl.SSLContext) -> Iterator[dict[int, tuple[str, int]]]:
    """Serve at both ports of the web; return where they are."""
    with ExitStack() as stack:
        ports = {
            443: stack.enter_context(listening(answer, tls)),
            80: stack.enter_context(listening(answer, None)),
        }
        yield {port: ("127.0.0.1", there) for port, there in ports.items()}


def looked_at(
    routes: Mapping[int, tuple[str, int]],
    trusted: ssl.SSLContext,
    address: str = f"https://{HOST}{PATH}",
    limits: Limits = LIMITS,
    clients: tuple[Client, ...] = ALL,
) -> Diagnosis:
    """Return what is found of a feed."""
    asked = address_of(address)
    assert asked is not None
    return diagnosis(visit(address, asked, Caller(trusted, routes, limits), NOW), clients)


def codes(found: Diagnosis) -> set[str]:
    return {str(fault.kind.code) for fault in found.faults}
