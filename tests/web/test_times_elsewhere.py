"""Times beside that of an event say whose they are, too: opening hours, programmes, what closes; and are told once."""

import json
from pathlib import Path

import icalendar
import pytest
from lxml import html
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, de]\ntimezone: Europe/Brussels\n"
TOKYO = "where: {city: Tokyo, country: JP}"
ONLINE = "online: 'https://meet.example/'"


def client(root: Path, keys: str) -> Client:
    """Compile a site of one event, and open it."""
    text = f"name: The Bakery\ncountry: BE\nevents:\n  - {{id: fair, title: Fair, {keys}}}\n"
    feed = "show: {deadlines: entries}\n"
    tree = {"coopcal.yaml": SITE, "calendars/bakery.yaml": text, "feeds/bakery.yaml": feed}
    outcome = compiled(lay(root, tree))
    assert outcome.published, outcome.problems
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def described(found: Client, language: str = "en") -> str:
    """Return the descriptions of a feed."""
    feed = icalendar.Calendar.from_ical(found.get(f"/feeds/bakery.{language}.ics").data)
    return "\n".join(str(each.get("DESCRIPTION", "")) for each in feed.walk("VEVENT"))


@pytest.mark.parametrize(
    ("keys", "hours"),
    [
        (f"when: 2026-07-04/2026-07-06, hours: 10:00/18:00, {TOKYO}", "10:00–18:00 (Japan Time)"),
        (
            f"when: 2026-07-04, hours: {{Saturday: 10:00/18:00}}, {ONLINE}",
            "Saturday 10:00–18:00 (Central European Time)",
        ),
        (
            f"when: 2026-07-04, hours: {{2026-07-04: 10:00/18:00}}, {TOKYO}",
            "Saturday 4 July 2026 10:00–18:00 (Japan Time)",
        ),
        ("when: 2026-07-04, hours: 10:00/18:00", "10:00–18:00"),
        ("when: 2026-07-04, hours: 10:00/18:00, where: {city: Paris, country: FR}", "10:00–18:00"),
        ("when: 2026-07-04, hours: 10:00/18:00, where: {city: Austin, country: US}", "10:00–18:00"),
    ],
)
def test_opening_hours_say_whose_time_they_are_where_it_could_be_doubted(
    tmp_path: Path, keys: str, hours: str
) -> None:
    """In calendars, on the page, in JSON; nothing of those at home, where clocks agree, or where no zone is told."""
    found = client(tmp_path, keys)
    told = json.loads(found.get("/feeds/bakery.json").data)["occurrences"][0]["hours"]

    assert told == hours
    assert f"Opening hours: {hours}" in described(found).split("\n")
    page = found.get("/events/bakery/fair/").text
    assert f"Open: {hours}" in page
    assert ("Time)" in page) == ("Time)" in hours)


def test_a_date_elsewhere_has_its_own_opening_hours(tmp_path: Path) -> None:
    """The usual ones, by the clocks there."""
    repeats = f"repeats: {{every: week, count: 3, changes: {{2026-07-11: {{{TOKYO}}}}}}}"
    found = client(tmp_path, f"when: 2026-07-04, hours: 10:00/18:00, {repeats}")
    told = [each["hours"] for each in json.loads(found.get("/feeds/bakery.json").data)["occurrences"]]

    assert told == ["10:00–18:00", "10:00–18:00 (Japan Time)", "10:00–18:00"]


@pytest.mark.parametrize("end", ["2026-07-05 01:00", "2026-07-05 00:00", "2026-07-05 21:30"])
def test_what_recurs_over_midnight_says_when_it_ends(tmp_path: Path, end: str) -> None:
    """Here and elsewhere: its end was left out where it lies on another day."""
    repeats = "repeats: {every: week, count: 3}, also_in: [America/Sao_Paulo]"
    told = described(client(tmp_path, f"when: 2026-07-04 22:00/{end}, {ONLINE}, {repeats}")).split("\n")
    there = f"{int(end[11:13]) - 5 + (24 if int(end[11:13]) < 5 else 0):02}{end[13:]}"

    assert f"Every Saturday, 22:00–{end[11:]} (Central European Time), 3 times, until 18 July 2026." in told
    assert f"Brasilia Time: 17:00–{there}" in told


