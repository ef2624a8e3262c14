"""The log of changes, and the Atom feeds that are made of it."""

from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.support.diffs import BAKERY, EDITS, Edit, tree
from tests.support.trees import NOW, compiled
from werkzeug.test import Client

from coopcal.model.facts import Facts
from coopcal.site.memory import MEMORY, of_json
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
MOVED = EDITS[0]
LATER = NOW + timedelta(hours=1)


def atom(root: Path, feed: str, language: str | None = None) -> ET.Element:
    """Return a feed's changes, held against what RFC 4287 asks for."""
    content = open_site(root / "_site").changes[feed, language].bodies["identity"].content
    document = ET.fromstring(content)
    assert document.tag == f"{ATOM}feed"
    ids = [each.text for each in document.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    updated = datetime.fromisoformat(document.findtext(f"{ATOM}updated") or "")
    for each in (document, *document.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, (each.tag, name)
            assert (each.findtext(f"{ATOM}{name}") or "").strip()
        assert each.findtext(f"{ATOM}author/{ATOM}name")
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated") or "") <= updated
        kinds = [(link.get("rel"), link.get("type")) for link in each.findall(f"{ATOM}link")]
        assert ("alternate", "text/html") in kinds
        assert len(kinds) == len(set(kinds))
    assert [link.get("href", "").startswith("https://") for link in document.iter(f"{ATOM}link")].count(
        False
    ) == 0
    return document


def told(root: Path, feed: str, language: str | None = None) -> list[str]:
    return [
        each.findtext(f"{ATOM}content") or "" for each in atom(root, feed, language).findall(f"{ATOM}entry")
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a tree that has been compiled."""
    found = tree(tmp_path / "tree")
    compiled(found)
    return found


def test_what_a_compile_changes_stands_in_the_feeds_that_it_touches(root: Path) -> None:
    """In each language, and nowhere else; compiled again it changes no byte."""
    assert told(root, "bakery") == []
    MOVED.make(root)
    compiled(root, LATER)
    version = open_site(root / "_site").version

    assert told(root, "bakery") == told(root, "assemblies") == told(root, "all")
    assert told(root, "bakery")[0].startswith("Moved from Saturday 24 October 2026")
    assert told(root, "bakery", "fr")[0].startswith("Déplacé")
    assert told(root, "mill") == []
    compiled(root, LATER)
    assert open_site(root / "_site").version == version


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_facts_are_read_as_they_were_written(edit: Edit, root: Path) -> None:
    """And the feeds of every edit are sound, with nothing of what is hidden in them or in site.json."""
    edit.make(root)
    compiled(root, LATER)
    site = open_site(root / "_site")
    facts = of_json(site.site_json).facts
    assert facts is not None

    assert MEMORY.read(Facts, MEMORY.write(Facts, facts)) == facts
    for (feed, language), entry in site.changes.items():
        atom(root, feed, language)
        assert b"Secret" not in entry.bodies["identity"].content
    assert b"Secret" not in site.site_json
    assert b"wages" not in site.site_json


def test_entries_fall_out_by_age_and_updated_stays_monotone(root: Path) -> None:
    """After 90 days; the site says when it is to be compiled again."""
    MOVED.make(root)
    compiled(root, LATER)
    ends = LATER + timedelta(days=90)
    assert open_site(root / "_site").manifest.good_until is not None
    compiled(root, ends - timedelta(seconds=1))
    assert open_site(root / "_site").manifest.good_until == ends
    assert len(told(root, "bakery")) == 1
    before = atom(root, "bakery").findtext(f"{ATOM}updated") or ""
    compiled(root, ends)

    assert told(root, "bakery") == []
    assert (atom(root, "bakery").findtext(f"{ATOM}updated") or "") > before


def test_a_feed_keeps_two_hundred_entries(root: Path) -> None:
    """The newest ones."""
    events = "".join(
        f"  - {{id: e{number}, title: Event {number}, when: 2026-11-01}}\n" for number in range(250)
    )
    mill = root / "calendars/mill.yaml"
    mill.write_text(mill.read_text(encoding="utf-8") + events, encoding="utf-8")
    compiled(root, LATER)

    assert len(told(root, "mill")) == 200
    MOVED.make(root)
    compiled(root, LATER + timedelta(hours=1))
    assert told(root, "all")[0].startswith("Moved")


def test_what_is_hidden_later_leaves_the_log(root: Path) -> None:
    """Of an event that is for members now, no word stays."""
    MOVED.make(root)
    compiled(root, LATER)
    Edit("hide", ((BAKERY, "tags: [assembly]\n", "tags: [assembly]\n    visibility: members\n"),)).make(root)
    compiled(root, LATER + timedelta(hours=1))

    assert told(root, "bakery") == []
    assert b"General assembly" not in open_site(root / "_site").site_json


def test_a_former_feed_and_a_closed_clock(root: Path) -> None:
    """A feed keeps its ids and entries under a new name; an earlier instant does not go back."""
    MOVED.make(root)
    compiled(root, LATER)
    before = [each.text for each in atom(root, "assemblies").iter(f"{ATOM}id")]
    text = (root / "feeds/assemblies.yaml").read_text(encoding="utf-8")
    (root / "feeds/assemblies.yaml").unlink()
    (root / "feeds/meetings.yaml").write_text(f"{text}formerly: [assemblies]\n", encoding="utf-8")
    compiled(root, NOW)

    assert [each.text for each in atom(root, "meetings").iter(f"{ATOM}id")] == before
    assert told(root, "assemblies") == told(root, "meetings")


def test_it_is_served_as_feeds_are(root: Path) -> None:
    """Type, validators, CORS, in each language; the feed's page names it; an unknown language is not found."""
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    answer = client.get("/feeds/bakery/changes.atom")
    again = client.get("/feeds/bakery/changes.atom", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in answer.headers["Cache-Control"]
    assert again.status_code == 304
    for language, status in (("fr", 200), ("en", 200), ("xx", 404)):
        assert client.get(f"/feeds/bakery/changes.{language}.atom").status_code == status
    page = client.get("/feeds/bakery/").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert page.count("/feeds/bakery/changes.atom") == 2
