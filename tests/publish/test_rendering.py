"""What is published as files is whole: every link leads to a file, and feeds are those that the server answers with."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from lxml import etree, html
from tests.publish.conftest import Publication, missing
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.publish.addresses import Standing, file_of
from coopcal.publish.aside import Aside
from coopcal.publish.compressed import CODINGS
from coopcal.publish.listing import listing
from coopcal.publish.rendering import Rendered, Renderer, render_all
from coopcal.site.layout import SiteError, current_version
from coopcal.site.reader import LiveSite
from coopcal.web import create_app


def test_every_link_of_every_page_leads_to_a_file(publication: Publication) -> None:
    assert len(list(publication.folder.rglob("*.html"))) > 300
    assert missing(publication) == {}
    assert publication.rendered.missing == []


def test_every_file_that_is_written_is_listed_and_no_other(publication: Publication) -> None:
    there = {
        str(path.relative_to(publication.folder)): path
        for path in publication.folder.rglob("*")
        if path.is_file()
    }

    assert there.keys() == publication.rendered.files.keys()
    assert all(
        there[name].stat().st_size == listed.length for name, listed in publication.rendered.files.items()
    )


def test_feeds_are_byte_for_byte_those_of_the_server(publication: Publication) -> None:
    client = Client(create_app(LiveSite(publication.out), lambda: NOW))
    feeds = sorted((publication.folder / "feeds").rglob("*.ics"))

    assert len(feeds) > 10
    for feed in feeds:
        path = f"/{feed.relative_to(publication.folder)}"
        assert client.get(path).data == feed.read_bytes(), path


def test_a_feed_with_reminders_stands_at_a_path_of_its_own(publication: Publication) -> None:
    client = Client(create_app(LiveSite(publication.out), lambda: NOW))
    reminded = (publication.folder / "feeds/markets/remind/evening.ics").read_bytes()

    assert b"BEGIN:VALARM" in reminded
    assert client.get("/feeds/markets.ics?remind=evening").data == reminded
    assert f"{publication.address}/feeds/markets/remind/evening.ics" in (
        publication.folder / "feeds/markets/subscribe/evening/index.html"
    ).read_text(encoding="utf-8")
    assert not (publication.folder / "feeds/mill/remind").exists()


def test_former_feeds_are_copies_and_former_pages_lead_on(publication: Publication) -> None:
    folder, base = publication.folder, urlsplit(publication.address).path

    assert (folder / "feeds/bazaars.ics").read_bytes() == (folder / "feeds/markets.ics").read_bytes()
    assert (folder / "feeds/watermill.json").read_bytes() == (folder / "feeds/mill.json").read_bytes()
    for former, now in (
        ("/feeds/bazaars/", "/feeds/markets/"),
        ("/fr/organisations/watermill/", "/fr/organisations/mill/"),
        ("/events/mill/market/", "/events/mill/fair/"),
        ("/events/watermill/fair/", "/events/mill/fair/"),
    ):
        page = html.fromstring((folder / file_of(former)).read_bytes())
        assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == f"0; url={base}{now}"
        assert (
            page.xpath("string(//link[@rel='canonical']/@href)")
            == f"{publication.address.removesuffix(base)}{base}{now}"
        )
        assert page.xpath("//main//a/@href") == [f"{base}{now}"]
        assert publication.rendered.moved[former] == f"{base}{now}"


def test_a_closed_feed_says_where_to_go(publication: Publication) -> None:
    assert b"/feeds/all/" in (publication.folder / "feeds/old.ics").read_bytes()


def test_dates_far_away_lead_to_the_page_of_the_whole_event(publication: Publication) -> None:
    listed = json.loads((publication.folder / "feeds/mill.json").read_bytes())["occurrences"]
    urls = {one["url"].removeprefix(publication.address) for one in listed}

    assert "/events/mill/choir/" in urls
    assert "/events/mill/choir/2026-06-16/" in urls
    assert all((publication.folder / file_of(url)).is_file() for url in urls)


def test_the_site_map_names_files(publication: Publication) -> None:
    tree = etree.fromstring((publication.folder / "sitemap.xml").read_bytes())
    named = [loc.text.removeprefix(publication.address) for loc in tree.iter("{*}loc")]

    assert len(named) > 20
    assert all((publication.folder / file_of(path)).is_file() for path in named)


def test_files_are_the_same_whoever_makes_them(
    publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopcal.publish.rendering.WORTH_FORKING", 1)
    monkeypatch.setattr("coopcal.publish.rendering.BATCH", 7)

    rendered = render_all(publication.out, NOW, Aside(tmp_path), jobs=2)

    assert rendered.files == publication.rendered.files
    assert rendered.until == publication.rendered.until


def test_text_stands_compressed_beside_itself_and_is_compressed_once(
    publish: Callable[[str], Publication], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = publish("https://calendars.example.coop")
    first, second = tmp_path / "first", tmp_path / "second"
    rendered = render_all(publication.out, NOW, Aside(first), compress=True)
    feed = (first / "feeds/all.ics").read_bytes()

    assert gzip.decompress((first / "feeds/all.ics.gz").read_bytes()) == feed
    assert brotli.decompress((first / "feeds/all.ics.br").read_bytes()) == feed
    assert not (first / "events/mill/fair/plan.txt.gz").exists()
    assert {
        name for name in rendered.files if not name.endswith((".gz", ".br"))
    } == publication.rendered.files.keys()

    monkeypatch.setattr(
        "coopcal.publish.rendering.CODINGS", dict.fromkeys(CODINGS, lambda _: pytest.fail("compressed again"))
    )
    before = listing("source", None, rendered.files.items())
    again = render_all(publication.out, NOW, Aside(second, first, before), compress=True)

    assert again.files == rendered.files
    assert (second / "feeds/all.ics.br").samefile(first / "feeds/all.ics.br")


def test_a_worker_that_is_ended_is_told(
    publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopcal.publish.rendering.WORTH_FORKING", 1)
    monkeypatch.setattr(Renderer, "render", lambda *_: os.kill(os.getpid(), signal.SIGKILL))

    with pytest.raises(SiteError, match="--jobs 1"):
        render_all(publication.out, NOW, Aside(tmp_path), jobs=2)


def test_a_site_that_goes_while_pages_are_made_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of a version are read when they are asked for; some would be missing, such as ``site.json``."""
    root = lay(tmp_path / "root")
    compiled(root)
    render = Renderer.render

    def render_late(renderer: Renderer, standings: Sequence[Standing]) -> Rendered:
        shutil.rmtree(current_version(root / "_site"))
        monkeypatch.setattr(Renderer, "render", render)
        return renderer.render(standings)

    monkeypatch.setattr(Renderer, "render", render_late)

    with pytest.raises(SiteError, match="publish again"):
        render_all(root / "_site", NOW, Aside(tmp_path / "files"))


ENDED = """
import os, signal, sys, time
from pathlib import Path
from coopcal.publish import rendering
from coopcal.publish.addresses import Standing
from coopcal.publish.aside import Aside
from tests.support.trees import NOW, compiled, lay
def render(*_):
    print(os.getpid(), flush=True)
    time.sleep(600)
rendering.WORTH_FORKING = 1
rendering.Renderer.render = render
rendering.render_all(Path(sys.argv[1]), NOW, Aside(Path(sys.argv[2])), jobs=2)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_who_began_them(
    publication: Publication, tmp_path: Path, sign: signal.Signals
) -> None:
    """They would hold the lock on the folder otherwise, and the next publication would wait for ever."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDED, str(publication.out), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as publisher:
        assert publisher.stdout is not None
        publisher.stdout.readline()
        publisher.stdout.readline()
        if sign is signal.SIGINT:
            os.killpg(publisher.pid, sign)
        else:
            publisher.send_signal(sign)

        assert publisher.stdout.read() == b""  # the last of those that could write there is gone
