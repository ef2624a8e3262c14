"""Deadlines that are the same moment everywhere: anywhere on earth, and at an offset."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.support.checking import lay, problems_of
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import words_of
from coopcal.web import create_app

SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, fr, es, it, pt, de]\ntimezone: Europe/Brussels\n"
HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


def client(root: Path, keys: str) -> Client:
    """Compile a site of one event, and open it."""
    files = {"coopcal.yaml": SITE, "calendars/bakery.yaml": f"{HEAD}    {keys}\n"}
    assert compiled(lay(root, files)).published
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def vevent(feed: bytes) -> Any:
    """Return the only event of a feed."""
    (event,) = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return event


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-06-30 23:59 AoE", "2026-07-01 11:59"),
        ("2026-06-30 23:59aoe", "2026-07-01 11:59"),
        ("2026-06-30 00:00 AOE", "2026-06-30 12:00"),
        ("2026-06-30 12:00 +02:00", "2026-06-30 10:00"),
        ("2026-06-30 12:00+02:00", "2026-06-30 10:00"),
        ("2026-06-30 12:00 -05:00", "2026-06-30 17:00"),
        ("2026-06-30 12:00-05:00", "2026-06-30 17:00"),
        ("2026-06-30T12:00-0500", "2026-06-30 17:00"),
        ("2026-06-30 12:00 +0530", "2026-06-30 06:30"),
        ("2026-06-30 12:00 +05:45", "2026-06-30 06:15"),
        ("2026-06-30 12:00 +14:00", "2026-06-29 22:00"),
        ("2026-06-30 12:00Z", "2026-06-30 12:00"),
        ("2026-06-30 12:00 +00:00", "2026-06-30 12:00"),
        ("2026-10-25 02:30+02:00", "2026-10-25 00:30"),
        ("2026-10-25 02:30 +01:00", "2026-10-25 01:30"),
        ("2026-03-29 02:30 +01:00", "2026-03-29 01:30"),
        ("2026-01-15 12:00 +02:00", "2026-01-15 10:00"),
    ],
)
def test_the_moment_is_that_of_the_offset(tmp_path: Path, written: str, moment: str) -> None:
    """In calendars and in JSON; so of registration."""
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    found = client(tmp_path / "a", f"when: until {written}")

    event = vevent(found.get("/feeds/bakery.ics").data)
    assert event["DTEND"].dt == expected
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 15 * 60
    told = json.loads(found.get("/feeds/bakery.json").data)["occurrences"][0]
    assert datetime.fromisoformat(told["closes"]) == expected
    assert told["first_day"] == written[:10]
    registration = client(tmp_path / "b", f"when: 2026-12-12 10:00\n    registration: {{closes: {written}}}")
    told = json.loads(registration.get("/feeds/bakery.json").data)["occurrences"][0]["registration"]
    assert datetime.fromisoformat(told["closes"]) == expected


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Client, Client]]:
    """Return two sites for each way of writing whose time it is: of a deadline, and of an end of registration."""
    root = tmp_path_factory.mktemp("sites")
    registration = "when: 2026-12-12 10:00\n    registration: {{closes: 2026-06-30 23:59 {}}}"
    return {
        written: (
            client(root / written, f"when: until 2026-06-30 23:59 {written}"),
            client(root / f"{written}-r", registration.format(written)),
        )
        for written in ("AoE", "-05:00", "+02:00")
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_whose_time_it_is_stands_beside_it(sites: dict[str, tuple[Client, Client]], language: str) -> None:
    """In words of the language, wherever the deadline is told."""
    prefix = "" if language == "en" else f"/{language}"
    for written, said in (("AoE", words_of(language)["anywhere"]), ("-05:00", "UTC-5"), ("+02:00", "")):
        for site in sites[written]:
            event = vevent(site.get(f"/feeds/bakery.{language}.ics").data)
            texts = [
                str(event["DESCRIPTION"]),
                site.get(f"{prefix}/events/bakery/one/").text,
            ]
            assert all("23:59" in text and said in text for text in texts), written
            assert said or not any("UTC" in text for text in texts)
        assert said in sites[written][0].get(f"/feeds/bakery.{language}.txt").text


@pytest.mark.parametrize(
    ("when", "code", "mend"),
    [
        ("until 2026-06-30 AoE", "deadline-without-time", "when: until 2026-06-30 23:59 AoE"),
        ("until 2026-06-30 12:00 -03:30", "wrong-offset", "when: until 2026-06-30 15:30 +00:00"),
        ("until 2026-06-30 12:00 +15:00", "wrong-offset", "when: until 2026-06-29 21:00 +00:00"),
        ("until 2026-06-30 24:00 AoE", "bad-time", "when: until 2026-07-01 00:00 AoE"),
        ("until 2026-06-31 12:00 AoE", "no-such-day", "when: until 2026-06-30 12:00 AoE"),
    ],
)
def test_what_is_no_such_deadline_is_told_with_what_is(
    tmp_path: Path, when: str, code: str, mend: str
) -> None:
    """And the mend is one."""
    found = problems_of(tmp_path / "a", {"calendars/bakery.yaml": f"{HEAD}    when: {when}\n"})
    assert [(each.code, each.mend) for each in found if each.severity == "error"] == [(code, mend)]
    found = problems_of(tmp_path / "b", {"calendars/bakery.yaml": f"{HEAD}    {mend}\n"})
    assert [each for each in found if each.severity == "error"] == []


def test_what_begins_has_no_such_offset(tmp_path: Path) -> None:
    """It takes place somewhere."""
    for when in ("2026-06-30 12:00 AoE", "2026-06-30 12:00-05:00", "2026-06-30 12:00/14:00 AoE"):
        found = problems_of(tmp_path / when[-6:-3], {"calendars/bakery.yaml": f"{HEAD}    when: {when}\n"})
        assert len([each for each in found if each.severity == "error"]) == 1, when


def test_the_word_as_a_zone_is_told_with_the_zone(tmp_path: Path) -> None:
    """Not with that of the organisation."""
    text = f"{HEAD}    when: until 2026-06-30 12:00\n    timezone: AoE\n"

    (found,) = [
        each for each in problems_of(tmp_path, {"calendars/bakery.yaml": text}) if each.severity == "error"
    ]

    assert "Etc/GMT+12" in (found.mend or "")


def test_deadlines_of_a_series_keep_their_days(tmp_path: Path) -> None:
    """The day of a weekly one is that of its own offset, not of UTC."""
    found = client(tmp_path, "when: until 2026-06-30 23:59 AoE\n    repeats: {every: week, count: 3}")

    told = json.loads(found.get("/feeds/bakery.json").data)["occurrences"]

    assert [each["first_day"] for each in told] == ["2026-06-30", "2026-07-07", "2026-07-14"]
    assert [each["closes"] for each in told] == [
        f"2026-07-{day}T11:59:00+00:00" for day in ("01", "08", "15")
    ]
    event = vevent(found.get("/feeds/bakery.ics").data)
    assert event["DTEND"].dt.isoformat() == "2026-06-30T23:59:00-12:00"
    assert event["RRULE"].to_ical().endswith(b";BYDAY=TU")
