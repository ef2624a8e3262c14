"""A compiled site: same inputs, same bytes; stamps that move only with what changed, and never back."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from tests.support.ports import free_port
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.compile.pipeline import compile_site
from coopcal.model.problem import Position
from coopcal.site.layout import NoSite
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

LATER = NOW + timedelta(days=1)


def feed(root: Path, name: str = "all") -> bytes:
    return open_site(root / "_site").feeds[name].bodies["identity"].content


def vevents(root: Path, name: str = "all") -> dict[str, bytes]:
    parts = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", feed(root, name), re.DOTALL)
    return {re.search(rb"UID:(.*)\r\n", part)[1].decode(): part for part in parts}  # type: ignore[index]


def sequences(root: Path) -> dict[str, int]:
    calendar = icalendar.Calendar.from_ical(feed(root))
    return {str(event["UID"]): int(event["SEQUENCE"]) for event in calendar.walk("VEVENT")}


def test_same_inputs_give_same_bytes(tmp_path: Path) -> None:
    """Two trees with the same sources, compiled at one instant, are the same version."""
    one, two = lay(tmp_path / "one"), lay(tmp_path / "two")

    assert compiled(one).version == compiled(two).version
    assert feed(one) == feed(two)


def test_unchanged_sources_keep_every_byte_and_etag_at_another_instant(tmp_path: Path) -> None:
    """The instant of compiling stands in no feed."""
    root = lay(tmp_path)
    compiled(root)
    before = open_site(root / "_site").feeds["all"]
    compiled(root, LATER)
    after = open_site(root / "_site").feeds["all"]

    assert before.bodies["identity"].content == after.bodies["identity"].content
    assert {e: b.etag for e, b in before.bodies.items()} == {e: b.etag for e, b in after.bodies.items()}
    assert before.modified == after.modified


def test_one_changed_title_changes_one_vevent_a_feed(tmp_path: Path) -> None:
    """What did not change keeps its bytes; what did has a higher SEQUENCE, and DTSTAMP of the instant."""
    root = lay(tmp_path)
    compiled(root)
    before, numbers = vevents(root), sequences(root)
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("General assembly", "Annual assembly")})
    compiled(root, LATER)
    after = vevents(root)

    assert [uid for uid in before if before[uid] != after[uid]] == ["assembly.bakery@example.coop"]
    assert sequences(root)["assembly.bakery@example.coop"] > numbers["assembly.bakery@example.coop"]
    assert b"DTSTAMP:20260602T120000Z" in after["assembly.bakery@example.coop"]
    assert open_site(root / "_site").feeds["all"].modified == LATER


def test_a_clock_that_went_back_takes_no_stamp_back(tmp_path: Path) -> None:
    """A change stamps at least one second after the stored stamp, whatever the instant says."""
    root = lay(tmp_path)
    compiled(root)
    before = sequences(root)
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("General assembly", "Annual assembly")})
    compiled(root, NOW - timedelta(days=300))
    after = sequences(root)

    assert after["assembly.bakery@example.coop"] == before["assembly.bakery@example.coop"] + 1
    assert open_site(root / "_site").feeds["all"].modified == NOW + timedelta(seconds=1)


def test_a_lost_site_takes_no_sequence_back(tmp_path: Path) -> None:
    """SEQUENCE is made of the time, so a compile without memory starts no lower."""
    root = lay(tmp_path)
    compiled(root)
    before = sequences(root)
    (root / "_site").rename(root / "lost")
    compiled(root, LATER)

    assert all(number >= before[uid] for uid, number in sequences(root).items())


def test_another_base_url_changes_no_uid(tmp_path: Path) -> None:
    """UIDs are made of ``uid_domain``, which never follows ``base_url``."""
    root = lay(tmp_path)
    compiled(root)
    before = set(vevents(root))
    lay(root, {"coopcal.yaml": SITE.replace("calendars.example.coop", "elsewhere.example")})
    compiled(root, LATER)

    assert before == set(vevents(root))
    assert b"elsewhere.example" in feed(root)


def test_what_is_not_public_reaches_no_byte(tmp_path: Path) -> None:
    """No file of the compiled site holds a word of a members' event; the schema, which no source changes, has words of its own."""
    root = lay(tmp_path)
    compiled(root)
    held = [path for path in (root / "_site").rglob("*") if path.is_file() and path.name != "schema.json"]

    assert len(held) > 5
    assert [path for path in held if b"board" in path.read_bytes() or b"Secret" in path.read_bytes()] == []


def test_errors_leave_the_site_before_in_place(tmp_path: Path) -> None:
    """A broken file publishes nothing, and the site before stands."""
    root = lay(tmp_path)
    version = compiled(root).version
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("2026-09-12", "2026-02-31")})
    outcome = compile_site(root, root / "_site", LATER)

    assert not outcome.published
    assert open_site(root / "_site").version == version


def test_an_event_waits_for_its_day(tmp_path: Path) -> None:
    """``publish_from`` keeps an event back, and ``good_until`` says until when."""
    waiting = BAKERY.replace("tags: [open-doors]", "publish_from: 2026-07-01")
    root = lay(tmp_path, {"calendars/bakery.yaml": waiting})
    outcome = compiled(root)

    assert "open-day.bakery@example.coop" not in vevents(root)
    assert outcome.good_until is not None
    assert outcome.good_until == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)

    compiled(root, outcome.good_until)

    assert "open-day.bakery@example.coop" in vevents(root)


