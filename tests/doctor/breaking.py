"""Ways in which servers are broken."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from tests.doctor.servers import (
    FEED,
    PATH,
    TYPE,
    Request,
    Response,
    of_feed,
    right,
)


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
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return whenever(lambda _: True, lambda _: Response(status, named, b"no"))


def sending(body: bytes, status: int) -> Callable[[Request], Response]:
    """Return a server that sends a page, with no header but its type."""
    return whenever(lambda _: True, lambda _: Response(status, {"Content-Type": "text/html"}, body))


def limited(count: int) -> Callable[[Request], Response]:
    """Return a server that takes so many questions, and no more."""
    numbers = itertools.count()
    return whenever(lambda _: next(numbers) >= count, lambda _: Response(429))


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


def compiled_after(count: int) -> Callable[[Request], Response]:
    """Return a server whose calendar changes once, after so many answers: stamps, bytes and validators."""
    numbers = itertools.count()

    def answer(request: Request) -> Response:
        if request.secure and next(numbers) < count:
            feed = FEED.replace(b"SUMMARY:Market", b"SUMMARY:Fair").replace(b"202606", b"202605")
            return replace(
                of_feed(replace(request, headers={}), feed), headers={**BEFORE, "Content-Type": TYPE}
            )
        return right(request)

    return answer


BEFORE = {"ETag": '"before"', "Last-Modified": "Fri, 01 May 2026 12:00:00 GMT", "Vary": "Accept-Encoding"}

HUGE = b"".join(
    FEED[FEED.index(b"BEGIN:VEVENT\r\nUID:open") : -len(b"END:VCALENDAR\r\n")]
    .replace(b"UID:", f"UID:{number}.".encode())
    .replace(b"SUMMARY:", f"SUMMARY:{number} ".encode())
    for number in range(4000)
)
LARGE = FEED.replace(b"END:VCALENDAR\r\n", HUGE + b"END:VCALENDAR\r\n")
MANY = FEED.replace(b"END:VCALENDAR\r\n", HUGE[: len(HUGE) * 3 // 10] + b"END:VCALENDAR\r\n")
MANY = MANY[: MANY.rindex(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"
CHALLENGE = b"""<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>"""
PAGE = b"<!DOCTYPE html><title>Log in</title>"
