"""Private feeds: they show what they are for, and nothing that is public is made of it."""

import re
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from obstore.store import MemoryStore
from tests.support.published import AT_ONCE, publication
from tests.support.trees import NOW, SITE, compiled, lay

from coopcal.compile.kept import Kept
from coopcal.compile.pipeline import compile_preview, compile_site
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.publish import publish
from coopcal.site.layout import MANIFEST, current_version
from coopcal.site.manifest import Manifest
from coopcal.site.private import body_of, private_feeds, private_memory
from coopcal.site.stored import STORED
from coopcal.site.tokens import Openings

GROUPS = f"{SITE}groups: [board, staff]\n"
BAKERY = """\
name: The Bakery
country: BE
email: office@bakery.example
events:
  - {id: fair, title: Fair, when: 2026-09-12, tags: [market], online: {url: "https://meet.example/fair", for: members}}
  - id: board
    title: Board of the bakery
    when: 2026-09-13 10:00/12:00
    visibility: board
    public_shows: busy
    documents: [{label: Agenda, file: agenda.pdf}]
  - {id: party, title: Party, when: 2026-09-14, visibility: members, tags: [market]}
  - id: week
    title: Open week
    when: 2026-09-21/2026-09-25
    sessions:
      - {id: night, title: Staff night, when: 2026-09-22, visibility: staff}
  - id: walk
    title: Walk
    when: 2026-09-01 19:00/20:00
    visibility: board
    repeats: {every: week, count: 4, changes: {2026-09-08: {title: Long walk}}}
  - {id: draft, title: Draft of the board, when: 2026-09-30, visibility: board, draft: true}
  - {id: later, title: Waits, when: 2026-09-30, visibility: board, publish_from: 2026-07-01}
"""
DAIRY = """\
name: The Dairy
country: BE
events:
  - {id: milk, title: Board of the dairy, when: 2026-10-01, visibility: board}
  - {id: cheese, title: Cheese, when: 2026-10-02}
"""
FILES = {
    "coopcal.yaml": GROUPS,
    "calendars/bakery.yaml": BAKERY,
    "calendars/dairy.yaml": DAIRY,
    "calendars/agenda.pdf": "%PDF-1.4 secret meeting",
}
PUBLIC = {"Fair", "Open week", "Cheese"}


def edit(root: Path, files: dict[str, str]) -> None:
    """Write some files anew."""
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")


def titles(root: Path, feed: str, translation: str | None = None) -> set[str]:
    return {str(event["SUMMARY"]).partition(": ")[2] for event in events(root, feed, translation)}


def stamps_of(root: Path, feed: str) -> dict[str, datetime]:
    """Return when each event of a feed last changed, by UID."""
    return {str(event["UID"]): event["LAST-MODIFIED"].dt for event in events(root, feed)}


def events(root: Path, feed: str, translation: str | None = None) -> list[Any]:
    return Calendar.from_ical(content(root, feed, translation)).walk("VEVENT")


def content(root: Path, feed: str, translation: str | None = None) -> bytes:
    version = current_version(root / "_site")
    calendar = private_feeds(version)[feed].calendar(translation)
    assert calendar is not None
    return body_of(version, calendar)


def public_files(root: Path) -> dict[str, bytes]:
    """Return the files of a version that are public, and what its manifest says of these."""
    version = current_version(root / "_site")
    paths = (path for path in (version / "public").rglob("*") if path.is_file())
    files = {str(path.relative_to(version)): path.read_bytes() for path in paths}
    manifest = STORED.loads(Manifest, (version / MANIFEST).read_bytes())
    return {**files, "told": f"{manifest.told_until} {manifest.public}".encode()}


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        ("{groups: [board]}", {"Board of the bakery", "Board of the dairy", "Walk", "Long walk"}),
        ("{groups: [members]}", {"Party", "Busy"}),
        ("{groups: [staff]}", {"Staff night", "Busy"}),
        ("{groups: [board], organisations: [dairy]}", {"Board of the dairy", "Busy"}),
        (
            "{groups: [members, board], organisations: [bakery]}",
            {"Board of the bakery", "Party", "Walk", "Long walk"},
        ),
        ("{organisations: [bakery]}", {"Board of the bakery", "Party", "Staff night", "Walk", "Long walk"}),
        ("{organisations: [dairy]}", {"Board of the dairy", "Busy"}),
    ],
)
def test_a_private_feed_shows_what_is_public_and_what_it_is_for(
    audience: str, shown: set[str], tmp_path: Path
) -> None:
    """And no draft, nothing before its day, and nothing of other groups but that they are busy."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": f"title: Own\nfor: {audience}\n"})
    compiled(root)

    assert titles(root, "own") == PUBLIC | shown


def test_it_selects_as_others_do(tmp_path: Path) -> None:
    """What is hidden has to fit, too."""
    feed = "title: Own\nfor: {groups: [members]}\nselect: {tags: [market]}\n"
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": feed})
    compiled(root)

    assert titles(root, "own") == {"Fair", "Party"}
    assert titles(root, "own", "fr") == {"Fair", "Party"}


def test_what_waits_for_its_day_comes_when_it_is_there(tmp_path: Path) -> None:
    """The site is to be compiled anew then, and nobody is told."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    compiled(root)
    manifest = STORED.loads(Manifest, (current_version(root / "_site") / MANIFEST).read_bytes())
    assert manifest.good_until is not None
    assert f"{manifest.good_until:%Y-%m-%d}" == "2026-06-30"
    assert manifest.told_until is None or manifest.told_until > manifest.good_until
    compiled(root, manifest.good_until)

    assert "Waits" in titles(root, "own")


