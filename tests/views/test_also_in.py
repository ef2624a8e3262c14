"""The time of an event in other zones (``also_in``): told in words wherever its own is, and never wrongly."""

import json
from pathlib import Path

import icalendar
import pytest
from tests.support.checking import lay, places, problems_of
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.catalogues import LANGUAGES
from coopcal.web import create_app

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: call\n    title: Call\n    also_in: {zones}\n"
BUENOS_AIRES = "[America/Argentina/Buenos_Aires]"
SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, fr, es, it, pt, de]\ntimezone: Europe/Brussels\n"


def client(root: Path, keys: str, zones: str = BUENOS_AIRES) -> Client:
    """Compile a site of one event, and open it."""
    text = HEAD.replace("{zones}", zones) + keys
    outcome = compiled(lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text}))
    assert outcome.published, outcome.problems
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def described(found: Client, language: str = "en") -> list[str]:
    """Return the descriptions of a feed."""
    feed = found.get(f"/feeds/bakery.{language}.ics").data
    return [str(each.get("DESCRIPTION", "")) for each in icalendar.Calendar.from_ical(feed).walk("VEVENT")]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_tells_it_everywhere(tmp_path: Path, language: str) -> None:
    """Calendars, the page, text, Markdown, JSON, Atom and RSS."""
    found = client(tmp_path, "    when: 2026-09-14 15:00/16:30\n")
    prefix = "" if language == "en" else f"/{language}"
    occurrence = json.loads(found.get(f"/feeds/bakery.{language}.json").data)["occurrences"][0]
    told = occurrence["also_in"][0]

    assert told["start"] == "2026-09-14T10:00:00-03:00"
    assert told["timezone"] == "America/Argentina/Buenos_Aires"
    assert "10:00–11:30" in told["words"]
    assert "2026" in told["words"]
    assert any(told["words"] in each and "15:00–16:30" in each for each in described(found, language))
    for address in (f"{prefix}/events/bakery/call/", *(f"/feeds/bakery.{language}.{each}" for each in ("txt", "md", "atom", "rss"))):  # fmt: skip
        assert told["words"] in found.get(address).text.replace("\\", ""), address


def test_the_languages_say_it_in_words_of_their_own(tmp_path: Path) -> None:
    """No two alike."""
    found = client(tmp_path, "    when: 2026-09-14 00:30/01:30\n    repeats: {every: week}\n")

    said = {line for each in LANGUAGES for line in described(found, each)[0].split("\n") if "19:30" in line}

    assert len(said) == len(LANGUAGES)


def test_a_series_tells_the_times_that_hold_for_it(tmp_path: Path) -> None:
    """Clocks of Brussels are changed, those of Buenos Aires are not; the day before is told."""
    weekly = "    when: 2026-09-14 00:30/01:30\n    repeats: {every: week, count: %s}\n"
    short, long = (client(tmp_path / count, weekly % count) for count in ("3", "20"))

    assert "Argentina Time: 19:30–20:30 on the day before" in described(short)[0].split("\n")
    both = "Argentina Time: 19:30–20:30 on the day before or 20:30–21:30 on the day before, depending on the date"
    assert both in described(long)[0].split("\n")
    assert both in long.get("/events/bakery/call/").text
    assert "20:30–21:30" not in short.get("/events/bakery/call/").text


def test_a_date_of_a_series_tells_its_own(tmp_path: Path) -> None:
    """On its page, in the formats, and where it differs."""
    found = client(
        tmp_path,
        "    when: 2026-10-19 15:00/16:00\n    repeats: {every: week, count: 3, changes: {2026-11-02: {when: 17:00/18:00}}}\n",
    )
    told = [each["also_in"][0]["start"] for each in json.loads(found.get("/feeds/bakery.json").data)["occurrences"]]  # fmt: skip

    assert told == ["2026-10-19T10:00:00-03:00", "2026-10-26T11:00:00-03:00", "2026-11-02T13:00:00-03:00"]
    assert "11:00–12:00" in found.get("/events/bakery/call/2026-10-26/").text
    assert any("Monday 2 November 2026, 13:00–14:00" in each for each in described(found))


