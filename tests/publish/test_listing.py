"""What a publication consists of is written and read, and says whether it still stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coopcal.publish.file import LISTING, StaticFile, turn
from coopcal.publish.listing import LISTINGS, Listed, Listing, listing

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
PAGE = StaticFile("index.html", b"<p>Hello", "text/html; charset=utf-8", "public, max-age=60")
WHOLE = listing("abc", NOON, [(PAGE.path, Listed.of(PAGE))])


def test_a_listing_reads_back_the_same() -> None:
    assert LISTINGS.loads(Listing, LISTINGS.dumps(Listing, WHOLE)) == WHOLE


@pytest.mark.parametrize(
    ("source", "instant", "stands"),
    [
        ("abc", NOON - timedelta(seconds=1), True),
        ("abc", NOON, False),
        ("abd", NOON - timedelta(seconds=1), False),
    ],
)
def test_a_listing_stands_while_nothing_that_it_was_made_of_differs(
    source: str, instant: datetime, *, stands: bool
) -> None:
    assert WHOLE.stands(source, instant) is stands


def test_a_listing_of_another_shape_does_not_stand() -> None:
    assert not replace(WHOLE, format=2).stands("abc", NOON - timedelta(days=1))


def test_bodies_are_put_in_place_before_what_names_them_and_the_listing_last() -> None:
    paths = ["site.json", "feeds/all.ics", LISTING, "feeds/all/index.html", "static/style.0.css"]
    assert sorted(paths, key=turn) == [
        "static/style.0.css",
        "feeds/all/index.html",
        "feeds/all.ics",
        "site.json",
        LISTING,
    ]
