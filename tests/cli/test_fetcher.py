"""``coopcal serve`` fetches feeds of others by itself, and compiles anew when a copy has changed."""

import sys
import time
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.support.copies import include
from tests.support.fetching import calendar, event, feed_of_others
from tests.support.ports import free_port
from tests.support.running import running
from tests.support.trees import NOW
from tests.support.waiting import PATIENCE

from coopcal.cli.fetcher import Fetcher, NewcomersFetcher
from coopcal.cli.reach import Reach
from coopcal.model.message import msg


def until(address: str, wanted: bytes) -> bytes:
    """Return what stands at an address once it holds something."""
    body, end = b"", time.monotonic() + PATIENCE
    while wanted not in body and time.monotonic() < end:
        with urllib.request.urlopen(f"{address}/feeds/valley.ics", timeout=PATIENCE) as answer:
            body = answer.read()
        time.sleep(0.1)
    assert wanted in body
    return body


def test_a_served_site_follows_the_feeds_of_others(tmp_path: Path) -> None:
    """What failed is tried again later, and what was good stays."""
    with feed_of_others(tmp_path / "tree") as feed:
        feed.gives(calendar(event("first@x")))
        port = free_port()
        command = [
            sys.executable, "-m", "coopcal", "--root", str(feed.root), "serve", "--port", str(port), "--fetch-every", "0.0003",
            "--allow-network", "127.0.0.0/8", "--allow-port", str(feed.listener.port),
        ]  # fmt: skip
        with running(command, port) as address:
            until(address, b"first@x")
            feed.gives(calendar(event("second@x")))
            assert b"first@x" not in until(address, b"second@x")
            feed.gives(b"", "500 Oops")
            asked = feed.listener.connected
            while feed.listener.connected == asked:
                time.sleep(0.1)
            assert b"second@x" in until(address, b"second@x")


def test_a_site_is_compiled_where_a_copy_has_changed_alone(tmp_path: Path) -> None:
    compiled: list[datetime] = []

    def compile_anew(now: datetime) -> bool:
        compiled.append(now)
        return True

    with feed_of_others(tmp_path / "tree") as feed:
        reach = Reach(1.0, "127.0.0.0/8", str(feed.listener.port))
        fetcher = Fetcher(feed.root, reach.ask, msg("x"), 1.0, compile_anew, "en")
        for number, (body, status, anew) in enumerate(
            (
                (calendar(event("a@x")), "200 OK", True),
                (calendar(event("a@x")), "200 OK", False),
                (b"", "404 Not Found", False),
                (calendar(event("b@x")), "200 OK", False),  # it failed lately
            )
        ):
            feed.gives(body, status)
            before = len(compiled)
            assert fetcher.look(NOW + timedelta(minutes=number)) is anew
            assert len(compiled) == before + anew
        assert fetcher.look(NOW + timedelta(hours=4))


def test_what_is_not_installed_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with feed_of_others(tmp_path / "tree") as feed:
        fetcher = Fetcher(feed.root, None, msg("install it"), 1.0, lambda _: True, "en")
        assert not fetcher.look(NOW)
        assert not fetcher.look(NOW)
        assert capsys.readouterr().err == "coopcal: install it\n"
        assert feed.listener.connected == 0


def test_a_preview_shows_a_feed_of_others_that_is_new(tmp_path: Path) -> None:
    """Soon after it is saved, and once: what is there already stays as it is, whatever its server has by now."""
    with feed_of_others(tmp_path / "tree") as feed:
        feed.gives(calendar(event("first@x")))
        file = feed.root / "feeds/valley.yaml"
        merging = file.read_text(encoding="utf-8")
        file.write_text("title: Valley\n", encoding="utf-8")
        port = free_port()
        command = [
            sys.executable, "-m", "coopcal", "--root", str(feed.root), "serve", "--watch", "--port", str(port),
            "--allow-network", "127.0.0.0/8", "--allow-port", str(feed.listener.port),
        ]  # fmt: skip
        with running(command, port) as address:
            until(address, b"BEGIN:VCALENDAR")
            file.write_text(merging, encoding="utf-8")
            until(address, b"first@x")
            feed.gives(calendar(event("second@x")))
            file.write_text(merging + "window: everything\n", encoding="utf-8")
            time.sleep(5)
            assert b"first@x" in until(address, b"BEGIN:VCALENDAR")
            assert feed.listener.connected == 1
            assert not (feed.root / "_site").exists()


def test_a_preview_fetches_what_was_never_had_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address that fails is told, and tried again after its time; what is known of one that is mistyped goes with it."""
    with feed_of_others(tmp_path / "tree") as feed:
        reach = Reach(1.0, "127.0.0.0/8", str(feed.listener.port))
        fetcher = NewcomersFetcher(feed.root, reach.ask, msg("x"), "en")
        file = feed.root / "feeds/valley.yaml"
        merging = file.read_text(encoding="utf-8")
        file.write_text(
            "title: Valley\n" + include((feed.url.replace(".ics", ".ic"), "bakery")), encoding="utf-8"
        )
        assert not fetcher.look(NOW)
        assert "feeds/valley.yaml, line 3: This feed of others cannot be fetched" in capsys.readouterr().err
        mistyped = feed.files.record
        assert mistyped.exists()

        file.write_text(merging, encoding="utf-8")
        asked = feed.listener.connected
        assert not fetcher.look(NOW)
        assert not mistyped.exists()
        feed.gives(calendar(event("a@x")))
        assert not fetcher.look(NOW + timedelta(hours=1))
        assert feed.listener.connected == asked + 1
        assert fetcher.look(NOW + timedelta(hours=4))
        assert not fetcher.look(NOW + timedelta(days=4))
        assert feed.listener.connected == asked + 2

        kept = feed.files
        file.write_text("title: Valley\n", encoding="utf-8")
        assert not fetcher.look(NOW + timedelta(days=4))
        assert kept.events.exists()
