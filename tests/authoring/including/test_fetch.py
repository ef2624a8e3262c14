"""Copies of feeds of others are brought up to date from real servers; the last good one stays where that fails."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.fetching import Feed, calendar, event, feed_of_others
from tests.support.snapshot import snapshot
from tests.support.trees import NOW, compiled

from coopcal.authoring.including import fetch as fetching
from coopcal.authoring.including.fetch import Kind
from coopcal.compile.pipeline import check
from coopcal.outside.answer import Limits

LOGIN = b"<!DOCTYPE html><html><body>Log in</body></html>"


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    with feed_of_others(tmp_path / "tree") as made:
        yield made


def test_a_feed_is_kept_with_what_tells_whether_it_changed(feed: Feed) -> None:
    """It is asked for with the validators that came with it, and not read again while it is the same."""
    body = calendar(event("a@x"), event("b@x"))
    (first,) = feed.gives(body, ETag='"1"', Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT").fetch()
    assert (first.kind, first.count, first.left_out) == (Kind.NEW, 2, ())
    assert feed.files.calendar.read_bytes() == body
    before = snapshot(feed.root)

    (same,) = feed.fetch(NOW + timedelta(minutes=1))
    assert (same.kind, same.count) == (Kind.SAME, 2)
    assert b'if-none-match: "1"' in feed.listener.asked[-1].lower()
    assert b"if-modified-since: mon, 01 jun 2026 10:00:00 gmt" in feed.listener.asked[-1].lower()
    assert snapshot(feed.root) == before

    (same,) = feed.gives(body, ETag='"2"').fetch(NOW + timedelta(minutes=2))
    assert same.kind is Kind.SAME
    assert snapshot(feed.root) == before

    (changed,) = feed.gives(calendar(event("a@x")), ETag='"3"').fetch(NOW + timedelta(minutes=3))
    assert (changed.kind, changed.count) == (Kind.CHANGED, 1)
    assert "b@x" not in feed.files.events.read_text(encoding="utf-8")

    (same,) = feed.fetch(NOW + timedelta(days=2))
    assert feed.record["seen"] == "2026-06-03T12:00:00Z"


FAULTS = (
    ("404 Not Found", b""), ("410 Gone", b""), ("403 Forbidden", b""), ("401 Unauthorized", LOGIN), ("500 Oops", b"x"),
    ("503 Wait", b""), ("429 Often", b""), ("204 No Content", b""), ("304 Not Modified", b""), ("200 OK", LOGIN), ("200 OK", b""),
    ("200 OK", b"{}"), ("200 OK", b"a,b\n1,2\n"), ("200 OK", b"<rss/>"), ("200 OK", b"\x00\x01\x02"), ("200 OK", b"%PDF-1.7"),
    ("200 OK", calendar(event("z@x"))[:-20]), ("200 OK", calendar(event("z@x"))[:60]), ("200 OK", b"BEGIN:VCARD\r\nEND:VCARD\r\n"),
    ("302 Found", b""), ("200 OK", calendar(event("z@x")) + b"BEGIN:VCALENDAR\r\n"),
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_the_last_good_copy_stays_where_a_fetch_fails(feed: Feed, number: int) -> None:
    """Whatever the server does; it is told at the line of the feed, with the age of the copy."""
    status, body = FAULTS[number]
    feed.gives(calendar(event("a@x"))).fetch()
    kept = {path: path.read_bytes() for path in (feed.files.calendar, feed.files.events)}

    (failed,) = feed.gives(body, status).fetch(NOW + timedelta(days=3))

    assert failed.kind is Kind.FAILED
    assert failed.why
    assert {path: path.read_bytes() for path in kept} == kept
    (told,) = [
        each for each in check(feed.root, NOW + timedelta(days=3)).problems if each.code == "fetch-fails"
    ]
    assert (told.position.path, told.position.line) == ("feeds/valley.yaml", 3)
    assert failed.why in told.message
    assert "3 days old" in told.message
    compiled(feed.root, NOW + timedelta(days=3), first=True)

    (again,) = feed.gives(calendar(event("a@x"))).fetch(NOW + timedelta(days=3, hours=1))
    assert again.kind is Kind.SAME
    assert not {"why", "failing", "failures", "next"} & set(feed.record)


def test_what_is_too_large_or_too_slow_is_left(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMITS", Limits(size=5_000, silence=1, all=1))
    (large,) = feed.gives(calendar(*(event(f"{number}@x") for number in range(100)))).fetch()
    assert large.why == "it has more than 5,000 bytes"
    assert not feed.files.events.exists()


def test_what_leads_into_our_networks_is_not_asked(feed: Feed) -> None:
    feed.gives(calendar(event("a@x")))
    (refused,) = feed.fetch(allowed=False)

    assert (refused.kind, refused.refused) == (Kind.FAILED, True)
    assert feed.listener.connected == 0


def test_the_mend_of_what_is_not_asked_is_the_same_later(feed: Feed) -> None:
    """To allow it; and to ask those whose feed it is once it is asked and does not answer."""

    def mend() -> str:
        return str(next(each.mend for each in check(feed.root, NOW).problems if each.code == "fetch-fails"))

    feed.fetch(allowed=False)
    assert "--allow-port" in mend()
    feed.gives(b"", "404 Not Found").fetch()
    assert "ask those whose feed it is" in mend()
    feed.fetch(allowed=False)
    feed.gives(calendar(event("a@x"))).fetch()
    assert not {"why", "refused"} & set(feed.record)


def test_what_fails_is_tried_more_and_more_seldom(feed: Feed) -> None:
    """By itself; whoever asks for it has it tried at once."""
    now, waits = NOW, []
    assert feed.fetch(now, due=True)[0].kind is Kind.FAILED
    for _ in range(8):
        asked, wait = feed.listener.connected, timedelta(hours=1)
        while feed.fetch(now + wait, due=True)[0].kind is Kind.WAITING:
            assert feed.listener.connected == asked
            wait += timedelta(hours=1)
        waits.append(wait)
        now += wait
    assert feed.fetch(now)[0].kind is Kind.FAILED

    assert waits[0] == timedelta(hours=3)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=2)
    (well,) = feed.gives(calendar(event("a@x"))).fetch(now + timedelta(hours=1))
    assert well.kind is Kind.NEW
    assert feed.fetch(now + timedelta(hours=2), due=True)[0].kind is Kind.SAME


def test_a_feed_that_moved_for_good_is_told(feed: Feed) -> None:
    feed.gives(calendar(event("a@x")), path="/new.ics")
    (step,) = feed.gives(b"", "301 Moved Permanently", Location="/new.ics").fetch()
    assert (step.kind, step.moved) == (Kind.NEW, feed.url.replace("events", "new"))
    (step,) = feed.gives(b"", "302 Found", Location="/new.ics").fetch()
    assert (step.kind, step.moved) == (Kind.SAME, None)


def test_a_copy_that_somebody_changed_is_made_anew(feed: Feed) -> None:
    """Nor is it asked for conditionally where any of it is missing or is not what was written."""
    feed.gives(calendar(event("a@x")), ETag='"1"').fetch()
    good = feed.files.events.read_bytes()
    for spoil in (
        feed.files.events.unlink,
        lambda: feed.files.calendar.write_bytes(b"x"),
        lambda: feed.files.record.write_text("[", encoding="utf-8"),
        lambda: feed.files.record.write_text(
            '{"digest": 5, "failures": "x", "next": 7, "made": []}', encoding="utf-8"
        ),
    ):
        spoil()
        (step,) = feed.fetch()
        assert step.kind in (Kind.NEW, Kind.CHANGED)
        assert feed.files.events.read_bytes() == good


def test_nothing_is_written_where_a_link_leads_out(feed: Feed, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (feed.root / "included").mkdir()
    (feed.root / "included/bakery").symlink_to(outside)
    (step,) = feed.gives(calendar(event("a@x"))).fetch()

    assert step.kind is Kind.FAILED
    assert list(outside.iterdir()) == []


def test_what_came_is_repaired(feed: Feed) -> None:
    """X-WR-TIMEZONE, zones of Windows, times without a zone, UIDs and stamps that are missing."""
    body = calendar(
        event("floating@x", "DTEND:20260920T120000", start=":20260920T100000"),
        event("windows@x", start=';TZID="Eastern Standard Time":20260921T100000'),
        event("", title="No UID", start=":20260922T100000Z"),
        head="X-WR-TIMEZONE:America/Bogota\r\n",
    )
    (step,) = feed.gives(body).fetch()
    text = feed.files.events.read_text(encoding="utf-8")
    assert step.count == 3
    assert "when: 2026-09-20 10:00/12:00\n    timezone: America/Bogota" in text
    assert "when: 2026-09-21 10:00\n    timezone: America/New_York" in text
    assert text.count("uid:") == 2
    compiled(feed.root, first=True)


def test_ids_are_of_uids_and_stay(feed: Feed) -> None:
    """Whatever else of an event changes, and wherever in its calendar it stands."""

    def ids() -> list[str]:
        lines = feed.files.events.read_text(encoding="utf-8").splitlines()
        return sorted(line.split(": ")[1] for line in lines if line.startswith("  - id:"))

    feed.gives(calendar(event("a@x"), event("b@x"))).fetch()
    before = ids()
    feed.gives(calendar(event("b@x", title="New", start=":20270101T100000Z"), event("a@x"))).fetch()
    assert ids() == before
    assert len(set(before)) == 2


def fetched(feed: Feed, *arguments: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command; it keeps no modules compiled, as Python takes one that was cut off at the limit for whole."""

    def bound() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    allowed = ["--allow-network", "127.0.0.0/8", "--allow-port", str(feed.listener.port)]
    command = [
        sys.executable,
        "-B",
        "-m",
        "coopcal",
        "--root",
        str(feed.root),
        "--language",
        "en",
        "fetch",
        *allowed,
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bound, timeout=120)


