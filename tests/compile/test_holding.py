"""``on_error: hold``: one organisation's mistake keeps no other from being published."""

import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.trees import BAKERY, NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.cli import main
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.model.problem import Severity
from coopcal.site.reader import LiveSite, Site, open_site
from coopcal.web import create_app

HOLD = SITE + "on_error: hold\n"
MILL = """\
name: The Mill
country: BE
events:
  - id: flour-day
    title: Flour day
    when: 2026-09-20
    documents: [{label: Agenda, file: agenda.pdf}]
"""
BROKEN = MILL.replace("2026-09-20", "2026-02-31").replace("Flour day", "Secret merger")
BETTER = BAKERY.replace("General assembly", "Annual assembly")
LATER = NOW + timedelta(days=1)
LAST = NOW + timedelta(days=2)


def good(tmp_path: Path) -> Path:
    """Return the root of a compiled site of two organisations, of which one has a document."""
    root = lay(tmp_path, {"coopcal.yaml": HOLD, "calendars/mill.yaml": MILL, "calendars/agenda.pdf": "old"})
    compiled(root)
    return root


def again(root: Path, now: object = LATER, files: dict[str, str] | None = None) -> Outcome:
    for path, text in (files or {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return compile_site(root, root / "_site", now)


def errors(outcome: Outcome) -> list[tuple[str, int, str]]:
    found = [each for each in outcome.problems if each.severity is Severity.ERROR]
    return [(each.position.path, each.position.line, each.code) for each in found]


def feed(site: Site, name: str) -> bytes:
    return site.feeds[name].bodies["identity"].content


def test_what_has_errors_keeps_every_byte_and_all_else_is_published(tmp_path: Path) -> None:
    """DTSTAMP, ETag and the document too, though that is gone from the sources."""
    root = good(tmp_path)
    before = open_site(root / "_site")
    (root / "calendars/agenda.pdf").unlink()
    outcome = again(root, files={"calendars/mill.yaml": BROKEN, "calendars/bakery.yaml": BETTER})
    after = open_site(root / "_site")

    assert outcome.published
    assert errors(outcome) == [
        ("calendars/mill.yaml", 6, "no-such-day"),
        ("calendars/mill.yaml", 7, "no-such-file"),
    ]
    assert feed(after, "mill") == feed(before, "mill")
    assert after.feeds["mill"].bodies["br"].etag == before.feeds["mill"].bodies["br"].etag
    assert after.documents["mill/flour-day/agenda.pdf"].read_text() == "old"
    assert b"Annual assembly" in feed(after, "bakery")
    assert b"Flour day" in feed(after, "all")
    [held] = outcome.held
    assert (held.organisation, held.since, held.errors, held.shown) == ("mill", LATER, 2, True)


def test_it_is_held_since_the_first_time_and_the_same_gives_the_same_bytes(tmp_path: Path) -> None:
    """Twice with the same instant: the same version; a day after: still since the first."""
    root = good(tmp_path)
    first = again(root, files={"calendars/mill.yaml": BROKEN})
    same = again(root)
    later = again(root, LAST)
    mended = again(root, LAST + timedelta(days=1), {"calendars/mill.yaml": MILL.replace("Flour", "Bread")})

    assert first.version == same.version
    assert [held.since for held in later.held] == [LATER]
    assert mended.held == ()
    assert b"Bread day" in feed(open_site(root / "_site"), "mill")


def test_what_was_never_published_is_left_out(tmp_path: Path) -> None:
    """And told; an organisation that names it is held, as its event would lead nowhere."""
    root = good(tmp_path)
    naming = BETTER.replace("  - id: open-day\n", "  - id: open-day\n    partners: [shop]\n")
    outcome = again(root, files={"calendars/shop.yaml": BROKEN.replace("The Mill", "The Shop")})
    both = again(root, LAST, {"calendars/bakery.yaml": naming})

    assert [(held.organisation, held.shown) for held in outcome.held] == [("shop", False)]
    assert "shop" not in open_site(root / "_site").feeds
    assert [(held.organisation, held.shown) for held in both.held] == [("bakery", True), ("shop", False)]
    assert b"General assembly" in feed(open_site(root / "_site"), "bakery")


def test_a_file_that_cannot_be_read_at_all_is_held(tmp_path: Path) -> None:
    """Broken syntax, a wrong ending, a folder in place of the file: its events do not count as gone."""
    root = good(tmp_path)
    syntax = again(root, files={"calendars/mill.yaml": "name: [The Mill\n"})
    (root / "calendars/mill.yaml").rename(root / "calendars/mill.yml")
    ending = again(root, LAST)

    assert [held.organisation for held in syntax.held] == ["mill"]
    assert ("calendars/mill.yml", 1, "wrong-ending") in errors(ending)
    assert [held.organisation for held in ending.held] == ["mill"]
    assert b"Flour day" in feed(open_site(root / "_site"), "mill")


def test_an_event_that_is_gone_is_held(tmp_path: Path) -> None:
    """A rule that looks at what was published blames the organisation in whose file it is told."""
    root = good(tmp_path)
    outcome = again(root, files={"calendars/mill.yaml": "name: The Mill\ncountry: BE\n"})

    assert errors(outcome) == [("calendars/mill.yaml", 1, "event-gone")]
    assert b"Flour day" in feed(open_site(root / "_site"), "mill")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("coopcal.yaml", HOLD + "timezone: Europe/Brussels\n"),
        ("coopcal.yaml", HOLD.replace("languages: [en, fr]", "languages: [xx1]")),
        ("feeds/more.yaml", "title: More\nselect: {organisations: [nobody]}\n"),
    ],
)
def test_errors_of_the_site_and_of_feeds_stop(tmp_path: Path, path: str, text: str) -> None:
    """Whatever else is held."""
    root = good(tmp_path)
    outcome = again(root, files={path: text, "calendars/mill.yaml": BROKEN})

    assert not outcome.published
    assert path in {where for where, _, _ in errors(outcome)}
    assert outcome.held == ()


