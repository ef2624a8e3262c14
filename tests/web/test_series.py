"""The pages of events of several dates: of a rule, further ones, a list, and a series that goes on otherwise."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import html
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

BODY = """\
name: The Club
country: BE
events:
  - id: evening
    title: Evening
    when: 2026-09-08 18:00/20:00
    where: {name: The shop}
    series: talks
    repeats:
      every: month
      on: second Tuesday
      until: 2027-04-30
      also: [2026-09-20 19:00/21:00]
      changes:
        2026-10-13: {when: 2026-11-20 18:30/20:00}
        2027-02-09: {title: Long evening}
        from 2027-01-12: {when: 19:00/21:00, where: {name: The hall}, documents: [{label: Plan, file: files/plan.pdf}]}
  - id: course
    title: Course
    when: [{when: 2026-09-10 19:00/20:00, title: First lesson}, {when: 2026-09-17 19:00/20:00, title: Late course}, 2026-10-01 19:00/20:00]
  - {id: daily, title: Daily, when: 2026-09-01, repeats: {every: day, count: 40}}
  - {id: endless, title: Endless, when: 2026-09-02, repeats: {every: week}}
  - {id: vague, title: Vague, when: [2026-09, 2027-03]}
  - {id: lecture, title: Lecture, when: 2026-12-01, series: talks}
  - {id: walks, title: Walks, when: [{when: 2026-09-11, status: cancelled, reason: Rain}, 2026-09-18, 2026-09-25]}
  - {id: off, title: Off, when: [2026-09-12, 2026-09-19], status: cancelled, reason: Too few came}
"""
MILL = """\
name: The Mill
events:
  - {id: evening, title: Evening at the mill, when: 2027-02-01, series: talks}
"""
BEFORE, BETWEEN, AFTER = (
    datetime(2026, 9, 1, 6, tzinfo=UTC),
    datetime(2027, 1, 1, 12, tzinfo=UTC),
    datetime(2027, 6, 1, 12, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site."""
    root = lay(
        tmp_path_factory.mktemp("series"),
        {"calendars/bakery.yaml": BODY, "calendars/mill.yaml": MILL, "calendars/files/plan.pdf": "%PDF-1.4"},
    )
    compiled(root, BEFORE)
    return root / "_site"


def client_at(site: Path, instant: datetime) -> Client:
    return Client(create_app(LiveSite(site), lambda: instant))


class Page:
    """What the page of an event says."""

    def __init__(self, client: Client, address: str) -> None:
        answer = client.get(f"/events/bakery/{address}")
        assert answer.status_code == 200
        self.tree = html.fromstring(answer.text).find(".//main")
        self.when = self.tree.xpath("string(.//dl/dd)").split("\n")[0].removesuffix("Central European Time")
        self.title = self.tree.xpath("string(.//h1)")
        self.heading = self.tree.xpath("string(.//*[@id='dates'])")
        self.dates = [
            each.rsplit("/", 2)[1]
            for each in self.tree.xpath("//section[@aria-labelledby='dates']/ol//a/@href")
        ]
        self.above = self.tree.xpath("string(.//*[@class='above']/a/@href)")
        self.text = self.tree.text_content()


def test_all_dates_stand_on_one_page_in_order(site: Path) -> None:
    """Further ones, moved ones, and those of the series that goes on; from the first to the last one of all."""
    page = Page(client_at(site, BEFORE), "evening/")

    assert page.when == (
        "The second Tuesday of every month, 18:00–20:00, from 8 September 2026 to 13 April 2027; "
        "from 12 January 2027, 19:00–21:00; also on 20 September 2026 (19:00–21:00)"
    )
    assert page.heading == "Upcoming dates"
    assert page.dates == [
        *("2026-09-08", "2026-09-20", "2026-11-10", "2026-10-13", "2026-12-08"),
        *("2027-01-12", "2027-02-09", "2027-03-09", "2027-04-13"),
    ]