def test_a_disk_that_is_full_leaves_what_was_there(feed: Feed) -> None:
    """No part of what came is left in the place of what was good."""
    feed.gives(calendar(event("a@x"))).fetch()
    good = {path: path.read_bytes() for path in (feed.files.calendar, feed.files.events)}
    feed.gives(calendar(*(event(f"{number}@x") for number in range(200))))
    done = fetched(feed, limit=4_000)

    assert done.returncode == 1, done.stderr
    assert {path: path.read_bytes() for path in good} == good
    assert not [path for path in (feed.root / "included/bakery").iterdir() if path.name.startswith(".")]


def test_two_at_once_do_no_harm(feed: Feed) -> None:
    feed.gives(calendar(*(event(f"{number}@x") for number in range(50))))
    command = [sys.executable, "-m", "coopcal", "--root", str(feed.root), "fetch", "--allow-network", "127.0.0.1",
               "--allow-port", str(feed.listener.port)]  # fmt: skip
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [one.communicate(timeout=120) and one.returncode for one in both] == [0, 0]
    assert feed.fetch()[0].kind is Kind.SAME
    compiled(feed.root, first=True)


def test_the_command_tells_what_came_of_each_feed(feed: Feed) -> None:
    """Exit code 0 where all is well, 1 where one failed; what failed at its line, with a mend."""
    feed.gives(calendar(event("a@x")))
    done = fetched(feed)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{feed.url}: new, 1 event\n", "")
    assert fetched(feed).stdout == f"{feed.url}: unchanged, 1 event\n"

    feed.gives(b"", "404 Not Found")
    done = fetched(feed)
    assert done.returncode == 1
    assert "feeds/valley.yaml:3:" in done.stderr
    assert "its server answers 404 (Not Found); its last good copy is of today [fetch-fails]" in done.stderr
    assert "mend: ask those whose feed it is" in done.stderr
    done = fetched(feed, "--format", "json")
    assert done.returncode == 1
    assert '"result": "failed"' in done.stdout
    assert fetched(feed, "--due").returncode == 0


def test_without_feeds_of_others_there_is_nothing_to_do(tmp_path: Path) -> None:
    with feed_of_others(tmp_path / "tree", files={"feeds/valley.yaml": "title: Valley\n"}) as feed:
        done = fetched(feed)
        assert (done.returncode, done.stdout) == (0, "No feed merges in a feed of others.\n")
        (feed.root / "coopcal.yaml").write_text("x: [", encoding="utf-8")
        assert fetched(feed).returncode == 2


def test_networks_are_allowed_by_the_operator_alone(feed: Feed) -> None:
    """By an option or the environment; neither by the sources nor by a file with settings."""
    feed.gives(calendar(event("a@x")))
    settings = feed.root / "settings.toml"
    settings.write_text('allow_network = "127.0.0.0/8"\n', encoding="utf-8")
    command = [sys.executable, "-m", "coopcal", "--config", str(settings), "--root", str(feed.root), "fetch"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2
    site = feed.root / "coopcal.yaml"
    site.write_text(site.read_text(encoding="utf-8") + "allow_network: 127.0.0.0/8\n", encoding="utf-8")
    assert fetched(feed, "--allow-network", "10.0.0.0/8").returncode == 1
    assert feed.listener.connected == 0