def test_what_is_held_must_keep_to_the_settings_of_now(tmp_path: Path) -> None:
    """A tag that the site dropped is an error in what was good; both are told."""
    tagged = MILL + "    tags: [food]\n"
    root = lay(
        tmp_path,
        {
            "coopcal.yaml": HOLD + "tags: [food, open-doors]\n",
            "calendars/mill.yaml": tagged,
            "calendars/agenda.pdf": "x",
        },
    )
    compiled(root)
    outcome = again(
        root, files={"coopcal.yaml": HOLD + "tags: [open-doors]\n", "calendars/mill.yaml": BROKEN}
    )

    assert not outcome.published
    assert errors(outcome) == [
        ("calendars/mill.yaml", 1, "cannot-hold"),
        ("calendars/mill.yaml", 6, "no-such-day"),
    ]
    [told] = [each.message for each in outcome.problems if each.code == "cannot-hold"]
    assert "food" in told
    assert "line 8" in told


def test_without_kept_sources_nothing_is_held(tmp_path: Path) -> None:
    """Where only ``--previous`` tells what was published, compile stops and says so."""
    root = good(tmp_path)
    (root / "_site").rename(root / "_old")
    lay(root, {"coopcal.yaml": HOLD, "calendars/mill.yaml": BROKEN})
    outcome = compile_site(root, root / "_site", LATER, previous=str(root / "_old"))

    assert not outcome.published
    assert ("calendars/mill.yaml", 1, "cannot-hold") in errors(outcome)
    assert not (root / "_site/current").exists()


def test_hidden_events_are_kept_where_nobody_else_reads(tmp_path: Path) -> None:
    """And are in no file that is public; with ``on_error: stop`` nothing is kept."""
    root = good(tmp_path)
    again(root, files={"calendars/mill.yaml": BROKEN})
    version = root / "_site/versions" / open_site(root / "_site").version
    holding = [
        file.relative_to(version)
        for file in version.rglob("*")
        if file.is_file() and b"Secret" in file.read_bytes()
    ]
    again(root, LAST, {"coopcal.yaml": SITE, "calendars/mill.yaml": MILL})
    stopping = root / "_site/versions" / open_site(root / "_site").version

    assert holding == [Path("private/bakery/calendars/bakery.yaml")]
    assert stat.S_IMODE((version / "private").stat().st_mode) == 0o700
    assert not (stopping / "private").exists()


def test_the_command_the_page_and_readyz_say_it(tmp_path: Path) -> None:
    """Exit code 1; the page has no word of technical reasons, and ``/readyz`` quotes nothing of the sources."""
    root = good(tmp_path)
    named = BROKEN.replace("when: 2026-02-31", "when: Secret merger")
    (root / "calendars/mill.yaml").write_text(named, encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(root), "compile", "--now", LATER.isoformat()])
    client = Client(create_app(LiveSite(root / "_site"), lambda: LATER))
    page = client.get("/organisations/mill/").text
    ready = client.get("/readyz").json

    assert done.exit_code == 1
    assert (
        "“mill” is held as it was last good, since 2026-06-02 12:00 UTC: 1 error, the first in calendars/mill.yaml:6:11"
        in done.stderr
    )
    assert "Published 3 events" in done.stdout
    assert "Changes after Tuesday 2 June 2026 are not shown here yet." in page
    assert "calendars/" not in re.sub(r"https://calendars\S*", "", page)
    assert "not shown here" not in client.get("/organisations/bakery/").text
    assert "<dt>The Mill</dt><dd>Changes after Tuesday 2 June" in client.get("/feeds/all/").text
    assert "not shown here" not in client.get("/feeds/bakery/").text
    assert ready is not None
    [held] = ready["held"]
    assert (held["organisation"], held["since"], held["errors"]) == ("mill", "2026-06-02T12:00:00+00:00", 1)
    assert held["place"] == "calendars/mill.yaml:6:11"
    assert set(held) == {"organisation", "since", "shown", "errors", "place", "code"}
    assert held["code"] == "bad-when"


@pytest.mark.parametrize(
    "wrong",
    ["when: 2026-02-31 Zebra", "when: 2026-09-01\n    timezone: Zebra/City", "when: 2026-09-01\n    tags: [Zebra “Zebra” Zebra]",
     "when: 2026-09-01\n    where: {country: Zebra}", "when: 2026-09-01\n    zebra: 1", "when: [2026-09-01, Zebra]",
     "when: 2026-09-01\n    series: Zebra Zebra", "when: 2026-09-01\n    organisers: [zebra]", "when: '2026-09-01\n    Zebra"],
)  # fmt: skip
def test_nothing_of_a_hidden_event_is_told(tmp_path: Path, wrong: str) -> None:
    """Neither by ``/readyz`` nor by a page, whatever the message of its first error quotes."""
    root = good(tmp_path)
    hidden = f"{MILL}  - id: hidden\n    title: Zebra\n    visibility: members\n    {wrong}\n"
    outcome = again(root, files={"calendars/mill.yaml": hidden})
    client = Client(create_app(LiveSite(root / "_site"), lambda: LATER))
    told = [
        client.get(path).text
        for path in ("/readyz", "/", "/organisations/mill/", "/feeds/all/", "/site.json")
    ]

    assert [each.organisation for each in outcome.held] == ["mill"]
    assert "zebra" not in "".join(told).lower()
    assert all(each.message not in told[0] for each in outcome.problems if each.code == outcome.held[0].code)
