"""``robots.txt`` is read as RFC 9309 says: groups, the longest rule, wildcards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcal.doctor.robots import is_allowed

AGENT, PATH = "Google-Calendar-Importer", "/feeds/all.ics"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:\n", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("\ufeffuser-AGENT:*\nDISALLOW:/feeds # all of them\n", False),
        ("User-agent: *\nDisallow: /feeds/\nAllow: /feeds/all\n", True),
        ("User-agent: *\nDisallow: /feeds/all\nAllow: /feeds/\n", False),
        ("User-agent: *\nDisallow: /feeds\nAllow: /feeds\n", True),
        ("User-agent: *\nDisallow: /*.ics$\n", False),
        ("User-agent: *\nDisallow: /*.ics?x$\n", True),
        ("User-agent: *\nDisallow: /feeds$\n", True),
        ("User-agent: *\nDisallow: /*/*/*\n", True),
        ("User-agent: *\nDisallow: /f*d*/*all*\n", False),
        ("User-agent: Bingbot\nDisallow: /\n", True),
        ("User-agent: google-calendar-importer\nDisallow: /feeds\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Google-Calendar-Importer\nDisallow:\n", True),
        ("User-agent: Bingbot\nUser-agent: *\nDisallow: /feeds\n", False),
        ("Disallow: /\n", True),
        ("<!DOCTYPE html><p>User-agent: *", True),
    ],
)
def test_what_may_be_fetched(text: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    assert is_allowed(text.encode(), AGENT, PATH) is allowed


@given(st.binary(max_size=500))
def test_any_file_is_read(text: bytes) -> None:
    is_allowed(text, AGENT, PATH)
    is_allowed(b"User-agent: *\nDisallow: /" + text, AGENT, PATH)


def test_a_hostile_file_takes_no_long_time() -> None:
    assert is_allowed(
        b"User-agent: *\n" + b"Disallow: " + b"/*a" * 100_000 + b"$\n", AGENT, "/" + "a" * 50_000
    )
