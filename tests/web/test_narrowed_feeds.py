"""Feeds narrowed by their address, over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from tests.support.lint import faults
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.views.agenda import Agenda
from coopcal.views.filters import Filters, read_filters
from coopcal.web import create_app

BAKERY = """\
name: The Bakery
country: BE
events:
  - {id: gone, title: Gone, when: 2026-03-01, tags: [market]}
  - {id: fair, title: Fair, when: 2026-07-01, tags: [market], where: {city: Lille, country: FR}}
  - {id: moved, title: Moved, when: 2026-07-04, moved_from: 2026-07-02, tags: [market]}
  - id: evening
    title: Evening
    when: 2026-05-05 19:00/21:00
    where: {city: Tokyo, country: JP}
    tags: [education]
    repeats: {every: week, count: 10}
  - {id: board, title: Board, when: 2026-07-03 09:00/10:00, visibility: members, public_shows: busy}
"""
MILL = "name: The Mill\ncountry: BE\nevents:\n  - {id: grind, title: Grind, when: 2027-01-01, partners: [bakery]}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site."""
    root = lay(
        tmp_path_factory.mktemp("narrowed"), {"calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": MILL}
    )
    compiled(root)
    return root / "_site"


def client(site: Path, now: datetime = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)) -> Client:
    """Return a client at an instant."""
    return Client(create_app(LiveSite(site), lambda: now))


def titles(feed: bytes) -> list[str]:
    """Return the titles of a feed that is right in form."""
    assert faults(feed) == []
    return [line.split(":", 1)[1] for line in feed.decode().splitlines() if line.startswith("SUMMARY")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag=market", ["Gone", "Fair", "Moved to Saturday 4 July 2026: Moved", "Moved"]),
        ("tag=market&past=no", ["Fair", "Moved to Saturday 4 July 2026: Moved", "Moved"]),
        ("tag=market,education&future=14", ["Gone", "Evening"]),
        ("country=fr", ["Fair"]),
        ("organisation=mill", ["Grind"]),
        ("role=partner", ["Grind"]),
        ("organisation=bakery&role=organiser&limit=2", ["Evening", "Fair"]),
        ("tag=none-such", []),
    ],
)
def test_a_feed_holds_what_is_asked_for(site: Path, query: str, expected: list[str]) -> None:
    """Right in form, with the time zones that are needed."""
    feed = client(site).get(f"/feeds/bakery.ics?{query}").data

    assert titles(feed) == expected
    assert (b"TZID:Asia/Tokyo" in feed) == ("Evening" in expected or not expected)
    canonical = read_filters(query)
    assert isinstance(canonical, Filters)
    source = f"SOURCE;VALUE=URI:https://calendars.example.coop/feeds/bakery.ics?{canonical.query()}\r\n"
    assert source in feed.decode().replace("\r\n ", "")


def test_events_keep_their_bytes(site: Path) -> None:
    """Nothing is rendered anew: a narrowed feed is a part of the whole one."""
    whole = client(site).get("/feeds/bakery.ics").data
    part = client(site).get("/feeds/bakery.ics?tag=education").data
    event = part[part.index(b"BEGIN:VEVENT") : part.index(b"END:VCALENDAR")]

    assert event in whole


def test_conditional_requests_go_on(site: Path) -> None:
    """One ETag for what asks for the same; what depends on time is no older than the hour."""
    one = client(site).get("/feeds/all.ics?tag=market,education&past=30")
    other = client(site).get("/feeds/all.ics?past=P30D&tag=education&tag=market&utm_source=mail")
    again = client(site).get(
        "/feeds/all.ics?tag=market,education&past=30", headers={"If-None-Match": one.headers["ETag"]}
    )

    assert one.data == other.data
    assert one.headers["ETag"] == other.headers["ETag"]
    assert again.status_code == 304
    assert one.headers["Last-Modified"] == "Wed, 10 Jun 2026 12:00:00 GMT"


