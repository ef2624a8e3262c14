"""Feeds that were renamed or closed: what their addresses answer, narrowed and in other formats, too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.support.lint import faults
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

BAKERY = """\
name: The Bakery
country: BE
events:
  - {id: fair, title: Fair, when: 2026-12-01, tags: [market]}
  - {id: evening, title: Evening, when: 2026-12-05 19:00/21:00, tags: [members]}
"""
FEEDS = {
    "feeds/markets.yaml": "title: Markets\nselect: {tags: {any: [market]}}\nformerly: [fairs]\n",
    "feeds/summer.yaml": "title: {en: Summer, fr: Été}\nshow: {organisation: none}\nclosed: {on: 2027-01-01, see: markets}\n",
    "feeds/elsewhere.yaml": "title: Elsewhere\nclosed: {on: 2026-07-01, see: 'https://other.example/'}\n",
}
OPEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
"""Four weeks before a feed closes."""
CLOSED = datetime(2027, 1, 2, 12, tzinfo=UTC)
GONE = datetime(2028, 2, 1, 12, tzinfo=UTC)


Reader = Callable[[datetime], Client]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return what gives a client of the site as it is compiled and served at an instant: a feed was renamed, two close."""

    @cache
    def client(now: datetime) -> Client:
        root = lay(tmp_path_factory.mktemp("ended"), {"calendars/bakery.yaml": BAKERY, **FEEDS})
        for instant in (CLOSED, GONE) if now == GONE else (now,):
            compiled(root, instant)
        return Client(create_app(LiveSite(root / "_site"), lambda: now))

    return client


def titles(feed: bytes) -> list[str]:
    """Return the titles of a feed that is right in form."""
    assert faults(feed) == []
    return [line.split(":", 1)[1] for line in feed.decode().splitlines() if line.startswith("SUMMARY")]


@pytest.mark.parametrize(
    "name",
    [
        ".ics", ".fr.ics", ".ics?tag=market&past=P1Y", ".fr.ics?country=BE", ".json?limit=1", ".fr.csv", ".atom", ".rss",
        ".upcoming.rss", ".jcal?tag=market", ".txt", ".md", "/archive/2026.ics", "/archive/2026.ics?tag=market", "/changes.atom",
    ],
)  # fmt: skip
def test_a_former_id_answers_with_the_bytes_of_the_feed(at: Reader, name: str) -> None:
    """In every format and language, narrowed or not, with the same ETag."""
    client = at(OPEN)
    former, now = client.get(f"/feeds/fairs{name}"), client.get(f"/feeds/markets{name}")

    assert former.status_code == now.status_code == 200
    assert former.data == now.data
    assert former.headers["ETag"] == now.headers["ETag"]


@pytest.mark.parametrize("path", ["", "subscribe/", "poster/", "2026-12/", "2026/", "archive/"])
def test_a_former_page_leads_on_with_its_query(at: Reader, path: str) -> None:
    """For good."""
    answer = at(OPEN).get(f"/fr/feeds/fairs/{path}?tag=market")

    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/fr/feeds/markets/{path}?tag=market"


def test_until_it_closes_a_feed_is_narrowed_as_any(at: Reader) -> None:
    """Its page already says where to go."""
    client = at(OPEN)

    assert titles(client.get("/feeds/summer.ics").data) == ["Fair", "Evening"]
    assert titles(client.get("/feeds/summer.ics?tag=market").data) == ["Fair"]
    assert '<a href="/feeds/markets/">Markets</a>' in client.get("/feeds/summer/").text
    assert '<a href="/fr/feeds/markets/">Markets</a>' in client.get("/fr/feeds/summer/").text


@pytest.mark.parametrize(
    ("name", "events"),
    [("summer.ics", ["Fair", "Evening"]), ("summer.ics?tag=market", ["Fair"]), ("summer.ics?past=no", [])],
)
def test_a_closed_feed_says_where_to_go_whatever_is_asked(at: Reader, name: str, events: list[str]) -> None:
    """Until a year after."""
    feed = at(CLOSED).get(f"/feeds/{name}").data

    *others, notice = titles(feed)
    assert others == events
    assert "Summer" in notice
    assert "https://calendars.example.coop/feeds/markets/" in feed.decode().replace("\r\n ", "")


def entry(feed: bytes) -> dict[str, str]:
    """Return the properties of the last entry of a feed."""
    lines = feed.decode().replace("\r\n ", "").replace("\\", "").splitlines()
    last = lines[len(lines) - 1 - lines[::-1].index("BEGIN:VEVENT") :]
    return dict(line.replace(";VALUE=DATE", "").split(":", 1) for line in last if ":" in line)