def test_it_says_no_address_of_its_own_and_none_of_what_is_hidden(tmp_path: Path) -> None:
    """Pages and files of hidden events are not there; those of public ones are."""
    feed = "title: Own\nfor: {organisations: [bakery]}\nclosed: {on: 2026-05-01}\n"
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": feed})
    compiled(root)
    body = content(root, "own").decode().replace("\r\n ", "")

    assert "SOURCE" not in body
    assert "/private/" not in body
    assert "agenda.pdf" not in body
    assert "/feeds/own" not in body
    pages = set(re.findall(r"https://calendars\.example\.coop(/\S*)", body))
    assert pages == {"/events/bakery/fair/", "/events/bakery/week/", "/events/dairy/cheese/"}
    assert "closed.own@" in body


def test_members_are_told_where_they_meet_online(tmp_path: Path) -> None:
    """Others are told that it is for members."""
    feeds = {
        "feeds/own.yaml": "title: Own\nfor: {groups: [members]}\n",
        "feeds/board.yaml": "title: Board\nfor: {groups: [board]}\n",
    }
    root = lay(tmp_path, {**FILES, **feeds})
    compiled(root)

    assert b"https://meet.example/fair" in content(root, "own")
    assert b"https://meet.example/fair" not in content(root, "board")


def test_nothing_public_depends_on_private_words(tmp_path: Path) -> None:
    """Not a byte, not a stamp, not an instant that is told: with other words, other feeds, or none of these."""
    root = lay(tmp_path / "one", {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    other = lay(tmp_path / "other", FILES)
    for number in range(3):
        now = NOW + timedelta(days=number)
        text = BAKERY.replace("Board of", f"Meeting {number} in").replace("Walk", f"Run {number}")
        edit(
            root,
            {
                "calendars/bakery.yaml": text,
                "feeds/own.yaml": f"title: Own {number}\nfor: {{groups: [board]}}\n",
            },
        )
        compiled(root, now)
        compiled(other, now)

        assert public_files(root) == public_files(other)


def test_stamps_stay_until_something_differs(tmp_path: Path) -> None:
    """They are kept in the private part, in whatever way the next compile begins; a public event has one stamp everywhere."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    compiled(root)
    first = content(root, "own")
    shutil.rmtree(root / ".coopcal")
    compiled(root, NOW + timedelta(days=1))
    assert content(root, "own") == first
    edit(root, {"calendars/bakery.yaml": BAKERY.replace("Walk", "Run")})
    later = NOW + timedelta(days=2)
    compiled(root, later)

    stamps = stamps_of(root, "own")
    assert {uid.partition(".")[0] for uid, moment in stamps.items() if moment == later} == {"walk"}
    assert {moment for uid, moment in stamps.items() if not uid.startswith("walk")} == {NOW}
    edit(root, {"calendars/bakery.yaml": BAKERY, "feeds/own.yaml": "title: Own\nfor: {groups: [staff]}\n"})
    compiled(root, later + timedelta(days=1))
    edit(root, {"feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    compiled(root, later + timedelta(days=2))
    again = stamps_of(root, "own")
    assert all(again[uid] >= moment for uid, moment in stamps.items())


def test_nobody_but_the_owner_reads_the_private_part(tmp_path: Path) -> None:
    """Folders and files of it, also in a site that holds sources, and after a compile that makes nothing anew."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    edit(root, {"coopcal.yaml": f"{GROUPS}on_error: hold\n"})
    compiled(root)
    compiled(root, NOW + timedelta(minutes=1))
    private = current_version(root / "_site") / "private"

    modes = {stat.S_IMODE(path.stat().st_mode) for path in private.rglob("*") if path.is_file()}
    assert modes == {0o600}
    folders = [path for path in (private, *private.rglob("*")) if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_a_damaged_private_part_is_not_taken_for_what_was_shown(tmp_path: Path) -> None:
    """Stamps begin anew, later than all before; nothing else is harmed."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    compiled(root)
    memory = current_version(root / "_site") / "private/_feeds/own.json"
    memory.write_bytes(memory.read_bytes().replace(b"walk", b"talk"))

    assert private_memory(root / "_site") == {}
    compiled(root, NOW + timedelta(days=1))
    stamps = stamps_of(root, "own")
    assert stamps["walk.bakery@example.coop"] == NOW + timedelta(days=1)


def test_an_organisation_that_is_held_keeps_what_it_showed_in_private(tmp_path: Path) -> None:
    """Its last good events are those of private feeds, too, and other organisations go on."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"})
    edit(root, {"coopcal.yaml": f"{GROUPS}on_error: hold\n"})
    compiled(root)
    edit(root, {"calendars/bakery.yaml": BAKERY + "  - {id: x}\n"})
    edit(root, {"calendars/dairy.yaml": DAIRY.replace("Board of", "Council of")})
    assert compile_site(root, root / "_site", NOW + timedelta(days=1)).published
    assert {"Board of the bakery", "Council of the dairy"} <= titles(root, "own")


def test_a_bucket_has_no_word_of_it(tmp_path: Path) -> None:
    """What is published is the public part, and what it says of itself."""
    root = lay(tmp_path, {**FILES, "feeds/own.yaml": "title: Hushhush\nfor: {groups: [board]}\n"})
    compiled(root)
    store = MemoryStore()
    publish(Bucket(store, "memory://"), publication(root), AT_ONCE)
    found = [bytes(store.get(one["path"]).bytes()) for part in store.list() for one in part]

    assert found
    for word in (b"Hushhush", b"Long walk", b"Board of the", b"/_feeds", b"secret meeting"):
        assert not [body for body in found if word in body]


def test_the_move_of_a_site_is_told_in_private_feeds_once(tmp_path: Path) -> None:
    """Without the address of the feed, which is secret, and with one stamp."""
    files = {**FILES, "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n"}
    root = lay(tmp_path, files)
    compiled(root)
    before = stamps_of(root, "own")
    edit(
        root,
        {
            "coopcal.yaml": GROUPS.replace("calendars.example", "new.example")
            + "also_at: [https://calendars.example.coop]\n"
        },
    )
    for day in (1, 2):
        compiled(root, NOW + timedelta(days=day))

    stamps = stamps_of(root, "own")
    (moved,) = stamps.keys() - before.keys()
    assert moved.startswith("moved--own@")
    assert stamps[moved] == NOW + timedelta(days=1)
    body = content(root, "own").decode().replace("\r\n ", "")
    assert "https://new.example.coop in place of https://calendars.example.coop" in body
    assert "/private/" not in body
    assert "/feeds/own" not in body


def test_a_preview_shows_what_a_compile_would(tmp_path: Path) -> None:
    """With what is kept from save to save, and with the tokens of now."""
    tokens = "own:\n  - sha256: {}\n"
    files = {
        "feeds/own.yaml": "title: Own\nfor: {groups: [board]}\n",
        "tokens.yaml": tokens.format("ab" * 32),
    }
    root = lay(tmp_path / "root", {**FILES, **files})
    compiled(root)
    kept, aside = Kept(), tmp_path / "aside/site"
    changed = BAKERY.replace("Walk", "Run")
    for number, (text, token) in enumerate(
        ((BAKERY, "ab"), (changed, "ab"), (changed, "cd"), (BAKERY, "cd"))
    ):
        edit(root, {"calendars/bakery.yaml": text, "tokens.yaml": tokens.format(token * 32)})
        now = NOW + timedelta(hours=number + 1)
        cold = tmp_path / f"cold-{number}/_site"
        shutil.copytree(root / "_site", cold)

        assert compile_preview(root, root / "_site", aside, now, kept).published
        assert compile_site(root, cold, now).published
        assert shown(aside) == shown(cold)
        assert Openings(aside).now() == Openings(cold).now()
        assert Openings(aside).now()[0].sha256 == token * 32


def shown(out: Path) -> dict[tuple[str, str | None], bytes]:
    """Return the calendars of all private feeds of a site."""
    version = current_version(out)
    feeds = private_feeds(version).values()
    return {(feed.id, one.translation): body_of(version, one) for feed in feeds for one in feed.calendars}
