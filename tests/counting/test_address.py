"""What an address is counted as, and that nothing of a secret one is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.counting.address import LONGEST, Address, Kind, address_of, masked, told

KINDS = {
    "/feeds/all.ics": Address(Kind.FEED, "all"),
    "/feeds/all.pt-BR.ics": Address(Kind.FEED, "all"),
    "/feeds/open-days/remind/PT2H.fr.ics": Address(Kind.FEED, "open-days"),
    "/calendar/feeds/all.ics": Address(Kind.FEED, "all"),
    "/feeds/all/archive/2024.ics": Address(Kind.FEED),
    "/feeds/all/changes.fr.atom": Address(Kind.FEED),
    "/feeds/all.json": Address(Kind.FORMAT),
    "/feeds/all.upcoming.rss": Address(Kind.FORMAT),
    "/embed/all/list.en/": Address(Kind.EMBED),
    "/embed.js": Address(Kind.EMBED),
    "/feeds/all/oembed.json": Address(Kind.EMBED),
    "/static/site.0123.css": Address(Kind.ASSET),
    "/feeds/all/qr.svg": Address(Kind.ASSET),
    "/check/": Address(Kind.CHECK),
    "/fr/check/": Address(Kind.CHECK),
    "/healthz": Address(Kind.MACHINE),
    "/site.json": Address(Kind.MACHINE),
    "/": Address(Kind.PAGE),
    "/feeds/all/": Address(Kind.PAGE),
    "/events/bakery/open-day/event.ics": Address(Kind.PAGE),
    "/private/c2VjcmV0LXRva2Vu/board.ics": Address(Kind.PRIVATE),
    "/calendar/private/c2VjcmV0LXRva2Vu/feeds/all.ics": Address(Kind.PRIVATE),
}


@pytest.mark.parametrize(("path", "address"), KINDS.items(), ids=KINDS)
def test_an_address_is_of_its_kind(path: str, address: Address) -> None:
    assert address_of(path) == address


@pytest.mark.parametrize(
    "written",
    [
        "/private/{}/board.ics",
        "/fr/private/{}/board.fr.ics",
        "//private/{}",
        "/PRIVATE/{}/board.ics",
        "/private%2F{}/board.ics",
        "/private\\{}/board.ics",
        "GET /private/{}/board.ics failed",
        'File "/private/{}/x.ics", line 1',
        "https://example.coop/private/{}/board.ics?x=1",
        "/feeds/private/{}.ics",
    ],
)
@given(token=st.text("ABCDEFabcdef0123456789_-.~%/", min_size=16, max_size=60))
def test_nothing_of_a_token_is_left_in_what_is_told(written: str, token: str) -> None:
    text = written.format(token)

    assert token not in masked(text)
    assert token not in told(text)
    assert address_of(text) == Address(Kind.PRIVATE)


@given(st.text(max_size=1_000))
def test_what_is_told_of_a_path_stays_in_its_line_and_is_short(path: str) -> None:
    shown = told(path)

    assert shown.isascii()
    assert " " not in shown
    assert shown.isprintable()
    assert len(shown) <= 12 * LONGEST + 3


def test_an_address_that_only_looks_like_a_secret_one_is_told() -> None:
    assert masked("/events/bakery/private-view/") == "/events/bakery/private-view/"