def test_some_weeks_before_it_closes_a_feed_says_so_at_its_last_day(at: Reader) -> None:
    """The same entry says on the day that it is so, and counts as newer; it is not there before anybody has to know."""
    instants = SOON - timedelta(days=1), SOON, CLOSED
    early, soon, closed = (at(now).get("/feeds/summer.ics") for now in instants)
    assert b"closed.summer@" not in early.data
    assert titles(soon.data)[-1] == "This calendar closes: Summer"
    ahead, past = entry(soon.data), entry(closed.data)

    assert ahead["DTSTART"] == past["DTSTART"] == "20270101"
    assert ahead["UID"] == past["UID"]
    assert ahead["DTSTAMP"] == "20261204T000000Z"
    assert int(ahead["SEQUENCE"]) < int(past["SEQUENCE"])
    assert ahead["DESCRIPTION"] == (
        "This calendar closes. Please use https://calendars.example.coop/feeds/markets/ instead."
    )
    assert past["SUMMARY"] == "This calendar has ended: Summer"
    assert titles(at(SOON).get("/feeds/summer.ics?past=no&q=nothing").data) == [
        "This calendar closes: Summer"
    ]


def test_a_site_is_made_anew_at_each_day_at_which_a_feed_says_something_else(tmp_path: Path) -> None:
    """By time alone, of the same sources."""
    root, now = lay(tmp_path, {"feeds/mill.yaml": "closed: {on: 2026-12-15}\n"}), OPEN
    turns = []
    for _ in range(3):
        compiled(root, now)
        now = open_site(root / "_site").manifest.good_until or now
        turns.append(f"{now:%Y-%m-%d %H}")

    assert turns == ["2026-11-16 23", "2026-12-14 23", "2027-12-14 23"]


@pytest.mark.parametrize("now", [OPEN, CLOSED])
@pytest.mark.parametrize("ending", ["json", "txt", "md", "atom", "rss", "upcoming.rss"])
def test_every_format_says_where_to_go(at: Reader, ending: str, now: datetime) -> None:
    """Before it closes and after, once, in the language that is asked for; a feed that does not close says nothing."""
    client, markets = at(now), "https://calendars.example.coop/feeds/markets/"
    french = client.get(f"/feeds/summer.fr.{ending}").text.replace("\\", "")

    assert markets in client.get(f"/feeds/summer.{ending}").text.replace("\\", "")
    assert "https://calendars.example.coop/fr/feeds/markets/" in french
    assert markets not in french
    assert "https://other.example/" in client.get(f"/feeds/elsewhere.{ending}").text.replace("\\", "")
    own = client.get(f"/feeds/all.{ending}").text
    assert not any(said in own for said in ("successor", "closes", "Please use"))


def test_the_page_of_what_is_gone_says_where_to_go(at: Reader) -> None:
    """In its language, by a link; also that of a format."""
    client = at(GONE)

    assert '<a href="/feeds/markets/">Markets</a>' in client.get("/feeds/summer/").text
    assert '<a href="/fr/feeds/markets/">Markets</a>' in client.get("/fr/feeds/summer/2026-12/").text
    assert '<a href="https://other.example/">' in client.get("/feeds/elsewhere/subscribe/").text
    assert '<a href="/feeds/markets/">Markets</a>' in client.get("/feeds/summer.json").text


def test_a_closed_feed_leads_out_of_the_site_too(at: Reader) -> None:
    """In its page and in fragments, by a whole address."""
    client = at(CLOSED)

    assert '<a href="https://other.example/">' in client.get("/feeds/elsewhere/").text
    assert 'href="https://other.example/"' in client.get("/embed/elsewhere/list.en.html").text
    assert (
        'href="https://calendars.example.coop/feeds/markets/"'
        in client.get("/embed/summer/list.en.html").text
    )


@pytest.mark.parametrize(
    "name",
    [
        ".ics", ".fr.ics", ".ics?tag=market", ".json", ".fr.csv?limit=2", ".atom", "/", "/subscribe/", "/qr.svg",
        "/2026-12/", "/archive/", "/changes.atom",
    ],
)  # fmt: skip
def test_a_year_later_it_is_gone(at: Reader, name: str) -> None:
    """410 in every form; the feed itself still says where to go, by an address that can be opened."""
    client = at(GONE)
    answer = client.get(f"/feeds/summer{name}")

    assert answer.status_code == 410
    if ".ics" in name:
        assert "See https://calendars.example.coop/feeds/markets/\n" in answer.text
    assert "https://other.example/\n" in client.get("/feeds/elsewhere.ics").text


def test_years_of_a_feed_that_is_gone_stay(at: Reader) -> None:
    """An archive changes no more, and is narrowed as before."""
    client = at(GONE)

    assert titles(client.get("/feeds/summer/archive/2026.ics").data) == ["Fair", "Evening"]
    assert titles(client.get("/feeds/summer/archive/2026.ics?tag=market").data) == ["Fair"]
