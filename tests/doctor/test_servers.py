"""Each way in which a server may be broken is named, and told to those that it harms; a right one is well everywhere."""

import gzip
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.doctor.breaking import (
    CHALLENGE,
    LARGE,
    MANY,
    PAGE,
    agent,
    always,
    changed,
    compiled_after,
    led_on,
    limited,
    plain,
    robots,
    sending,
    stamped,
    whenever,
    with_feed,
)
from tests.doctor.servers import (
    FEED,
    HOST,
    PATH,
    Request,
    Response,
    codes,
    looked_at,
    of_feed,
    right,
    serving,
)

from coopcal.doctor.caller import Limits
from coopcal.doctor.checks import KINDS
from coopcal.doctor.client import ALL, Client
from coopcal.doctor.verdict import Verdict

G, O, A, T, N, I, E = ALL  # noqa: E741 - the clients, by their first letters
NONE: tuple[Client, ...] = ()

BROKEN: dict[str, tuple[Callable[[Request], Response], set[str], tuple[Client, ...], tuple[Client, ...]]] = {
    "not found": (always(404), {"not-found"}, ALL, NONE),
    "gone": (always(410), {"gone"}, ALL, NONE),
    "a password": (always(401), {"wants-password"}, ALL, NONE),
    "asked too often": (always(429, Retry_After="3600"), {"asked-too-often"}, ALL, NONE),
    "a few questions": (limited(5), {"not-all-asked"}, NONE, NONE),
    "many questions": (limited(14), {"not-all-asked"}, NONE, NONE),
    "to nobody knows where": (always(302), {"redirect-without-address"}, ALL, NONE),
    "a challenge": (sending(CHALLENGE, 403), {"robot-protection"}, ALL, NONE),
    "a challenge while all is well": (sending(CHALLENGE, 200), {"robot-protection"}, ALL, NONE),
    "a challenge by its header": (always(503, cf_mitigated="challenge"), {"robot-protection"}, ALL, NONE),
    "a page that is no calendar and says nothing else": (
        sending(PAGE, 200),
        {"page-for-calendar"},
        ALL,
        NONE,
    ),
    "UTF-16": (with_feed(FEED.decode().encode("utf-16")), {"utf-16"}, ALL, NONE),
    "a coding that is none": (changed(Content_Encoding="zstd"), {"compressed-unreadable"}, ALL, NONE),
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
    "no answer for ICSx5": (
        whenever(agent("ICSx5"), lambda _: Response(0)),
        {"program-refused"},
        (I,),
        NONE,
    ),
    "no answer for Google": (
        whenever(agent("Google-Calendar"), lambda _: Response(0)),
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
    "no type": (changed(Content_Type=""), {"no-type", "no-charset"}, NONE, ALL),
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
    "two calendars": (
        with_feed(FEED + FEED.replace(b"UID:", b"UID:other-").replace(b"SUMMARY:", b"SUMMARY:Other ")),
        {"several-calendars"},
        NONE,
        ALL,
    ),
    "letters of Windows": (with_feed(FEED.replace(b"Open day", b"Caf\xe9")), {"not-utf8"}, NONE, ALL),
    "a bell": (with_feed(FEED.replace(b"Open day", b"Open\x07 day")), {"control-characters"}, NONE, ALL),
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
    "compiled meanwhile": (compiled_after(9), set(), NONE, NONE),
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
    assert not any("“”" in fault.said for fault in found.faults)
    assert {client for client in ALL if found.verdicts[client] is Verdict.FAILS} == set(fatal)
    assert {client for client in ALL if found.verdicts[client] is Verdict.FAULTY} == set(faulty)


def test_what_a_clock_stamps_is_seen_to_be_stamped(tls: ssl.SSLContext, trusted: ssl.SSLContext) -> None:
    """Between two fetches there is more than a second, where nobody asks for less."""

    def answer(request: Request) -> Response:
        return of_feed(
            request,
            FEED.replace(b"DTSTAMP:20260601T120000", f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%S}".encode()),
        )

    with serving(answer, tls) as routes:
        found = looked_at(routes, trusted, limits=Limits(answer=5))

    assert codes(found) == {"stamped-at-each-fetch", "other-bytes-at-each-fetch"}


@pytest.mark.parametrize("client", [G, T])
def test_a_client_by_itself_is_told_what_concerns_it(
    client: Client, tls: ssl.SSLContext, trusted: ssl.SSLContext
) -> None:
    with serving(robots(200, "User-agent: Google-Calendar-Importer\nDisallow: /"), tls) as routes:
        found = looked_at(routes, trusted, clients=(client,))

    assert codes(found) == ({"robots-forbid"} if client is G else set())
    assert found.verdicts == {client: Verdict.FAILS if client is G else Verdict.WORKS}


ON_THE_WAY = {
    *("certificate-expired", "certificate-other-name", "certificate-unknown-issuer", "certificate-invalid"),
    *("certificate-ends-soon", "tls-old", "tls-fails", "redirect-to-http", "no-such-name", "no-connection"),
    *(
        "private-address",
        "ipv4-broken",
        "ipv6-broken",
        "ipv6-not-tried",
        "no-answer",
        "slow",
        "far-too-large",
    ),
    *("webcal-address", "webcals-address", "http-address", "password-in-address", "port-in-address"),
    "path-not-ics",
}
"""What is tried in ``test_connections.py``."""


def test_every_kind_is_tried() -> None:
    told = {code for _, wanted, _, _ in BROKEN.values() for code in wanted}

    assert {str(kind.code) for kind in KINDS} == told | ON_THE_WAY
