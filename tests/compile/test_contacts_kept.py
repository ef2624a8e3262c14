"""Contacts of what is over: shown for as long as the site keeps them, and then nowhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.clients import events_by_uid, value
from tests.support.lint import faults
from tests.support.trees import SITE, compiled, lay
from werkzeug.test import Client

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

KEPT = f"{SITE}contacts_kept: 1 year\n"
CALENDAR = """\
name: The Mill
country: BE
email: info@mill.example
contacts: {ann: {name: Ann Lee, email: ann@mill.example, phone: "+32 9 123 45 67"}}
events:
  - {id: fair, title: Fair, when: 2025-06-20/2025-06-21, contact: ann}
  - {id: later, title: Later, when: 2025-06-23, contact: ann}
  - id: camp
    title: Camp
    when: 2025-06-01/2025-06-10
    sessions:
      - {id: talk, title: Talk, when: 2025-06-02 10:00/11:00, contact: ann}
  - id: course
    title: Course
    when: [2025-06-02 10:00/11:00, {when: 2025-06-09 10:00/11:00, contact: ann}]
  - id: choir
    title: Choir
    when: 2025-01-07 19:00/21:00
    contact: ann
    repeats: {every: week, until: 2025-06-10, changes: {2025-02-04: {contact: {name: Ann Lee Junior}}}}
  - {id: endless, title: Endless, when: 2025-01-07 19:00/21:00, contact: {name: Bo}, repeats: {every: week}}
  - {id: board, title: Board, when: 2025-06-19, contact: ann, visibility: members}
"""
BEFORE = datetime(2026, 6, 21, 21, 59, tzinfo=UTC)
AFTER = datetime(2026, 6, 21, 22, 0, tzinfo=UTC)
"""A year after the last day of the fair is over, where the site is at home."""


def laid(root: Path, site: str = KEPT) -> Path:
    return lay(
        root,
        {
            "coopcal.yaml": site,
            "calendars/mill.yaml": CALENDAR,
            "calendars/bakery.yaml": "name: B\ncountry: BE\n",
        },
    )


def client(root: Path, now: datetime) -> Client:
    return Client(create_app(LiveSite(root / "_site"), lambda: now))


def asked(root: Path, now: datetime) -> set[str]:
    """Return the events whose contact stands in the feed of all, which is right in form."""
    feed: bytes = client(root, now).get("/feeds/all.ics").data
    assert faults(feed) == []
    return {
        uid.split(".mill")[0]
        for uid, events in events_by_uid(feed).items()
        if any(value(one, "CONTACT") for one in events)
    }


def test_contacts_go_when_all_of_an_event_is_so_long_over(tmp_path: Path) -> None:
    """With those of its sessions, further dates and changed dates; a series keeps them while it goes on."""
    root = laid(tmp_path)
    compiled(root, BEFORE)
    assert asked(root, BEFORE) == {"fair", "later", "endless"}

    compiled(root, AFTER)
    assert asked(root, AFTER) == {"later", "endless"}


@pytest.mark.parametrize("path", ["/feeds/all.ics", "/feeds/all/archive/2025.ics", "/feeds/all.json?past=P9Y", "/feeds/all.csv?past=P9Y",
    "/feeds/all.jcal", "/events/mill/fair/", "/events/mill/fair/event.ics", "/events/mill/choir/", "/events/mill/camp/talk/", "/site.json", "/search/?q=fair&when=past"])  # fmt: skip
def test_they_stand_nowhere_then(tmp_path: Path, path: str) -> None:
    """In no format and on no page."""
    root = laid(tmp_path)
    compiled(root, datetime(2027, 1, 1, tzinfo=UTC))
    answer = client(root, datetime(2027, 1, 1, tzinfo=UTC)).get(path)

    assert answer.status_code == 200
    assert b"Ann Lee" not in answer.data
    assert b"ann@mill.example" not in answer.data
    assert b"123 45 67" not in answer.data


def test_what_is_compiled_bit_by_bit_is_what_a_compile_makes_that_knows_nothing(tmp_path: Path) -> None:
    """The compile before says until when it is good, but nothing of an event that is hidden."""
    root = laid(tmp_path / "one")
    compiled(root, BEFORE)
    manifest = LiveSite(root / "_site").current().manifest
    assert manifest.good_until == manifest.told_until == AFTER

    compiled(root, AFTER)
    other = laid(tmp_path / "other")
    compile_site(other, other / "_site", BEFORE)
    (other / ".coopcal").rename(other / "gone")
    compile_site(other, other / "_site", AFTER)
    for path in ("/feeds/all.ics", "/site.json", "/feeds/all/changes.atom"):
        assert client(root, AFTER).get(path).data == client(other, AFTER).get(path).data


def test_the_day_of_a_hidden_event_is_told_nobody(tmp_path: Path) -> None:
    root = laid(tmp_path)
    compiled(root, datetime(2026, 6, 19, 12, tzinfo=UTC))
    manifest = LiveSite(root / "_site").current().manifest

    assert manifest.good_until == datetime(2026, 6, 19, 22, tzinfo=UTC)
    assert manifest.told_until == AFTER


def test_the_log_of_changes_does_not_mention_it(tmp_path: Path) -> None:
    """Stamps go on, so that calendars take it; a contact that staff take out is mentioned."""
    root = laid(tmp_path)
    compiled(root, BEFORE)
    before = events_by_uid(client(root, BEFORE).get("/feeds/all.ics").data)
    compiled(root, AFTER)
    after = events_by_uid(client(root, AFTER).get("/feeds/all.ics").data)
    name = "fair.mill@example.coop"

    assert int(value(after[name][0], "SEQUENCE")) > int(value(before[name][0], "SEQUENCE"))
    assert "<entry>" not in client(root, AFTER).get("/feeds/all/changes.atom").text
    file = root / "calendars/mill.yaml"
    file.write_text(file.read_text().replace("when: 2025-06-23, contact: ann", "when: 2025-06-23"))
    compiled(root, AFTER)
    assert "Later" in client(root, AFTER).get("/feeds/all/changes.atom").text


def test_without_the_line_they_stay(tmp_path: Path) -> None:
    root = laid(tmp_path, SITE)
    compiled(root, datetime(2036, 1, 1, tzinfo=UTC))

    assert "fair" in asked(root, datetime(2036, 1, 1, tzinfo=UTC))
