"""Feeds over HTTP, as RFC 9110 and calendar clients want them."""

import gzip
import re
from datetime import timedelta

import brotli
import pytest
from tests.support.trees import NOW
from werkzeug.http import http_date
from werkzeug.test import Client

FEED = "/feeds/all.ics"


def test_a_feed_is_text_calendar_without_any_accept_header(client: Client) -> None:
    """Google sends none (clients.md 4.7); the name ends in .ics (4.8), shown inline (4.9)."""
    answer = client.get(FEED)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="all.ics"'
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert "Content-Encoding" not in answer.headers


def test_head_answers_like_get_without_a_body(client: Client) -> None:
    """Some clients probe with HEAD (4.14)."""
    got, probed = client.get(FEED), client.head(FEED)

    assert probed.data == b""
    assert dict(probed.headers) == dict(got.headers)


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("deflate", None),
        ("gzip;q=nonsense", None),
    ],
)
def test_codings_follow_accept_encoding(client: Client, accept: str, encoding: str | None) -> None:
    """What the compile made is chosen by weight; each coding has an ETag of its own."""
    plain = client.get(FEED)
    answer = client.get(FEED, headers={"Accept-Encoding": accept})
    unpacked = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[encoding](answer.data)

    assert answer.headers.get("Content-Encoding") == encoding
    assert unpacked == plain.data
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert (answer.headers["ETag"] == plain.headers["ETag"]) == (encoding is None)


def test_either_validator_gives_304_with_the_headers_of_200(client: Client) -> None:
    """If-None-Match: strong, weak, in a list or a star; If-Modified-Since in whole seconds (4.11, 4.12)."""
    first = client.get(FEED)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    conditions = [
        {"If-None-Match": etag},
        {"If-None-Match": f"W/{etag}"},
        {"If-None-Match": f'"other", W/{etag}, "more"'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
        {"If-Modified-Since": http_date(NOW + timedelta(days=1))},
        {"If-None-Match": etag, "If-Modified-Since": http_date(NOW - timedelta(days=9))},
    ]
    for condition in conditions:
        answer = client.get(FEED, headers=condition)

        assert answer.status_code == 304, condition
        assert answer.data == b""
        for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
            assert answer.headers[name] == first.headers[name]


def test_other_validators_give_the_feed(client: Client) -> None:
    """A date counts only where there is no ETag; what is no date is no condition."""
    modified = client.get(FEED).headers["Last-Modified"]
    conditions = [
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-None-Match": ""},
        {"If-Modified-Since": http_date(NOW - timedelta(seconds=1))},
        {"If-Modified-Since": "yesterday"},
    ]
    for condition in conditions:
        assert client.get(FEED, headers=condition).status_code == 200, condition


def test_nothing_depends_on_the_client_or_its_credentials(client: Client) -> None:
    """Outlook sends bearer headers to public feeds (4.15)."""
    plain = client.get(FEED)
    other = client.get(
        FEED,
        headers={"User-Agent": "Google-Calendar-Importer", "Authorization": "Bearer x", "Range": "bytes=0-9"},
    )

    assert dict(plain.headers) == dict(other.headers)
    assert plain.data == other.data


def test_caches_may_serve_stale_feeds_but_search_engines_list_none(client: Client) -> None:
    """stale-while-revalidate and stale-if-error (RFC 5861); X-Robots-Tag (4.16); open to other origins."""
    headers = client.get(FEED).headers

    assert "stale-while-revalidate" in headers["Cache-Control"]
    assert "stale-if-error" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "REPORT"])
def test_other_methods_are_405(client: Client, method: str) -> None:
    """Never 200, never 500 (4.14)."""
    answer = client.open(FEED, method=method)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/none-such.ics",
        "/feeds/.ics",
        "/feeds/ALL.ics",
        "/feeds/..%2fall.ics",
        "/feeds/all.ics/",
        "/feeds/a%00.ics",
        "/feeds/%ff.ics",
        f"/feeds/{'a' * 9000}.ics",
    ],
)
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    """An error is never a calendar (4.13)."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert "text/calendar" not in answer.headers["Content-Type"]


def test_a_former_address_gives_the_bytes_of_the_new_one(client: Client) -> None:
    """No redirect, as some clients do not follow it (4.6)."""
    assert client.get("/feeds/watermill.ics").data == client.get("/feeds/mill.ics").data
    assert client.get("/feeds/watermill.ics").status_code == 200


def test_a_feed_that_ended_more_than_a_year_ago_is_gone(client: Client) -> None:
    """410 disables the calendar in Thunderbird, so it comes only when the year is over (4.13)."""
    assert client.get("/feeds/old.ics").status_code == 410


def test_the_archive_of_a_year_is_a_feed_of_its_own(client: Client) -> None:
    """Members find there what a window leaves out."""
    answer = client.get("/feeds/bakery/archive/2026.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="bakery-2026.ics"'
    assert b"NAME:The Bakery 2026\r\n" in answer.data
    assert b"/feeds/bakery/archive/2026.ics\r\n" in answer.data.replace(b"\r\n ", b"")
    assert answer.data.count(b"BEGIN:VEVENT") == 2
    etag = answer.headers["ETag"]
    assert client.get("/feeds/bakery/archive/2026.ics", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/feeds/bakery/archive/2025.ics", "/feeds/bakery/archive/0026.ics", "/feeds/nobody/archive/2026.ics"],
)
def test_a_year_without_events_has_no_archive(client: Client, path: str) -> None:
    """There is no endless row of empty addresses."""
    assert client.get(path).status_code == 404


def test_reminders_are_there_for_those_who_ask(client: Client) -> None:
    """One in each event (clients.md 8.1: never by default); everything else is the feed, byte for byte."""
    plain, evening = client.get(FEED), client.get(f"{FEED}?remind=evening")
    alarm = re.compile(rb"BEGIN:VALARM\r\n.*?END:VALARM\r\n", re.DOTALL)

    assert b"VALARM" not in plain.data
    assert len(alarm.findall(evening.data)) == plain.data.count(b"BEGIN:VEVENT")
    assert alarm.sub(b"", evening.data) == plain.data
    assert client.get(f"{FEED}?remind=never").data == plain.data
    assert client.get(f"{FEED}?remind=evening&utm_source=x").data == evening.data


def test_feeds_with_reminders_have_validators_and_encodings_of_their_own(client: Client) -> None:
    """So that a cache never gives one for another."""
    address = f"{FEED}?remind=PT2H"
    identity, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, br"})
    tags = {client.get(each).headers["ETag"] for each in (FEED, address, f"{FEED}?remind=morning")}

    assert len(tags | {packed.headers["ETag"]}) == 4
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == identity.data
    assert client.head(address).headers["Content-Length"] == str(len(identity.data))
    assert client.get(address, headers={"If-None-Match": identity.headers["ETag"]}).status_code == 304


def test_a_query_that_is_too_long_is_refused(client: Client) -> None:
    """With 400, and no failure."""
    assert client.get(f"{FEED}?{'&'.join(f'a{number}=1' for number in range(99))}").status_code == 400
