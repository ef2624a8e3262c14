"""However much there is: pages and formats hold a bounded part of it, and lead to the next by links that need no scripts."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape

import pytest
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.views.months import Day, Placed, most_in_a_day
from coopcal.web import create_app

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
EVENTS = 1_201
LARGEST = 100_000
"""Bytes of HTML that a page may have."""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a reader of a site in which a thousand events are on in one month, 700 of them on one day."""
    events = "".join(
        f"  - {{id: e{number}, title: Number {number} of very many, when: {day}}}\n"
        for number in range(1_000)
        for day in ["2026-07-08" if number < 700 else f"2026-07-{number % 28 + 1:02}"]
    )
    events += (
        "  - id: congress\n    title: Congress\n    when: 2026-09-01/2026-09-03\n    sessions:\n"
        + "".join(
            f"      - {{id: s{number}, title: Session {number}, when: 2026-09-0{number % 3 + 1} 1{number % 9}:00/19:00}}\n"
            for number in range(450)
        )
    )
    events += "".join(
        f"  - {{id: y{number}, title: Edition {number}, when: {1800 + number}-01-01, series: old}}\n"
        for number in range(220)
    )
    some_time = "".join(f"  - {{id: m{number}, title: Some time, when: 2026-07}}\n" for number in range(300))
    text = f"name: The Bakery\ncountry: BE\nevents:\n{events}{some_time}"
    root = lay(tmp_path_factory.mktemp("crowded"), {"calendars/bakery.yaml": text})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a reader of a site with many events in one past year and in the next months, and many organisations."""
    events = "".join(
        f"  - {{id: e{number}, title: Number {number} of very many, when: {day}}}\n"
        for number in range(EVENTS)
        for day in [
            f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
            if number % 2
            else f"2026-0{number % 3 + 7}-{number % 28 + 1:02}"
        ]
    )
    files = {
        f"calendars/o{number}.yaml": f"name: Organisation {number}\ncountry: BE\n" for number in range(230)
    }
    root = lay(
        tmp_path_factory.mktemp("long"),
        {"calendars/bakery.yaml": f"name: The Bakery\ncountry: BE\nevents:\n{events}", **files},
    )
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def pages(client: Client, address: str) -> Iterator[str]:
    """Return the pages that follow one another by "next", each no larger than pages may be; each leads back, too."""
    behind = None
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert len(answer.data) <= LARGEST, address
        links = {
            unescape(link["rel"].split()[0]): unescape(link["href"])
            for tag in re.findall(r"<a\b[^>]*>", answer.text)
            if (link := dict(re.findall(r'([a-z]+)="([^"]*)"', tag))).get("rel") and "page=" in tag
        }
        if behind is not None and "page=2" not in address:
            assert links["prev"].split("page=")[1] == behind.split("page=")[1]
        yield answer.text
        behind, address = address, links.get("next", "").removeprefix("https://calendars.example.coop")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/feeds/all/archive/2025/", EVENTS // 2),
        ("/search/?q=number", EVENTS // 2 + 1),
        ("/search/?q=number&when=all", EVENTS),
        ("/embed/all/list.en/?number=999", EVENTS // 2 + 1),
        ("/embed/all/list.en.html?number=250", 250),
        ("/embed/all/agenda.en.html?number=999&chrome=no", EVENTS // 2 + 1),
    ],
)
def test_following_next_shows_everything_once(client: Client, address: str, expected: int) -> None:
    listed = [
        number for text in pages(client, address) for number in re.findall(r"/events/bakery/(e\d+)/", text)
    ]
    assert len(listed) == len(set(listed)) == expected


def test_the_first_page_leads_to_all_organisations(client: Client) -> None:
    texts = list(pages(client, "/"))
    names = {name for text in texts for name in re.findall(r'href="/organisations/([a-z0-9]+)/"', text)}
    assert len(names) == 231
    assert len(texts) == 3


@pytest.mark.parametrize("address", ["/feeds/all/archive/2025/", "/search/?q=number", "/"])
@pytest.mark.parametrize(("page", "status"), [("99", 404), ("0", 400), ("x", 400), ("-1", 400), ("1", 200)])
def test_a_part_that_is_none_is_not_there(client: Client, address: str, page: str, status: int) -> None:
    assert client.get(f"{address}{'&' if '?' in address else '?'}page={page}").status_code == status


@pytest.mark.parametrize("query", ["", "?past=P2Y", "?past=no", "?limit=600"])
def test_json_leads_from_part_to_part(client: Client, query: str) -> None:
    """By its key ``next``, and by the header Link; each date stands in one part, and each part is in order."""
    address, seen = f"/feeds/all.json{query}", []
    while address:
        answer = client.get(address)
        document = json.loads(answer.data)
        days = [one["first_day"] for one in document["occurrences"]]
        assert days == sorted(days)
        assert 0 < len(days) <= 500
        seen += [one["url"] for one in document["occurrences"]]
        following = document.get("next", "")
        assert answer.headers.get("Link", "") == (f'<{following}>; rel="next"' if following else "")
        address = following.removeprefix("https://calendars.example.coop")
    expected = {"": EVENTS, "?past=P2Y": EVENTS, "?past=no": EVENTS // 2 + 1, "?limit=600": 600}
    assert len(seen) == len(set(seen)) == expected[query]


def test_other_formats_are_bounded(client: Client) -> None:
    """Those of what comes next lead on by Link; a table holds more, and feeds of news hold the newest."""
    for ending in ("txt", "md", "upcoming.rss"):
        first = client.get(f"/feeds/all.{ending}?future=P9Y")
        second = client.get(
            first.headers["Link"].partition("<https://calendars.example.coop")[2].partition(">")[0]
        )
        counts = [len(set(re.findall(r"/events/bakery/e\d+/", answer.text))) for answer in (first, second)]
        assert counts == [500, EVENTS // 2 + 1 - 500]
        assert "Link" not in second.headers
    rows = list(csv.reader(io.StringIO(client.get("/feeds/all.csv").data.decode("utf-8-sig"))))
    assert len(rows) == EVENTS + 1
    assert client.get("/feeds/all.atom").text.count("<entry>") == 100
    assert client.get("/feeds/all.json?page=0").status_code == 400


def test_the_map_of_the_site_is_in_parts(client: Client) -> None:
    parts = re.findall(
        r"<loc>https://calendars.example.coop(/sitemap-\d+\.xml)</loc>", client.get("/sitemap.xml").text
    )
    listed = [url for part in parts for url in re.findall(r"<loc>(.*?)</loc>", client.get(part).text)]
    assert len(listed) == len(set(listed)) > EVENTS
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/feeds/all/2026-07/", "/feeds/all/2026-07/sheet/", "/feeds/all/2026/", "/events/bakery/y3/", "/embed/all/month.en/?month=2026-07",
     "/embed/all/month.en.html?month=2026-07", "/feeds/all/", "/organisations/bakery/", "/builder/", "/feeds/all/poster/"],
)  # fmt: skip
def test_a_crowded_month_is_no_larger_than_pages_may_be(crowded: Client, address: str) -> None:
    """What it does not show it counts, and leads there."""
    answer = crowded.get(address)
    assert answer.status_code == 200
    assert len(answer.data) <= LARGEST
    if "month" in address or "events" in address or "2026-07/" in address:
        assert re.search(r"and \d+ more", answer.text)


def test_a_crowded_week_goes_on_with_the_next_page(crowded: Client) -> None:
    texts = list(pages(crowded, "/feeds/all/2026-W28/"))
    listed = [number for text in texts for number in re.findall(r"/events/bakery/(e\d+)/", text)]
    assert len(texts) > 1
    assert len(listed) == len(set(listed)) > 700


@pytest.mark.parametrize(("counts", "most", "expected"), [
    ([], 5, 1), ([3, 0, 2], 5, 3), ([9, 1, 1], 5, 3), ([700] * 42, 400, 9), ([700, 0], 10, 10), ([5, 5], 1, 1),
])  # fmt: skip
def test_each_day_shows_as_many_as_fit(counts: list[int], most: int, expected: int) -> None:
    one = Placed(None, date(2026, 7, 1))
    days = [Day(date(2026, 7, 1), inside=True, placed=(one,) * count) for count in counts]
    assert most_in_a_day(days, most) == expected


def test_the_sessions_of_an_event_go_on_with_the_next_page(crowded: Client) -> None:
    texts = list(pages(crowded, "/events/bakery/congress/"))
    listed = [
        number
        for text in texts
        for number in re.findall(r'class="session[^"]*">\s*<a href="/events/bakery/congress/(s\d+)/"', text)
    ]
    assert len(listed) == len(set(listed)) == 450