def test_where_clocks_differ_by_date_both_ends_are_told_past_midnight(tmp_path: Path) -> None:
    """From 16:00 on, or an hour later, when it is midnight in Tokyo."""
    keys = "when: 2026-10-21 15:00/16:00, repeats: {every: week, count: 3}, also_in: [Asia/Tokyo]"

    assert "Japan Time: 22:00–23:00 or 23:00–00:00, depending on the date" in described(
        client(tmp_path, keys)
    )


@pytest.mark.parametrize("zones", ["[Europe/Brussels]", "[Europe/Paris, Europe/Madrid]"])
def test_a_zone_of_the_same_name_is_not_told_again(tmp_path: Path, zones: str) -> None:
    """“Central European Time” thrice would be a riddle."""
    found = client(tmp_path, f"when: 2026-07-04 10:00/11:00, also_in: {zones}")

    assert "Central European Time" not in described(found)
    assert "Central European Time" not in found.get("/feeds/bakery.txt").text
    assert "also_in" not in json.loads(found.get("/feeds/bakery.json").data)["occurrences"][0]


def test_two_zones_of_one_name_are_told_once(tmp_path: Path) -> None:
    """And one of another name besides."""
    found = client(
        tmp_path, "when: 2026-07-04 10:00/11:00, also_in: [America/New_York, America/Toronto, Africa/Tunis]"
    )

    assert described(found).count("Eastern Time: Saturday 4 July 2026, 04:00–05:00") == 1
    assert "Tunisian Time: Saturday 4 July 2026, 09:00–10:00" in described(found)


def test_a_programme_says_whose_time_it_is_on_the_page_of_an_event_elsewhere(tmp_path: Path) -> None:
    """What is at home is at another time than the rest; so with the dates of a series."""
    session = "{id: here, title: Here, when: 2026-07-04 09:00/10:00, where: {city: Ghent, country: BE}}"
    found = client(tmp_path / "s", f"when: 2026-07-04 09:00/2026-07-05 18:00, {TOKYO}, sessions: [{session}]")
    dated = client(
        tmp_path / "d",
        "when: 2026-07-04 09:00/10:00, timezone: America/Lima, "
        "repeats: {every: week, count: 3, changes: {2026-07-11: {timezone: Europe/Madrid}}}",
    )

    said = "09:00–10:00 (Central European Time)"
    assert said in html.fromstring(found.get("/events/bakery/fair/").text).text_content()
    told = html.fromstring(dated.get("/events/bakery/fair/").text).text_content()
    assert "Saturday 11 July 2026, 09:00–10:00 (Central European Time)" in told
    assert said not in found.get("/events/bakery/fair/here/").text


def test_the_end_of_registration_of_what_is_online_says_whose_time_it_is(tmp_path: Path) -> None:
    """In its entry as in the description of its event."""
    keys = f"when: 2026-07-04 10:00/11:00, {ONLINE}, registration: {{closes: 2026-07-01 12:00}}"
    said = "Wednesday 1 July 2026, 12:00 (Central European Time)"

    told = described(client(tmp_path, keys)).split("\n")
    assert f"Deadline: {said}" in told
    assert f"Registration closes: {said}" in told


def test_a_series_in_feed_readers_says_it_behind_its_time(tmp_path: Path) -> None:
    """Not behind the day on which it ends."""
    found = client(
        tmp_path, "when: 2026-07-04 09:00/10:00, timezone: Asia/Tokyo, repeats: {every: week, count: 3}"
    )
    endless = client(
        tmp_path / "e",
        "when: 2026-07-04 22:00/2026-07-05 01:00, timezone: Asia/Tokyo, repeats: {every: week}",
    )

    said = "Every Saturday, 09:00–10:00 (Japan Time), 3 times, until 18 July 2026"
    assert f"<summary>{said}</summary>" in found.get("/feeds/bakery.atom").text
    over = "Every Saturday, 22:00–01:00 (Japan Time)"
    assert f"<summary>{over}</summary>" in endless.get("/feeds/bakery.atom").text
