"""What is online for members says so to all, and its address to nobody."""

import json
from pathlib import Path

import pytest
from tests.web.test_times_elsewhere import client

SECRET = "meet.example.org"
KEYS = f"when: 2026-07-04 10:00/11:00, online: {{url: 'https://{SECRET}/x', for: members}}"


@pytest.mark.parametrize(
    "address",
    ["/feeds/bakery.ics", "/feeds/bakery.txt", "/feeds/bakery.md", "/feeds/bakery.rss", "/feeds/bakery.atom"],
)
def test_formats_say_that_it_is_for_members(tmp_path: Path, address: str) -> None:
    """Where they would tell the address."""
    said = client(tmp_path, KEYS).get(address).text

    assert "Online: for members" in said
    assert SECRET not in said


def test_its_page_says_so(tmp_path: Path) -> None:
    """Beside the word “Online”."""
    site = client(tmp_path, KEYS)
    (address,) = {each["url"] for each in json.loads(site.get("/feeds/bakery.json").data)["occurrences"]}
    said = site.get("/" + address.split("/", 3)[3]).text

    assert "<dt>Online</dt>\n<dd>for members<br>" in said
    assert SECRET not in said
