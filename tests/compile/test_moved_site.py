"""A site that moved says so in its feeds, once, for a year; and nobody who subscribed holds anything twice."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.support.clients import Evolution, events_by_uid, value
from tests.support.lint import faults
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

OLD, NEW = "https://calendars.example.coop", "https://events.valley.example"
MOVED = SITE.replace(OLD, NEW) + f"also_at: ['{OLD}']\n"
MOVE = NOW + timedelta(days=10)
DAY = (MOVE + timedelta(days=7)).date()
NOTICE = "moved--all@example.coop"


def client(root: Path, now: datetime) -> Client:
    return Client(create_app(LiveSite(root / "_site"), lambda: now))


def feed(root: Path, path: str = "/feeds/all.ics", now: datetime = MOVE, host: str = "") -> bytes:
    """Return a feed that is right in form."""
    answer = client(root, now).get(path, headers={"Host": host} if host else {})
    content: bytes = answer.data
    assert answer.status_code == 200
    assert faults(content) == []
    return content


def notices(content: bytes) -> list[bytes]:
    return [event for uid, (event, *_) in events_by_uid(content).items() if uid.startswith("moved--")]


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """Return the root of a site that was published, and moved."""
    root = lay(tmp_path / "moved", {"feeds/few.yaml": "title: Few\nselect: {tags: {any: [open-doors]}}\n"})
    compiled(root)
    lay(root, {"coopcal.yaml": MOVED, "feeds/few.yaml": "title: Few\nselect: {tags: {any: [open-doors]}}\n"})
    compiled(root, MOVE)
    return root


def test_a_site_that_did_not_move_says_nothing(tmp_path: Path) -> None:
    """However often it is compiled."""
    root = lay(tmp_path)
    compiled(root)
    compiled(root)

    assert notices(feed(root, now=NOW)) == []


@pytest.mark.parametrize(
    "path", ["/feeds/all.ics", "/feeds/few.ics", "/feeds/bakery.ics", "/feeds/all.ics?tag=none"]
)
def test_each_feed_says_once_where_it_is_now(moved: Path, path: str) -> None:
    """A week after, for nobody's time; to whoever subscribed at the former address, in the bytes that both have."""
    content = feed(moved, path)
    [notice] = notices(content)
    plain = notice.decode().replace("\r\n ", "").replace("\\n", "\n")
    name = re.findall(r"[a-z]+(?=\.ics)", path)[0]

    assert value(notice, "UID") == f"moved--{name}@example.coop"
    assert value(notice, "DTSTART") == f"{DAY:%Y%m%d}"
    assert value(notice, "TRANSP") == "TRANSPARENT"
    assert f"{OLD}/feeds/{name}.ics" in plain
    assert f"{NEW}/feeds/{name}.ics" in plain
    assert value(notice, "URL") == f"{NEW}/feeds/{name}/subscribe/"
    assert feed(moved, path, host="calendars.example.coop") == content


def test_it_is_said_in_the_language_of_the_feed(moved: Path) -> None:
    """A translation names its own address."""
    [notice] = notices(feed(moved, "/feeds/all.fr.ics"))

    assert "nouvelle adresse" in value(notice, "SUMMARY")
    assert f"{NEW}/feeds/all.fr.ics" in value(notice, "DESCRIPTION")


def test_archives_say_nothing_of_it(moved: Path) -> None:
    """What was in a year stays."""
    assert notices(feed(moved, "/feeds/all/archive/2026.ics")) == []


def test_the_notice_stays_as_it_is_for_a_year_and_goes(moved: Path) -> None:
    """Whatever is compiled meanwhile, with or without what was kept; the compile says when it goes."""
    first = notices(feed(moved))
    later = MOVE + timedelta(days=200)
    lay(moved, {"coopcal.yaml": MOVED, "calendars/mill.yaml": "name: The Mill\ncountry: BE\n"})
    compiled(moved, later)
    assert notices(feed(moved, now=later)) == first

    until = LiveSite(moved / "_site").current().manifest.good_until
    assert until is not None
    assert until <= MOVE + timedelta(days=365)
    compiled(moved, MOVE + timedelta(days=365, seconds=-1))
    assert notices(feed(moved)) == first
    compiled(moved, MOVE + timedelta(days=365))
    assert notices(feed(moved)) == []
    compiled(moved, MOVE + timedelta(days=366))
    assert notices(feed(moved)) == []


def test_a_compile_that_knows_nothing_of_the_one_before_says_the_same(moved: Path, tmp_path: Path) -> None:
    """What was published tells since when: from the folder of another machine, nothing is said anew."""
    again = MOVE + timedelta(days=3)
    other = lay(
        tmp_path / "other", {"coopcal.yaml": MOVED, "feeds/few.yaml": (moved / "feeds/few.yaml").read_text()}
    )
    memory = tmp_path / "published"
    memory.mkdir()
    (memory / "site.json").write_bytes(client(moved, MOVE).get("/site.json").data)
    compiled(other, again, previous=str(memory))

    assert feed(other, now=again) == feed(moved, now=again)


def test_the_last_of_several_moves_is_told(moved: Path) -> None:
    """Under the same UID, with a later stamp."""
    [first] = notices(feed(moved))
    third = "https://third.example"
    lay(
        moved,
        {
            "coopcal.yaml": MOVED.replace(f"base_url: {NEW}", f"base_url: {third}").replace(
                "['", f"['{NEW}', '"
            )
        },
    )
    compiled(moved, MOVE + timedelta(days=30))
    [second] = notices(feed(moved))

    assert f"{NEW}/feeds/all.ics" in value(second, "DESCRIPTION")
    assert f"{third}/feeds/all.ics" in value(second, "DESCRIPTION")
    assert value(second, "SEQUENCE") > value(first, "SEQUENCE")
    assert value(second, "UID") == value(first, "UID") == NOTICE


def test_subscribers_of_both_addresses_hold_the_same_and_nothing_twice(tmp_path: Path) -> None:
    """One who subscribed before the move at the former address, one after it at the new one; both see later changes."""
    root = lay(tmp_path)
    compiled(root)
    at_old, at_new = Evolution(), Evolution()
    at_old.refresh(feed(root, now=NOW))
    before = set(at_old.stored)
    lay(root, {"coopcal.yaml": MOVED})
    compiled(root, MOVE)
    for step in range(2):
        at_old.refresh(feed(root, host="calendars.example.coop"))
        at_new.refresh(feed(root, host="events.valley.example"))
        held = [
            sorted(str(event["UID"]) for event in Calendar.from_ical(one.shown()).walk("VEVENT"))
            for one in (at_old, at_new)
        ]

        assert held[0] == held[1] == sorted(before | {NOTICE})
        assert at_old.shown() == at_new.shown()
        bakery = root / "calendars/bakery.yaml"
        bakery.write_text(bakery.read_text().replace("Open day", f"Open day {step}"))
        compiled(root, MOVE + timedelta(hours=step + 1))