def test_each_date_has_a_page_below_the_event(site: Path) -> None:
    """Also that of a stretch, and the first one of a list; the page of a stretch leads to that of all."""
    client = client_at(site, BEFORE)
    for address in Page(client, "evening/").dates:
        assert Page(client, f"evening/{address}/").above == "/events/bakery/evening/"
    first, second = Page(client, "course/2026-09-10/"), Page(client, "course/2026-09-17/")
    usual, changed = Page(client, "evening/2027-01-12/"), Page(client, "evening/2027-02-09/")

    assert Page(client, "course/").title == "Course"
    assert first.tree.xpath("string(.//*[@class='above'])") == "All dates: Course"
    assert (first.title, first.when, first.dates) == (
        "First lesson",
        "Thursday 10 September 2026, 19:00–20:00 (Central European Time)",
        [],
    )
    assert (second.title, second.above) == ("Late course", "/events/bakery/course/")
    assert (usual.title, usual.when) == (
        "Evening",
        "Tuesday 12 January 2027, 19:00–21:00 (Central European Time)",
    )
    assert "The hall" in usual.text
    assert changed.title == "Long evening"
    assert client.get("/events/bakery/evening/2027-01-13/").status_code == 404


@pytest.mark.parametrize(
    ("address", "now"),
    [
        ("evening/2027-01-12/2027-02-09/", "evening/2027-02-09/"),
        ("evening/2027-01-12/2027-03-09/", "evening/2027-03-09/"),
    ],
)
def test_addresses_below_a_stretch_lead_to_those_of_the_event(site: Path, address: str, now: str) -> None:
    """As they were given out once."""
    answer = client_at(site, BEFORE).get(f"/fr/events/bakery/{address}")

    assert (answer.status_code, answer.headers["Location"]) == (308, f"/fr/events/bakery/{now}")


def test_what_stands_beside_a_stretch_is_not_taken_for_a_date(site: Path) -> None:
    """A document is given; what never was leads nowhere."""
    client = client_at(site, BEFORE)
    plan = Page(client, "evening/2027-03-09/").tree.xpath("string(//a[.='Plan']/@href)")

    with client.get(plan) as answer:
        assert answer.data == b"%PDF-1.4"
    assert client.get("/events/bakery/evening/2027-01-12/2027-03-10/").status_code == 404
    assert client.get("/events/bakery/evening/2027-01-12/event.pdf").status_code == 404


def test_it_is_off_where_all_its_dates_are(site: Path) -> None:
    """Not where the first one of them is."""
    client = client_at(site, BEFORE)
    walks, first, off = (Page(client, each) for each in ("walks/", "walks/2026-09-11/", "off/"))
    second = Page(client, "walks/2026-09-18/")
    status = [
        json.loads(each.tree.getroottree().findtext(".//script[@type='application/ld+json']"))["eventStatus"]
        for each in (walks, first, off)
    ]

    assert [*walks.tree.xpath("//*[@role='note']"), *second.tree.xpath("//*[@role='note']")] == []
    assert "Rain" in first.tree.xpath("string(//*[@role='note'])")
    assert "Too few came" in off.tree.xpath("string(//*[@role='note'])")
    assert [each.rsplit("/", 1)[1] for each in status] == [
        *("EventScheduled", "EventCancelled", "EventCancelled"),
    ]
    assert "event.ics" in html.tostring(walks.tree).decode()
    assert "event.ics" not in html.tostring(off.tree).decode()


def test_the_page_tells_how_it_is_now(site: Path) -> None:
    """Where the series goes on elsewhere; it is over when all its dates are."""
    before, between, after = (Page(client_at(site, each), "evening/") for each in (BEFORE, BETWEEN, AFTER))

    assert "The shop" in before.tree.xpath("string(.//dl)")
    assert "The hall" in between.tree.xpath("string(.//dl)")
    assert between.when == (
        "The second Tuesday of every month, 18:00–20:00, until 13 April 2027; from 12 January 2027, 19:00–21:00"
    )
    assert after.when == before.when.replace("from 8 September 2026 to", "until")
    assert "This event is over." not in between.text
    assert "This event is over." in after.text
    assert after.heading == "All dates"
    assert len(after.dates) == 9
    assert "event.ics" in html.tostring(between.tree).decode()
    assert "event.ics" not in html.tostring(after.tree).decode()


def test_the_course_goes_on_after_its_first_evening(site: Path) -> None:
    """And is not over with it."""
    page = Page(client_at(site, datetime(2026, 9, 15, 12, tzinfo=UTC)), "course/")

    assert page.when == "17 September and 1 October 2026, 19:00–20:00"
    assert page.dates == ["2026-09-17", "2026-10-01"]
    assert "over" not in page.text