def test_nobody_is_told_when_a_waiting_event_appears(tmp_path: Path) -> None:
    """It is compiled anew on its day; what anybody can ask for is as it is without the event."""
    said = []
    for name, keys in (("without", "draft: true"), ("waiting", "publish_from: 2026-07-01")):
        root = lay(tmp_path / name, {"calendars/bakery.yaml": BAKERY.replace("tags: [open-doors]", keys)})
        outcome = compiled(root)
        client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
        ready = json.loads(client.get("/readyz").data)
        addresses = ("/site.json", "/", "/feeds/all.ics", "/feeds/all.json", "/feeds/bakery/", "/sitemap.xml")
        answers = [client.get(address) for address in addresses]
        said.append(
            (
                {key: value for key, value in ready.items() if key != "version"},
                [(each.data, sorted(line for line in each.headers if line[0] != "Date")) for each in answers],
            )
        )
        assert (outcome.good_until == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == (name == "waiting")

    assert said[0] == said[1]


def test_a_live_site_takes_up_a_new_version(tmp_path: Path) -> None:
    """The version before stays readable, and the new one is served soon after."""
    root = lay(tmp_path)
    with pytest.raises(NoSite):
        LiveSite(root / "_site").current()
    compiled(root)
    live = LiveSite(root / "_site")
    old = live.current()
    lay(root, {"calendars/bakery.yaml": BAKERY.replace("General assembly", "Annual assembly")})
    compiled(root, LATER)
    live._looked -= 2  # noqa: SLF001 - two seconds pass
    new = live.current()

    assert b"General assembly" in old.feeds["all"].bodies["identity"].content
    assert b"Annual assembly" in new.feeds["all"].bodies["identity"].content


def test_an_unreadable_previous_site_stops_unless_it_is_the_first(tmp_path: Path) -> None:
    """Where ``published`` cannot be read, ids and stamps could be lost: --first says that none exist."""
    named = compile_site(lay(tmp_path / "b"), tmp_path / "b/_site", NOW, previous=str(tmp_path / "nowhere"))

    assert not named.published
    assert "no-previous-site" in [problem.code for problem in named.problems]
    assert compile_site(
        tmp_path / "b", tmp_path / "b/_site", NOW, previous=str(tmp_path / "nowhere"), first=True
    ).published


def test_an_unreadable_previous_site_is_told_where_it_is_named(tmp_path: Path) -> None:
    """At ``published:`` in the sources; at the file's first line where the command named it, or it is the local one."""
    site = f"title: Example\nuid_domain: example.coop\npublished: http://127.0.0.1:{free_port()}/calendars\n"
    root = lay(tmp_path / "root", {"coopcal.yaml": site})

    def told(previous: str | None) -> Position:
        """Return where it is told."""
        problems = compile_site(root, root / "_site", NOW, previous=previous).problems
        return next(each.position for each in problems if each.code == "no-previous-site")

    assert told(None).line == 3
    assert told(str(tmp_path / "elsewhere")).line == 1


def test_the_previous_site_may_be_elsewhere(tmp_path: Path) -> None:
    """A compile into an empty folder goes on from the site that ``--previous`` names."""
    root = lay(tmp_path / "one")
    compiled(root)
    other = lay(tmp_path / "two")
    compiled(other, LATER, previous=str(root / "_site"))

    assert feed(root) == feed(other)


ARCHIVED = """\
name: The Bakery
formerly: [oven]
country: BE
events:
  - id: turn
    title: New year
    when: 2023-12-30/2024-01-02
  - id: jubilee
    title: Jubilee
    when: 2019-03-01
"""


def test_archives_hold_each_year_whatever_the_window(tmp_path: Path) -> None:
    """An event over the turn of a year stands in both; a former id leads there; empty years have no address."""
    window = "window: {past: 1 year}\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": ARCHIVED, "feeds/all.yaml": window})
    compiled(root)
    archives = open_site(root / "_site").archives
    held = {year: entry.count for (feed, year), entry in archives.items() if feed == "all"}

    assert vevents(root) == {}
    assert held == {2019: 1, 2023: 1, 2024: 1}
    assert archives["oven", 2019] == archives["bakery", 2019]


def test_an_archive_keeps_its_address_when_its_events_are_gone(tmp_path: Path) -> None:
    """It stays as a calendar without events, whose Last-Modified is when that changed."""
    root = lay(tmp_path, {"calendars/bakery.yaml": ARCHIVED})
    compiled(root)
    lay(root, {"calendars/bakery.yaml": ARCHIVED.replace("2019-03-01", "2020-03-01")})
    compiled(root, LATER)
    archives = open_site(root / "_site").archives

    assert archives["all", 2019].count == 0
    assert archives["all", 2019].modified == LATER
    assert b"BEGIN:VTIMEZONE" in archives["all", 2019].bodies["identity"].content
    assert archives["all", 2020].count == 1


def test_a_document_of_one_date_of_a_series_is_published(tmp_path: Path) -> None:
    """The agenda of a month lies where its address leads."""
    agenda = "documents: [{label: Agenda, file: files/agenda.pdf}]"
    body = (
        "name: The Bakery\ncountry: BE\nevents:\n  - id: evening\n    title: Evening\n    when: 2026-09-08 19:00/21:00\n"
        f"    repeats: {{every: month, on: second Tuesday, count: 3, changes: {{2026-10-13: {{{agenda}}}}}}}\n"
    )
    root = lay(tmp_path, {"calendars/bakery.yaml": body})
    (root / "calendars/files").mkdir()
    (root / "calendars/files/agenda.pdf").write_bytes(b"%PDF-1.4\n")
    compiled(root)
    site = open_site(root / "_site")
    feed = site.feeds["bakery"].bodies["identity"].content.replace(b"\r\n ", b"")

    assert b"ATTACH:https://calendars.example.coop/events/bakery/evening/agenda.pdf\r\n" in feed
    assert site.documents["bakery/evening/agenda.pdf"].read_bytes() == b"%PDF-1.4\n"
