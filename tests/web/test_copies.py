"""Copies of events for those who do not subscribe."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar, Event
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

LONG, JOINED, CJK = "Bread and “butter”, again. " * 400, "bread" * 2000, "共同組合の集会です。" * 800
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
  - id: course
    title: {en: "Course: bread & butter", fr: Cours}
    when: 2026-10-21 18:00/20:00
    where: {name: The mill, address: Mill Lane 1, city: Ghent, country: BE, access: By the yard}
    online: {url: https://meet.example.coop/secret, for: members}
    description: "Where *a* < b & c.\n\nSecond paragraph."
    registration: {url: https://example.coop/register, closes: 2026-10-01 12:00, places: 12, price: 10 euros}
    links: [{label: Recipe, url: "https://example.coop/recipe"}]
    sessions: [{id: kneading, title: Kneading, when: 18:00/19:00}, {id: baking, title: Baking, when: 19:00/20:00}]
  - {id: webinar, title: Webinar, when: 2026-10-23 19:00, online: "https://meet.example.coop/webinar", shows_as: free}
  - {id: deadline, title: Applications, when: until 2026-10-30 12:00}
  - {id: weekly, title: Weekly, when: 2026-09-05 08:00/12:00, repeats: {every: week, until: 2026-12-19}}
  - {id: daily, title: Daily, when: 2026-09-05 08:00/12:00, repeats: {every: day, count: 5}}
  - {id: further, title: Further, when: [2026-09-05 08:00/12:00, 2026-09-09 09:00/12:00]}
  - {id: long, title: Long, when: 2026-10-24, description: "LONG"}
  - {id: long-without-blanks, title: Long, when: 2026-10-24, description: "JOINED"}
  - {id: long-cjk, title: 長い, when: 2026-10-24, description: "CJK"}
"""
for name, said in (("LONG", LONG), ("JOINED", JOINED), ("CJK", CJK)):
    BODY = BODY.replace(f'"{name}"', f'"{said}"')

GOOGLE = "calendar.google.com"


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


def copied(text: str, host: str) -> dict[str, str]:
    """Return what the address that a page leads to asks of a service, "" for nothing."""
    found = re.findall(rf'href="https://{re.escape(host)}/([^"]*)"', text)
    asked = parse_qs(urlsplit(unescape(found[0])).query, strict_parsing=True) if found else {}
    return {name: value for name, (value,) in asked.items()}


def in_file(reader: Client, page: str) -> list[Event]:
    return list(Calendar.from_ical(reader.get(f"{page}event.ics").data).walk("VEVENT"))


def as_told(event: Event) -> str:
    """Return all that a file says of an event in words, and its page; its sessions have files of their own."""
    return "\n\n".join(str(event[name]) for name in ("DESCRIPTION", "URL") if name in event)


def without_programme(said: str) -> str:
    return re.sub(r"\n\nProgramme ?:(\n- .*)+", "", said)