def test_more_times_than_two_are_told_by_date_alone(tmp_path: Path) -> None:
    """Three zones' changes within a year would make a riddle."""
    found = client(
        tmp_path,
        "    when: 2026-02-02 15:00/16:00\n    timezone: America/New_York\n    repeats: {every: week, count: 45}\n",
        "[Australia/Sydney]",
    )

    assert not any("Sydney" in each or "Australia" in each for each in described(found))
    occurrences = json.loads(found.get("/feeds/bakery.json").data)["occurrences"]
    assert all(each["also_in"] for each in occurrences)


def test_a_deadline_is_told_there_too(tmp_path: Path) -> None:
    """With whose time its own is."""
    said = described(client(tmp_path, "    when: until 2026-06-30 12:00\n"))[0]

    assert "Argentina Time: by Tuesday 30 June 2026, 07:00" in said
    assert "Central European Time" in said


def test_whole_days_are_noted(tmp_path: Path) -> None:
    """They are the same everywhere, unless a date or a session has a time."""
    text = HEAD.replace("{zones}", BUENOS_AIRES)
    days = "    when: 2026-09-14\n"
    session = "    sessions: [{id: tea, title: Tea, when: 15:00/15:30}]\n"

    found = problems_of(tmp_path / "a", {"calendars/bakery.yaml": text + days})
    assert places(found, "also-in-without-time") == [("calendars/bakery.yaml", 6, 14, 15)]
    assert [each.severity for each in found if each.code == "also-in-without-time"] == ["note"]
    found = problems_of(tmp_path / "b", {"calendars/bakery.yaml": text + days + session})
    assert places(found, "also-in-without-time") == []
    assert "Argentina" in "".join(described(client(tmp_path / "c", days + session)))


def test_a_zone_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """As it is under ``timezone``."""
    text = HEAD.replace("{zones}", "[America/Buenos]") + "    when: 2026-09-14 15:00/16:30\n"

    found = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert [each.position.line for each in found if each.severity == "error"] == [6]


PLACES = [
    ("[{city: Rome, country: IT}, {city: Tokyo, country: JP}]", "15:00/16:00", ["Europe/Rome", "Asia/Tokyo"]),
    ("[The hall, {city: Tokyo, country: JP}]", "15:00/16:00", ["Europe/Brussels", "Asia/Tokyo"]),
    ("[{city: Rome, country: IT}, {city: Recife, country: BR}]", "15:00/16:00", ["America/Noronha", "America/Recife"]),
    ("[{city: Rome, country: IT}, {city: Paris, country: FR}]", "15:00/16:00", []),
    ("[{city: Rome, country: IT}, {city: Tokyo, country: JP}]", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("where", "times", "zones"), PLACES)
def test_several_places_whose_clocks_differ_need_a_zone(
    tmp_path: Path, where: str, times: str, zones: list[str]
) -> None:
    """Those are listed; whole days need none, nor do clocks that show the same."""
    event = f"name: The Bakery\ncountry: BE\nevents:\n  - id: call\n    title: Call\n    where: {where}\n    when: 2026-09-14 {times}\n"

    found = problems_of(tmp_path / "event", {"calendars/bakery.yaml": event})
    wrong = [each for each in found if each.severity == "error"]

    assert [each.code for each in wrong] == (["which-zone"] if zones else [])
    assert all(zone in wrong[0].message for zone in zones)
    told = event + f"    timezone: {zones[0]}\n" if zones else event
    found = problems_of(tmp_path / "told", {"calendars/bakery.yaml": told})
    assert [each for each in found if each.severity == "error"] == []


def test_a_date_or_a_session_in_two_zones_needs_one(tmp_path: Path) -> None:
    """The event's own hall is in the event's zone."""
    text = """\
name: The Bakery
country: BE
places: {hall: {name: The hall}}
events:
  - id: call
    title: Call
    where: hall
    when: 2026-09-14 15:00/17:00
    sessions: [{id: a, title: A, when: 15:00/16:00, where: [hall, {city: Tokyo, country: JP}]}]
  - id: dates
    title: Dates
    where: hall
    when: [2026-09-14 15:00/17:00, {when: 2026-09-15 15:00/17:00, where: [hall, {city: Tokyo, country: JP}]}]
"""
    found = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert [each.position.line for each in found if each.code == "which-zone"] == [9, 13]
