"""Why does it not update? The page of a feed, and its JSON, tell how far a change came; and what is not known they do not say."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.counting.counts import Counts
from coopcal.counting.family import Family
from coopcal.counting.keeper import Keeper
from coopcal.counting.ledger import FILE, Ledger
from coopcal.site.reader import LiveSite
from coopcal.web import counted, create_app

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pt-BR")
HOUR = int(NOW.timestamp()) // 3600
CHANGED = BAKERY.replace("2026-10-24 14:00/17:30", "2026-10-24 15:00/17:30")
MILL = "name: The Mill\nformerly: [watermill]\ncountry: BE\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tree whose site was compiled, and in which a time changed at the turn of an hour and a half."""
    site = SITE.replace("[en, fr]", f"[{', '.join(LANGUAGES)}]")
    found = lay(tmp_path_factory.mktemp("why"), {"coopcal.yaml": site, "calendars/mill.yaml": MILL})
    compiled(found, NOW - timedelta(days=2))
    (found / "calendars/bakery.yaml").write_text(CHANGED, encoding="utf-8")
    compiled(found, NOW - timedelta(minutes=30))
    return found


def client(root: Path, state: Path | None, now: datetime = NOW, *, feeds: bool = True) -> Client:
    keeper = Keeper(Ledger(state), now.timestamp, feeds=feeds) if state else None
    return Client(create_app(LiveSite(root / "_site"), lambda: now, [counted.pages(keeper, "")]))


def count(state: Path, *fetches: tuple[str, str, int, int]) -> None:
    told = Counts(fetches=Counter({(feed, family, hour): number for feed, family, hour, number in fetches}))
    Ledger(state).add(told, HOUR * 3600)


def told(client: Client, feed: str = "all") -> dict[str, Any]:
    answer = client.get(f"/feeds/{feed}/health.json")
    assert answer.headers["Cache-Control"] == "no-store"
    read: dict[str, Any] = json.loads(answer.text)
    return read


def rows(client: Client, path: str = "/feeds/all/health/") -> dict[str, list[str]]:
    table = html.fromstring(client.get(path).text).find_class("fetched")[0]
    return {
        row.findtext("th"): [" ".join(cell.text_content().split()) for cell in row.findall("td")]
        for row in table.findall("tbody/tr")
    }


def test_it_tells_what_was_published_and_what_changed(root: Path) -> None:
    read = told(client(root, None))

    assert read["compiled_at"] == "2026-06-01T11:30:00+00:00"
    assert read["changed_at"] == "2026-06-01T11:30:00+00:00"
    assert [change["at"] for change in read["changes"]] == ["2026-06-01T11:30:00+00:00"]
    assert "General assembly" in read["changes"][0]["what"]
    assert "15:00" in read["changes"][0]["what"]
    assert read["size"]["bytes"] == len(client(root, None).get("/feeds/all.ics").data)
    assert read["address"] == "https://calendars.example.coop/feeds/all.ics"


def test_it_tells_who_has_the_change(root: Path, tmp_path: Path) -> None:
    """It was half past eleven; an hour tells no minute."""
    count(
        tmp_path,
        ("all", "google", HOUR, 1),
        ("all", "apple", HOUR - 1, 5),
        ("all", "thunderbird", HOUR - 2, 7),
        ("all", "google", HOUR - 24 * 20, 9),
    )
    read = {one["family"]: one for one in told(client(root, tmp_path))["fetched"]}

    assert {family: one["has_last_change"] for family, one in read.items()} == {
        "google": "yes",
        "apple": "perhaps",
        "thunderbird": "not-yet",
        "microsoft": "not-yet",
        "outlook": "not-yet",
    }
    assert read["google"]["last_hour"] == "2026-06-01T12:00:00+00:00"
    assert read["microsoft"]["last_hour"] is None
    assert read["google"]["readers"] == {"at_least": 1, "at_most": None}
    assert read["apple"]["readers"] == {"at_least": 1, "at_most": 5}
    assert [day["fetches"] for day in read["google"]["days"]] == [1, 9]


