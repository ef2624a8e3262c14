"""Copies of events for those who do not subscribe."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

BODY = """\
name: The Bakery
country: BE
events:
  - {id: gone, title: Gone, when: 2019-03-01}
  - id: evening
    title: {en: Evening, fr: Soirée}
    when: 2026-10-20 19:00/21:00
    where: {name: The shop, city: Ghent, country: BE}
    description: {en: "Come [here](https://bakery.example.coop/).", fr: Venez.}
    repeats: {every: week, count: 4, except: [2026-10-27], changes: {2026-11-03: {when: 2026-11-04 18:00/19:00, title: Early}}}
  - {id: fair, title: Fair, when: 2026-10-24/2026-10-25}
  - id: call
    title: Call
    when: 2026-10-20 15:00/16:00
    description: "Not in ;TZID=Europe/Lisbon: here."
    repeats: {every: week, count: 2, changes: {2026-10-27: {when: 2026-10-28 15:00/16:00, timezone: Europe/Lisbon}}}
  - {id: some, title: Some time, when: 2026-10}
  - {id: off, title: Off, when: 2026-10-22, status: cancelled}
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client in June 2026."""
    root = lay(
        tmp_path_factory.mktemp("copies"),
        {"calendars/bakery.yaml": BODY, "feeds/bakery.yaml": "window: {past: 1 year}\n"},
    )
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: datetime(2026, 6, 10, 12, 30, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("address", "uid", "start", "title"),
    [
        ("fair/", "fair.bakery@example.coop", "20261024", "Fair"),
        ("evening/2026-10-20/", "evening+20261020.bakery@example.coop", "20261020T190000", "Evening"),
        ("evening/2026-11-10/", "evening+20261110.bakery@example.coop", "20261110T190000", "Evening"),
        ("evening/2026-11-03/", "evening+20261103.bakery@example.coop", "20261104T180000", "Early"),
        ("gone/", "gone.bakery@example.coop", "20190301", "Gone"),
    ],
)
def test_a_file_holds_one_event_or_one_date(
    reader: Client, address: str, uid: str, start: str, title: str
) -> None:
    """With its time zone, without the series; also of what the feed holds no longer."""
    answer = reader.get(f"/events/bakery/{address}event.ics")
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert str(event["UID"]) == uid
    assert event["DTSTART"].to_ical().decode() == start
    assert str(event["SUMMARY"]) == title
    assert "RRULE" not in event
    assert "RECURRENCE-ID" not in event
    assert (b"BEGIN:VTIMEZONE" in answer.data) == ("T" in start)


def test_the_whole_of_a_series_is_a_series(reader: Client) -> None:
    """With its changed dates."""
    events = Calendar.from_ical(reader.get("/fr/events/bakery/evening/event.ics").data).walk("VEVENT")

    assert [str(event["SUMMARY"]) for event in events] == ["Soirée", "Early"]
    assert "RRULE" in events[0]


@pytest.mark.parametrize(
    ("address", "zones"),
    [
        ("call/", {"Europe/Brussels", "Europe/Lisbon"}),
        ("call/2026-10-20/", {"Europe/Brussels"}),
        ("call/2026-10-27/", {"Europe/Lisbon"}),
        ("fair/", set()),
    ],
)
def test_a_file_has_the_time_zones_of_its_times_alone(reader: Client, address: str, zones: set[str]) -> None:
    """A date elsewhere needs another one than its series, and words about a zone need none."""
    calendar = Calendar.from_ical(reader.get(f"/events/bakery/{address}event.ics").data)

    assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == zones


@pytest.mark.parametrize("address", ["none/", "evening/2026-10-27/", "evening/2026-10-21/"])
def test_what_is_not_there_has_no_copy(reader: Client, address: str) -> None:
    """A date that is left out, a day that is none."""
    assert reader.get(f"/events/bakery/{address}event.ics").status_code == 404


def test_the_page_leads_to_google_and_outlook(reader: Client) -> None:
    """With times in UTC and the zone beside them; whole days end the day after."""
    text = reader.get("/events/bakery/evening/2026-11-10/").text.replace("&amp;", "&")
    google = parse_qs(urlsplit(text.split('href="https://calendar.google.com')[1].split('"')[0]).query)
    fair = reader.get("/fr/events/bakery/fair/").text.replace("&amp;", "&")
    outlook = parse_qs(urlsplit(fair.split('href="https://outlook.live.com')[1].split('"')[0]).query)

    assert google["dates"] == ["20261110T180000Z/20261110T200000Z"]
    assert google["ctz"] == ["Europe/Brussels"]
    assert google["location"] == ["The shop, Ghent, Belgium"]
    assert "https://calendars.example.coop/events/bakery/evening/2026-11-10/" in google["details"][0]
    assert (outlook["startdt"], outlook["enddt"], outlook["allday"]) == (
        ["2026-10-24"],
        ["2026-10-26"],
        ["true"],
    )
    assert 'href="/fr/events/bakery/fair/event.ics"' in fair


@pytest.mark.parametrize("address", ["some/", "off/", "evening/", "gone/"])
def test_no_copy_is_offered_of_what_has_no_day_or_is_over(reader: Client, address: str) -> None:
    """Nor of what is cancelled, nor of a series as a whole."""
    assert "calendar.google.com" not in reader.get(f"/events/bakery/{address}").text