ADDRESSES = (
    "evening/2026-11-10/", "evening/2026-11-03/", "fair/", "call/2026-10-27/", "course/", "webinar/", "deadline/",
    "weekly/", "daily/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["", "/fr"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_for_google_holds_what_the_file_holds(reader: Client, address: str, language: str) -> None:
    """Title, times, place, all that is said, whether it takes time, and the rule of a series."""
    page = f"{language}/events/bakery/{address}"
    (event,) = in_file(reader, page)
    asked = copied(reader.get(page).text, GOOGLE)

    assert asked["action"] == "TEMPLATE"
    assert asked["text"] == str(event["SUMMARY"])
    assert without_programme(asked["details"]) == as_told(event)
    assert asked.get("location", "") == str(event.get("LOCATION", ""))
    assert (asked["crm"] == "AVAILABLE") is (event["TRANSP"] == "TRANSPARENT") is (asked["trp"] == "false")
    start, end = (event[name].dt for name in ("DTSTART", "DTEND"))
    assert asked.get("ctz") == event["DTSTART"].params.get("TZID")
    if "RRULE" in event:
        assert asked["recur"] == f"RRULE:{event['RRULE'].to_ical().decode()}"
        assert asked["dates"] == f"{start:%Y%m%dT%H%M%S}/{end:%Y%m%dT%H%M%S}"
    elif isinstance(start, datetime):
        assert (
            asked["dates"] == f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}/{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        )
    else:
        assert asked["dates"] == f"{start:%Y%m%d}/{end:%Y%m%d}"


@pytest.mark.parametrize("host", ["outlook.live.com", "outlook.office.com"])
@pytest.mark.parametrize("address", [one for one in ADDRESSES if one not in ("weekly/", "daily/")])
def test_an_address_for_outlook_holds_what_the_file_holds(reader: Client, address: str, host: str) -> None:
    """Its body is HTML, so that lines stay lines, and nothing in a text is taken for a tag."""
    page = f"/events/bakery/{address}"
    (event,) = in_file(reader, page)
    asked = copied(reader.get(page).text, host)

    assert asked["subject"] == str(event["SUMMARY"])
    assert without_programme(unescape(asked["body"].replace("<br>", "\n"))) == as_told(event)
    assert not re.search(r"<(?!br>)|&(?!amp;|lt;|gt;)", asked["body"])
    assert asked.get("location", "") == str(event.get("LOCATION", ""))
    assert asked["freebusy"] == ("free" if event["TRANSP"] == "TRANSPARENT" else "busy")
    start, end = (event[name].dt for name in ("DTSTART", "DTEND"))
    assert ("allday" in asked) is not isinstance(start, datetime)
    if isinstance(start, datetime):
        assert datetime.fromisoformat(asked["startdt"]) == start
        assert datetime.fromisoformat(asked["enddt"]) == end
    else:
        assert (asked["startdt"], asked["enddt"]) == (str(start), str(end))


def test_who_holds_it_how_to_come_and_what_is_when_is_in_the_copies(reader: Client) -> None:
    text = reader.get("/events/bakery/course/").text
    for said in (
        copied(text, GOOGLE)["details"],
        unescape(copied(text, "outlook.live.com")["body"].replace("<br>", "\n")),
    ):
        for words in (
            "Organised by: The Bakery", "Registration: https://example.coop/register", "10 euros", "Access: By the yard",
            "Online: for members", "Programme:\n- 18:00–19:00 (Central European Time): Kneading", "Recipe: https://example.coop/recipe", "a < b & c",
        ):  # fmt: skip
            assert words in said


def test_a_series_is_offered_to_google_where_a_rule_alone_tells_its_dates(reader: Client) -> None:
    """Exceptions, changed dates and further ones are taken by no address; Outlook's takes one date."""
    assert copied(reader.get("/events/bakery/weekly/").text, GOOGLE)["recur"].startswith("RRULE:FREQ=WEEKLY")
    for address in ("weekly/", "evening/", "call/", "further/"):
        assert copied(reader.get(f"/events/bakery/{address}").text, "outlook.live.com") == {}
    for address in ("evening/", "call/", "further/"):
        assert copied(reader.get(f"/events/bakery/{address}").text, GOOGLE) == {}


@pytest.mark.parametrize("name", ["long", "long-without-blanks", "long-cjk"])
def test_what_is_long_is_cut_behind_a_word_and_the_page_is_told(reader: Client, name: str) -> None:
    """No service is given a longer address than it takes."""
    page = f"/events/bakery/{name}/"
    (event,) = in_file(reader, page)
    text, whole = reader.get(page).text, str(event["DESCRIPTION"])
    for host, longest in ((GOOGLE, 6000), ("outlook.live.com", 2000), ("outlook.office.com", 2000)):
        (address,) = re.findall(rf'href="(https://{re.escape(host)}/[^"]*)"', text)
        asked = copied(text, host)
        said = unescape(asked.get("details") or asked["body"].replace("<br>", "\n"))
        begun, _, rest = said.partition("…")

        assert longest - 200 < len(unescape(address)) <= longest
        assert rest.strip() == str(event["URL"])
        assert whole.startswith(begun)
        assert len(begun) > 40
        if name == "long":
            assert re.match(r"\W", whole[len(begun) :])


@pytest.mark.parametrize("address", ["some/", "off/", "evening/", "gone/"])
def test_no_copy_is_offered_of_what_has_no_day_or_is_over(reader: Client, address: str) -> None:
    """Nor of what is cancelled, nor of a series with exceptions."""
    assert "calendar.google.com" not in reader.get(f"/events/bakery/{address}").text