def test_reminders_go_with_it(site: Path) -> None:
    """In each event that is left."""
    feed = client(site).get("/feeds/bakery.fr.ics?tag=education&remind=PT2H").data

    assert feed.count(b"BEGIN:VALARM") == feed.count(b"BEGIN:VEVENT") == 1


def test_an_archive_is_narrowed_too(site: Path) -> None:
    """By the same names."""
    assert titles(client(site).get("/feeds/bakery/archive/2027.ics?organisation=mill").data) == ["Grind"]
    assert (
        titles(client(site).get("/feeds/bakery/archive/2027.ics?organisation=bakery&role=organiser").data)
        == []
    )


def test_an_unknown_name_is_400(site: Path) -> None:
    """In plain words; never 200, which would wipe a calendar (clients.md 4.13)."""
    answer = client(site).get("/feeds/all.ics?tags=market")

    assert answer.status_code == 400
    assert "tags" in answer.text
    assert "organisation" in answer.text


HOSTILE = [
    "tag=%00",
    "tag=%ff%fe",
    "tag=a&tag=b&tag=%",
    "past=P99Y&future=P9999D",
    "limit=99999999999",
    "remind=PT999999H",
    "tag=" + "a" * 9000,
    "organisation=../../etc/passwd&country=%E1%BA%9E",
    "tag=" + ",".join(f"t{number}" for number in range(3000)),
    "tag=" + ",".join(f"{number:060}" for number in range(50)),
    "&&&=&;",
    "past=no&past=P1M",
]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize(
    "path",
    [
        "/feeds/bakery.ics", "/feeds/bakery.json", "/feeds/bakery.csv", "/feeds/bakery.atom", "/feeds/bakery/",
        "/feeds/bakery/subscribe/", "/feeds/bakery/qr.svg", "/builder/", "/embed/bakery/list.en.html",
    ],
)  # fmt: skip
def test_nothing_that_is_asked_does_harm(client: Client, path: str, query: str) -> None:
    """It is answered or refused in words; what leads on to a canonical address ends there."""
    answer = client.get(f"{path}?{query}", follow_redirects=True)

    assert answer.status_code in (200, 400)
    assert len(answer.history) <= 1


CHOICES = {
    "organisation": ["bakery", "mill", "bakery,mill", "none"],
    "role": ["organiser", "partner", "organiser,partner"],
    "tag": ["market", "education", "market,education", "none"],
    "country": ["FR", "BE", "FR,JP"],
    "city": ["lille", "tokyo,none"],
    "online": ["yes", "no"],
    "spoken": ["fr", "pt"],
    "q": ["fair", "e"],
    "past": ["no", "P1M"],
    "future": ["3", "P1Y"],
    "limit": ["1", "3"],
}


@pytest.mark.parametrize("feed", ["all", "bakery"])
def test_what_is_chosen_by_index_is_what_fits(site: Path, feed: str) -> None:
    """Every pair of values of all names: the events any date of which fits by itself."""
    agenda, instant = Agenda(open_site(site)), datetime(2026, 6, 10, 12, tzinfo=UTC)
    asked = [(name, value) for name, values in CHOICES.items() for value in values]
    sizes = set()
    for first, second, third in product(asked, asked, asked):
        filters = read_filters(f"{first[0]}={first[1]}&{second[0]}={second[1]}&{third[0]}={third[1]}")
        assert isinstance(filters, Filters)
        fitting = replace(filters, limit=None).among(agenda, agenda.of_feed(feed), instant)
        if filters.limit is not None:
            fitting = tuple(occurrence for occurrence in fitting if occurrence.ends > instant)
        uids = list(dict.fromkeys(occurrence.event.uid for occurrence in fitting))[: filters.limit]
        assert filters.uids(agenda, feed, instant) == frozenset(uids)
        sizes.add(len(uids))
    assert {0, 1, 2} <= sizes