@pytest.mark.parametrize(
    ("address", "when", "shown", "counted"),
    [
        ("daily/", "Every day, 40 times, until 10 October 2026", 40, ""),
        ("endless/", "Every Wednesday, from 2 September 2026", 50, "1–50 of 70"),
        ("vague/", "Some time in September 2026, and further dates", 2, ""),
    ],
)
def test_what_is_told_of_many_dates(site: Path, address: str, when: str, shown: int, counted: str) -> None:
    """Fifty of them on a page, and how many there are."""
    page = Page(client_at(site, BEFORE), address)

    assert page.when.startswith(when)
    assert len([each for each in page.dates if "page=" not in each and each != "endless"]) == shown
    assert page.tree.xpath("string(//section[@aria-labelledby='dates']/p)") == counted


@pytest.mark.parametrize("days", [0, 3, 16, 20, 39, 100, 300, 2000])
@pytest.mark.parametrize("address", ["daily/", "endless/", "evening/", "course/"])
def test_counts_are_of_what_the_heading_names(site: Path, address: str, days: int) -> None:
    """Dates to come are counted among those to come, past ones among past ones, on whichever page they stand."""
    instant = datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(days)
    client, seen = client_at(site, instant), {"Upcoming dates": 0, "Past dates": 0, "All dates": 0}
    said: dict[str, set[int]] = {}
    path = f"/events/bakery/{address}"
    while path:
        tree = html.fromstring(client.get(path).text)
        (section,) = tree.xpath("//section[@aria-labelledby='dates']")
        for heading, place in (("h2", section), ("h3", section.find("details"))):
            if place is None:
                continue
            name = place.xpath(f"string(.//{heading})")
            shown = place.xpath("ol/li//time/@datetime")
            is_past = [each[:10] < instant.date().isoformat() for each in shown]
            assert set(is_past) <= {name != "Upcoming dates"}, (path, name)
            ways = place.xpath("nav//a[@rel='next']/text()")
            assert set(ways) <= ({"Next page", "Past dates"} if name == "Upcoming dates" else {"Older dates"})
            counted = place.xpath("string(p[@class='counted'])")
            if counted:
                first, last, count = map(int, re.findall(r"\d+", counted))
                assert (first, last) == (seen[name] + 1, seen[name] + len(shown))
                said.setdefault(name, set()).add(count)
            seen[name] += len(shown)
        path = tree.xpath("string(//nav//a[@rel='next' and contains(@href, 'page=')]/@href)")

    assert seen["All dates"] == 0 or seen["Upcoming dates"] == seen["Past dates"] == 0
    assert all(counts == {seen[name]} for name, counts in said.items())


def test_the_file_holds_all_dates(site: Path) -> None:
    """The series, what differs, further dates, and what it goes on with."""
    client = client_at(site, BEFORE)
    uids = [
        str(event["UID"])
        for event in Calendar.from_ical(client.get("/events/bakery/evening/event.ics").data).walk("VEVENT")
    ]
    (one,) = Calendar.from_ical(client.get("/events/bakery/course/2026-09-10/event.ics").data).walk("VEVENT")

    assert sorted(set(uids)) == [
        "evening+20260920.bakery@example.coop",
        "evening+20270112.bakery@example.coop",
        "evening.bakery@example.coop",
    ]
    assert str(one["UID"]) == "course+20260910.bakery@example.coop"


def test_search_engines_learn_of_a_series(site: Path) -> None:
    """From its first date to its last one, with the dates; each names the series that it is in."""
    client = client_at(site, BETWEEN)
    whole, one = (
        json.loads(
            html.fromstring(client.get(f"/events/bakery/evening/{each}").text).findtext(
                ".//script[@type='application/ld+json']"
            )
        )
        for each in ("", "2027-03-09/")
    )

    assert (whole["@type"], whole["url"]) == (
        "EventSeries",
        "https://calendars.example.coop/events/bakery/evening/",
    )
    assert [each["startDate"] for each in whole["subEvent"]] == [
        "2027-01-12T19:00:00+01:00",
        "2027-02-09T19:00:00+01:00",
        "2027-03-09T19:00:00+01:00",
        "2027-04-13T19:00:00+02:00",
    ]
    assert (whole["startDate"], whole["endDate"]) == (
        "2027-01-12T19:00:00+01:00",
        "2027-04-13T21:00:00+02:00",
    )
    assert one["superEvent"] == {
        "@type": "EventSeries",
        "name": "Evening",
        "url": "https://calendars.example.coop/events/bakery/evening/",
    }


