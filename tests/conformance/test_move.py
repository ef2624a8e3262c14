"""A site moves to another domain: whoever subscribed, at either address, in public or in private, holds the same and nothing twice."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support import occurrences
from tests.support.clients import Client as Subscriber
from tests.support.clients import Evolution, value
from tests.support.libical import Row
from tests.support.lint import faults
from tests.support.openings import put_openings
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.site.tokens import Opening
from coopcal.web import create_app

OLD, NEW = "old.example.coop", "calendars.new.example"
SITE = """\
title: {{en: Valley, fr: Vallée}}
uid_domain: old.example.coop
base_url: https://{0}
languages: [en, fr]
timezone: Europe/Brussels
groups: [board]
{1}
"""
MILL = """\
name: The Mill
formerly: [watermill]
country: BE
events:
  - {id: fair, formerly: [market], title: Fair, when: 2026-09-12, where: {city: Ghent, country: BE}}
  - id: choir
    title: Choir
    when: 2026-06-02 19:00/21:00
    repeats: {every: week, count: 20, except: [2026-06-16], changes: {2026-06-23: {when: 2026-06-24 18:00/20:00}}}
  - {id: course, title: Course, when: [2026-10-01 10:00/12:00, 2026-10-08 10:00/12:00]}
  - id: camp
    title: Camp
    when: 2026-07-10/2026-07-12
    sessions: [{id: opening, title: Opening, when: 2026-07-10 10:00/11:00}]
  - {id: board, title: Board, when: 2026-09-14 18:00/19:00, visibility: board}
"""
FILES = {
    "calendars/bakery.yaml": "name: The Bakery\ncountry: BE\n",
    "calendars/mill.yaml": MILL,
    "feeds/inner.yaml": "title: Inner\nfor: {groups: [board]}\n",
}
READERS = {
    "ical.js": occurrences.by_ical_js,
    "libical": occurrences.by_libical,
    "recurring-ical-events": occurrences.by_recurring_ical_events,
}
READ = [pytest.param(name, marks=pytest.mark.node if name == "ical.js" else ()) for name in READERS]
MOVE, EDIT = NOW + timedelta(days=7), NOW + timedelta(days=8)


def site(host: str, former: str = "") -> str:
    return SITE.format(host, f"also_at: [https://{former}]" if former else "")


class Sites:
    """The site as it was, as it moved, and after an edit; each gives a feed at a host, or a private one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        lay(root, {**FILES, "coopcal.yaml": site(OLD)})

    def public(self, host: str, path: str = "/feeds/all.ics") -> bytes:
        """Fetch a feed at a host, without following anything."""
        client = Client(create_app(LiveSite(self.root / "_site"), lambda: NOW))
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 200
        feed: bytes = answer.data
        assert faults(feed) == []
        return feed

    def private(self, host: str) -> bytes:
        """Fetch the private feed at its secret address, below a host."""
        put_openings(self.root / "_site", (Opening("inner", hashlib.sha256(b"secret").hexdigest()),))
        client = Client(create_app(LiveSite(self.root / "_site"), lambda: NOW))
        answer = client.get("/private/secret/inner.ics", base_url=f"https://{host}")
        assert answer.status_code == 200
        feed: bytes = answer.data
        return feed

    def move(self) -> None:
        """Give it the new address."""
        lay(self.root, {**FILES, "coopcal.yaml": site(NEW, OLD)})
        compiled(self.root, MOVE)

    def edit(self) -> None:
        """Change an event afterwards."""
        lay(
            self.root,
            {
                **FILES,
                "coopcal.yaml": site(NEW, OLD),
                "calendars/mill.yaml": MILL.replace("title: Fair", "title: Great fair"),
            },
        )
        compiled(self.root, EDIT)


def walked(root: Path) -> dict[str, Subscriber]:
    """Return subscribers after a whole move: of the former address from before it, of the new one, of a former id, and in private."""
    sites = Sites(root)
    compiled(root)
    fetch: dict[str, Callable[[], bytes]] = {
        "old": lambda: sites.public(OLD),
        "old, by a former id": lambda: sites.public(OLD, "/feeds/watermill.ics"),
        "new": lambda: sites.public(NEW),
        "private": lambda: sites.private(OLD),
        "private, at the new one": lambda: sites.private(NEW),
    }
    subscribers: dict[str, Subscriber] = {name: Evolution() for name in fetch}
    for name in ("old", "old, by a former id", "private"):
        subscribers[name].refresh(fetch[name]())
    for step in (sites.move, sites.edit):
        step()
        for name, subscriber in subscribers.items():
            subscriber.refresh(fetch[name]())
    return subscribers


@pytest.fixture(scope="module")
def subscribers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Subscriber]:
    return walked(tmp_path_factory.mktemp("moved"))


def told(rows: list[Row]) -> list[tuple[object, ...]]:
    """Return what takes place, without what calendars say of themselves, and by titles without whose they are."""
    return sorted(
        (row[0], row[1], row[2], row[4].replace("The Mill: ", "")) for row in rows if "--" not in row[0]
    )


@pytest.mark.parametrize("reader", READ)
def test_all_hold_the_same_dates_and_nothing_twice(subscribers: dict[str, Subscriber], reader: str) -> None:
    """By three readers that we did not write; the board's date is in private alone."""
    names = list(subscribers)
    read = dict(zip(names, READERS[reader]([one.shown() for one in subscribers.values()]), strict=True))
    held = {name: told(rows) for name, rows in read.items()}

    assert len(held["old"]) > 20
    assert held["old"] == held["new"] == held["old, by a former id"]
    assert held["private"] == held["private, at the new one"]
    assert [row for row in held["private"] if row not in held["new"]] == [
        row for row in held["private"] if row[3] == "Board"
    ]
    assert [row for row in held["new"] if row not in held["private"]] == []
    for rows in held.values():
        assert [row for row, count in Counter(row[:2] for row in rows).items() if count > 1] == []
        assert {"Great fair"} == {row[3] for row in rows if "air" in str(row[3])}


def test_no_uid_changed_and_each_is_there_once(subscribers: dict[str, Subscriber], tmp_path: Path) -> None:
    """Those of the site that did not move, and one that says where the calendar is now."""
    sites = Sites(tmp_path)
    compiled(tmp_path)
    still = Evolution()
    still.refresh(sites.public(OLD))

    assert subscribers["old"].stored.keys() - still.stored.keys() == {"moved--all@old.example.coop"}
    assert still.stored.keys() <= subscribers["new"].stored.keys()
    assert subscribers["old"].shown() == subscribers["new"].shown()


def test_the_private_feed_says_so_without_an_address_that_is_secret(tmp_path: Path) -> None:
    """Once, with the same stamp in every compile; and nothing of it stands in public."""
    sites = Sites(tmp_path)
    compiled(tmp_path)
    sites.move()
    moved = Evolution()
    moved.refresh(sites.private(OLD))
    [notice] = moved.stored["moved--inner@old.example.coop"]
    sites.edit()
    again = Evolution()
    again.refresh(sites.private(NEW))

    assert again.stored["moved--inner@old.example.coop"] == [notice]
    assert f"https://{NEW}" in value(notice, "DESCRIPTION")
    assert value(notice, "URL") == ""
    assert "private" not in notice.decode()
    assert b"inner" not in sites.public(NEW)
