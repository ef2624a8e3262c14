"""What a publication consists of is written and read, and says whether it still stands."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coopcal.publish.file import LISTING, StaticFile, turn
from coopcal.publish.listing import LISTINGS, UNKNOWN, Listed, Listing, alike, known, listing

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


def test_a_listing_does_not_stand_before_it_was_made() -> None:
    """The clock was wrong then, or is now: what is over by the later instant was not over before."""
    made = listing("abc", None, [], true_from=NOON)

    assert made.stands("abc", NOON)
    assert not made.stands("abc", NOON - timedelta(seconds=1))


def test_of_a_listing_in_another_format_it_is_known_which_files_there_are() -> None:
    content = b'{"format":7,"other":[],"files":{"index.html":{"sha512":"0"},"feeds/all.ics":{}}}'

    assert known(content).files == {"index.html": UNKNOWN, "feeds/all.ics": UNKNOWN}
    assert not known(content).stands("", NOON)


@pytest.mark.parametrize("format_", [1, 7])
@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "a//b", "./a", "a/", "a\0b"]
)
def test_a_listing_that_names_what_is_not_below_its_folder_is_none(name: str, format_: int) -> None:
    content = json.dumps({"format": format_, "source": "", "files": {name: ["0", 1, "text/plain", ""]}})

    with pytest.raises(ValueError, match=re.escape(name)):
        known(content.encode())


def test_names_that_differ_by_capitals_or_forms_of_unicode_alone_are_alike() -> None:
    names = ["Plan.txt", "plan.txt", "f\u00eate.txt", "fe\u0302te.txt", "other.txt"]

    assert alike(names) == [("Plan.txt", "plan.txt"), ("f\u00eate.txt", "fe\u0302te.txt")]


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