def test_the_page_says_the_same(root: Path, tmp_path: Path) -> None:
    count(tmp_path, ("all", "google", HOUR, 1), ("all", "apple", HOUR - 1, 5))
    read = rows(client(root, tmp_path))

    assert read["Google Calendar"][0] == "Monday 1 June 2026, 14:00–15:00"
    assert read["Google Calendar"][1::2] == ["yes", "at least 1"]
    assert read["Apple’s calendar"][1::2] == ["perhaps: it was the same hour", "1–5"]
    assert read["Outlook, the program"][::2][0] == "never"


def test_a_feed_is_asked_for_at_all_its_ids_and_another_is_not(root: Path, tmp_path: Path) -> None:
    count(
        tmp_path,
        ("watermill", "google", HOUR, 3),
        ("mill", "google", HOUR - 5, 3),
        ("bakery", "apple", HOUR, 9),
    )
    read = {one["family"]: one for one in told(client(root, tmp_path), "mill")["fetched"]}

    assert read["google"]["days"][0]["fetches"] == 6
    assert read["apple"]["last_hour"] is None


@pytest.mark.parametrize("kind", ["no folder", "not counted", "damaged"])
def test_what_is_not_known_is_not_told(root: Path, tmp_path: Path, kind: str) -> None:
    count(tmp_path, ("all", "google", HOUR, 1))
    if kind == "damaged":
        (tmp_path / FILE).write_bytes(b"no database " * 1_000)
    one = client(root, None if kind == "no folder" else tmp_path, feeds=kind != "not counted")
    page = one.get("/feeds/all/health/")

    assert told(one)["fetched"] is None
    assert page.status_code == 200
    assert "Not known here" in page.text
    assert 'class="fetched"' not in page.text


def test_where_much_comes_through_a_cdn_it_is_said(root: Path, tmp_path: Path) -> None:
    count(tmp_path, ("all", "cdn", HOUR - 24 * 8, 1))
    before = told(client(root, tmp_path))["through_cdn"]
    count(tmp_path, ("all", "cdn", HOUR, 1))
    page = client(root, tmp_path).get("/feeds/all/health/").text

    assert not before
    assert told(client(root, tmp_path))["through_cdn"]
    assert "who reads this calendar through it is not known here" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_is_told_in_every_language(root: Path, tmp_path: Path, language: str) -> None:
    count(tmp_path, *(("all", str(family), HOUR, 2) for family in Family))
    prefix = "" if language == "en" else f"/{language}"
    read = rows(client(root, tmp_path), f"{prefix}/feeds/all/health/")

    page = client(root, tmp_path).get(f"{prefix}/feeds/all/health/").text
    assert "<code>coopcal doctor https://calendars.example.coop/feeds/all.ics</code>" in page
    assert page.count("For whoever runs this server") == (language == "en")
    assert len(read) == len(Family)
    assert all(cell for cells in read.values() for cell in cells)


def test_a_family_of_a_newer_version_is_left_out(root: Path, tmp_path: Path) -> None:
    count(tmp_path, ("all", "toaster", HOUR, 1))

    assert "toaster" not in {one["family"] for one in told(client(root, tmp_path))["fetched"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/none/health/", 404),
        ("/feeds/none/health.json", 404),
        ("/feeds/watermill/health/", 308),
        ("/fr/feeds/all/health/", 200),
        ("/private/c2VjcmV0/health.json", 404),
    ],
)
def test_only_public_feeds_have_one(root: Path, tmp_path: Path, path: str, status: int) -> None:
    assert client(root, tmp_path).get(path).status_code == status


def test_the_page_of_a_feed_leads_there(root: Path) -> None:
    page = client(root, None).get("/fr/feeds/all/").text

    assert 'href="/fr/feeds/all/health/"' in page
