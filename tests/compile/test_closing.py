"""The end of registration as an entry of its own, in feeds that ask for it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.support import lint
from tests.support.checking import lay
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.words import words_of
from coopcal.web import create_app

SITE = "title: T\nuid_domain: example.coop\nlanguages: [en, fr, es, it, pt, de]\ntimezone: Europe/Brussels\n"
FEED = {"feeds/mine.yaml": "title: Mine\nshow: {deadlines: entries}\n"}
HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: fair\n    title: {en: Fair, de: Messe}\n"
TIMED = "    when: 2026-09-12 10:00/16:00\n    registration: {url: https://example.org/r, opens: 2026-07-01, closes: 2026-09-01 12:00}\n"


def client(root: Path, text: str, feeds: dict[str, str] = FEED) -> Client:
    """Compile a site of one organisation, and open it."""
    outcome = compiled(lay(root, {"coopcal.yaml": SITE, "calendars/bakery.yaml": HEAD + text, **feeds}))
    assert outcome.published
    return Client(create_app(LiveSite(root / "_site"), clock=lambda: NOW))


def entries(found: Client, address: str = "/feeds/mine.ics") -> dict[str, Any]:
    """Return the entries of a feed by UID; nothing is wrong with it."""
    content = found.get(address).data
    assert lint.faults(content) == []
    read = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(each["UID"]): each for each in read if "RECURRENCE-ID" not in each}


CLOSES = "fair+registration--closes.bakery@example.coop"
FAIR = "fair.bakery@example.coop"


def test_the_end_of_registration_is_an_entry_where_a_feed_asks_for_it(tmp_path: Path) -> None:
    """A quarter of an hour, free, linked with its event, with the address to register at; elsewhere there is none."""
    found = client(tmp_path, TIMED)

    both = entries(found)
    assert set(both) == {FAIR, CLOSES}
    closes = both[CLOSES]
    assert closes["DTSTART"].dt.astimezone(UTC) == datetime(2026, 9, 1, 9, 45, tzinfo=UTC)
    assert closes["DTEND"].dt.astimezone(UTC) == datetime(2026, 9, 1, 10, tzinfo=UTC)
    assert str(closes["SUMMARY"]) == "Registration closes: The Bakery: Fair"
    assert str(closes["TRANSP"]) == "TRANSPARENT"
    assert str(closes["RELATED-TO"]) == FAIR
    assert closes["RELATED-TO"].params["RELTYPE"] == "PARENT"
    assert str(closes["URL"]) == str(both[FAIR]["URL"])
    assert "https://example.org/r" in str(closes["DESCRIPTION"])
    assert "Saturday 12 September 2026, 10:00–16:00" in str(closes["DESCRIPTION"])
    for other in ("all", "bakery"):
        assert set(entries(found, f"/feeds/{other}.ics")) == {FAIR}
    occurrences = json.loads(found.get("/feeds/mine.json").data)["occurrences"]
    assert [each["title"] for each in occurrences] == ["Fair"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_it_is_said_in_the_language_of_the_feed(tmp_path: Path, language: str) -> None:
    """With the title of its event."""
    closes = entries(client(tmp_path, TIMED), f"/feeds/mine.{language}.ics")[CLOSES]

    title = "Messe" if language == "de" else "Fair"
    said = words_of(language)["registration_closes"].split("{", maxsplit=1)[0].strip()
    assert str(closes["SUMMARY"]).startswith(said)
    assert title in str(closes["SUMMARY"])


def test_a_day_is_a_whole_day(tmp_path: Path) -> None:
    """As it is written."""
    closes = entries(client(tmp_path, TIMED.replace("2026-09-01 12:00", "2026-09-01")))[CLOSES]

    assert closes["DTSTART"].dt == date(2026, 9, 1)
    assert closes["DTEND"].dt == date(2026, 9, 2)


def test_a_moment_anywhere_on_earth_is_that_moment(tmp_path: Path) -> None:
    """In UTC."""
    closes = entries(client(tmp_path, TIMED.replace("12:00}", "23:59 AoE}")))[CLOSES]

    assert closes["DTEND"].dt == datetime(2026, 9, 2, 11, 59, tzinfo=UTC)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_off_closes_nothing(tmp_path: Path, status: str) -> None:
    """Nobody need register."""
    assert set(entries(client(tmp_path, f"{TIMED}    status: {status}\n"))) == {FAIR}


def test_dates_that_share_it_have_one(tmp_path: Path) -> None:
    """A date, a changed one and a session with another have theirs, apart from each other."""
    text = TIMED.replace("2026-09-12 10:00/16:00", "[2026-09-12 10:00/16:00, 2026-09-13 10:00/16:00]")
    assert [uid for uid in entries(client(tmp_path / "a", text)) if "closes" in uid] == [CLOSES]
    text += "    sessions: []\n"
    weekly = (
        TIMED + "    repeats:\n      every: week\n      count: 4\n      changes:\n"
        "        2026-09-19: {registration: {closes: 2026-09-15}}\n"
        "        from 2026-09-26: {registration: {closes: 2026-09-20}}\n"
    )
    found = entries(client(tmp_path / "b", weekly))
    assert sorted(uid for uid in found if "closes" in uid) == [
        "fair+20260926-registration--closes.bakery@example.coop",
        CLOSES,
        "fair+registration--closes20260919.bakery@example.coop",
    ]
    session = (
        TIMED
        + "    sessions: [{id: talk, title: Talk, when: 11:00/12:00, registration: {closes: 2026-09-02}}]\n"
    )
    found = entries(client(tmp_path / "c", session))
    assert (
        str(found["talk.fair+registration--closes.bakery@example.coop"]["RELATED-TO"])
        == "talk.fair.bakery@example.coop"
    )


def test_narrowed_feeds_keep_it_with_its_event(tmp_path: Path) -> None:
    """It goes where its event goes."""
    found = client(tmp_path, TIMED.replace("    when", "    tags: [market]\n    when"))

    assert set(entries(found, "/feeds/mine.ics?tag=market")) == {FAIR, CLOSES}
    assert set(entries(found, "/feeds/mine.ics?tag=other")) == set()


def test_it_keeps_its_uid_when_it_is_put_off(tmp_path: Path) -> None:
    """Members see it move."""
    found = client(tmp_path, TIMED)
    before = entries(found)[CLOSES]
    text = HEAD + TIMED.replace("2026-09-01 12:00", "2026-09-05 12:00")
    lay(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": text, **FEED})
    compiled(tmp_path, datetime(2026, 6, 2, 9, tzinfo=UTC))

    after = entries(Client(create_app(LiveSite(tmp_path / "_site"), clock=lambda: NOW)))[CLOSES]

    assert after["DTEND"].dt != before["DTEND"].dt
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