def test_search_engines_learn_how_it_recurs(site: Path) -> None:
    """Where their words can tell all of it; not of a series that goes on otherwise, or has further dates."""
    client = client_at(site, BEFORE)
    daily, endless, evening = (
        json.loads(
            html.fromstring(client.get(f"/events/bakery/{each}/").text).findtext(
                ".//script[@type='application/ld+json']"
            )
        ).get("eventSchedule")
        for each in ("daily", "endless", "evening")
    )

    assert daily == {
        "@type": "Schedule",
        "repeatFrequency": "P1D",
        "startDate": "2026-09-01",
        "endDate": "2026-10-10",
    }
    assert endless == {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": ["https://schema.org/Wednesday"],
        "startDate": "2026-09-02",
    }
    assert evening is None


def test_it_is_one_event_to_search_and_to_the_editions_of_a_series(site: Path) -> None:
    """However many dates and stretches it has."""
    client = client_at(site, BEFORE)
    found = html.fromstring(client.get("/search/?q=evening&organisation=bakery").text).xpath(
        "//main//ol//p[@class='next']/a/@href"
    )
    lecture = html.fromstring(client.get("/events/bakery/lecture/").text)
    evening = html.fromstring(client.get("/events/bakery/evening/").text)
    editions = "//section[@aria-labelledby='editions']//p[@class='title']/a/@href"

    later = html.fromstring(
        client_at(site, BETWEEN).get("/search/?q=evening&when=all&organisation=bakery").text
    )

    assert found == ["/events/bakery/evening/2026-09-08/"]
    assert later.xpath("//main//ol//p[@class='next']/a/@href") == ["/events/bakery/evening/2027-01-12/"]
    assert lecture.xpath(editions) == ["/events/bakery/evening/", "/events/mill/evening/"]
    assert evening.xpath(editions) == ["/events/bakery/lecture/", "/events/mill/evening/"]


@pytest.mark.parametrize(
    ("name", "instant", "when", "following", "further", "states"),
    [
        ("evening", BEFORE, "The second Tuesday of every month, ", "2026-09-08", 8, 0),
        ("evening", datetime(2026, 11, 15, tzinfo=UTC), "The second Tuesday of ", "2026-10-13", 5, 1),
        ("walks", BEFORE, "18 and 25 September 2026", "2026-09-11", 2, 1),
    ],
)
def test_the_search_tells_how_an_event_recurs_and_whose_it_is(
    site: Path, name: str, instant: datetime, when: str, following: str, further: int, states: int
) -> None:
    """Also where its next date is moved or off, which is told of that date alone."""
    page = html.fromstring(client_at(site, instant).get(f"/search/?q={name}&organisation=bakery").text)
    (found,) = page.xpath("//main//ol/li")

    assert found.xpath(".//p[@class='title']/a/@href") == [f"/events/bakery/{name}/"]
    assert found.xpath("string(.//p[@class='when'])").startswith(when)
    assert found.xpath(".//p[@class='next']/a/@href") == [f"/events/bakery/{name}/{following}/"]
    assert len(found.xpath(".//p[@class='next']//*[contains(@class, 'state ')]")) == states
    assert not found.xpath("self::*[contains(@class, 'off')] | .//p[@class='states']")
    assert found.xpath("string(.//summary)").startswith(f"{further} more dates")
    assert f"/events/bakery/{name}/{following}/" not in found.xpath(".//details//a/@href")
    assert set(found.xpath(".//p[@class='whose']//a/@href")) == {"/organisations/bakery/"}


def test_the_first_page_tells_of_each_event_once(site: Path) -> None:
    """With its next date, eight of them: what is every day hides nothing else."""
    client = client_at(site, BEFORE)
    events = html.fromstring(client.get("/").text).xpath("//ol[@class='events']/li")
    first = [
        (li.xpath(".//p[@class='next']//a/@href") or li.xpath(".//p[@class='title']/a/@href"))[0]
        for li in events
    ]

    assert first == [
        *("/events/bakery/daily/2026-09-01/", "/events/bakery/vague/2026-09-01/"),
        *("/events/bakery/endless/2026-09-02/", "/events/bakery/evening/2026-09-08/"),
        *("/events/bakery/course/2026-09-10/", "/events/bakery/walks/2026-09-11/"),
        *("/events/bakery/off/2026-09-12/", "/events/bakery/lecture/"),
    ]


def test_the_site_map_names_each_page_once(site: Path) -> None:
    """And none that leads to another."""
    client = client_at(site, BEFORE)
    named = html.fromstring(client.get("/sitemap-1.xml").data).xpath("//loc/text()")

    assert len(named) == len(set(named))
    for address in named:
        path = address.removeprefix("https://calendars.example.coop")
        assert client.get(path).status_code == 200, path
