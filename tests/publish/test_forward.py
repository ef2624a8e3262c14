"""Files for a former address of a site: feeds as at the new one, and pages that lead there, on any host."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from lxml import html
from tests.publish.conftest import FILES, SITE
from tests.support.nginx import nginx
from tests.support.own_servers import apache, caddy
from tests.support.trees import NOW, compiled, lay
from tests.support.waiting import PATIENCE
from werkzeug.test import Client

from coopcal.publish.aside import Aside
from coopcal.publish.hosts.files import host_files
from coopcal.publish.hosts.rules import rules_for
from coopcal.publish.rendering import Rendered, render_all
from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.links import path_of

NEW = "https://events.valley.example/new"
OLD = ("https://calendars.example.coop", "https://example.coop/our/calendar")


@dataclass(frozen=True)
class Forwarded:
    """The files of a former address, the compiled site, and the application that serves the new one."""

    old: str
    out: Path
    folder: Path
    rendered: Rendered
    app: Client


@pytest.fixture(scope="module", params=OLD)
def forwarded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Forwarded:
    old, folder = request.param, tmp_path_factory.mktemp("forwarded")
    site = f"{SITE.format(address=NEW)}also_at: ['{old}', 'https://older.example']\n"
    root = lay(tmp_path_factory.mktemp("site"), {**FILES, "coopcal.yaml": site})
    compiled(root)
    rendered = render_all(root / "_site", NOW, Aside(folder), forward=True)
    for file in host_files(root / "_site", rendered.files, rendered.moved, "any", forward=True):
        (folder / file.path).write_bytes(file.content)
    app = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    return Forwarded(old, root / "_site", folder, rendered, app)


def pages(folder: Path) -> list[str]:
    """Return the addresses of pages below the root of the site."""
    return [
        f"/{path.parent.relative_to(folder)}/".replace("/./", "/")
        for path in sorted(folder.rglob("index.html"))
        if "embed" not in path.parts
    ]


def test_feeds_have_the_bytes_of_the_new_address(forwarded: Forwarded) -> None:
    """In every format, with reminders, archives and former ids."""
    names = [
        str(path.relative_to(forwarded.folder))
        for path in (forwarded.folder / "feeds").rglob("*")
        if path.is_file()
        and path.suffix != ".html"
        and "remind" not in path.parts
        and path.name != "oembed.json"
    ]

    assert {"feeds/all.ics", "feeds/bazaars.fr.ics", "feeds/all.json", "feeds/all/changes.atom"} <= set(names)
    for name in names:
        if name.endswith((".ics", ".atom")):
            assert (forwarded.folder / name).read_bytes() == forwarded.app.get(f"/{name}").data, name


def test_each_page_leads_to_the_same_page_of_now(forwarded: Forwarded) -> None:
    """By itself, by a link, and for search engines; a former one to the page that it is now."""
    found = pages(forwarded.folder)

    assert {"/", "/fr/feeds/all/", "/feeds/all/subscribe/", "/organisations/watermill/"} <= set(found)
    for page in found:
        tree = html.fromstring((forwarded.folder / page[1:] / "index.html").read_bytes())
        [link] = tree.xpath("//a/@href")
        assert tree.xpath("//link[@rel='canonical']/@href") == [link]
        assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={link}"]
        assert link.startswith(f"{NEW}/")
        answer = forwarded.app.get(link.removeprefix(NEW))
        assert answer.status_code in (200, 308), link
        assert answer.mimetype == "text/html"


def test_a_page_speaks_its_language(forwarded: Forwarded) -> None:
    tree = html.fromstring((forwarded.folder / "fr/feeds/all/index.html").read_bytes())

    assert tree.get("lang") == "fr"
    assert "Moved" not in tree.text_content()


def test_frames_stay_where_what_they_load_does(forwarded: Forwarded) -> None:
    """Where the path is another one, they lead on, too; fragments and scripts are the same."""
    frame = (forwarded.folder / "embed/all/list.en/index.html").read_text()
    fragment = (forwarded.folder / "embed/all/list.en.html").read_text()

    assert f'url={NEW}/embed/all/list.en/"' in frame
    assert "http-equiv" not in fragment
    assert (forwarded.folder / "embed.js").is_file()


def test_hosts_that_read_redirects_are_told(forwarded: Forwarded) -> None:
    """Where their rules count; no feed is among them."""
    if path_of(forwarded.old):
        assert not (forwarded.folder / "_redirects").exists()
        return
    told = (forwarded.folder / "_redirects").read_text()

    assert f"/feeds/all/ {NEW}/feeds/all/ 301\n" in told
    assert f"/organisations/watermill/ {NEW}/organisations/mill/ 301\n" in told
    assert ".ics" not in told


def test_the_domain_that_github_is_told_is_the_former_one(forwarded: Forwarded) -> None:
    files = {
        file.path: file.content for file in host_files(forwarded.out, (), {}, "github-pages", forward=True)
    }

    assert files["CNAME"].decode() in forwarded.old


@pytest.fixture(params=["nginx", "apache", "caddy"])
def served(request: pytest.FixtureRequest, forwarded: Forwarded) -> Iterator[httpx.Client]:
    """Return a client of a real server, which sends the files by the rules that it is given."""
    place = Path(tempfile.mkdtemp(prefix="coopcal-forwarded-"))
    try:
        place.chmod(0o755)
        root, work = place / "root", place / "work"
        folder = root / path_of(forwarded.old)[1:]
        shutil.copytree(forwarded.folder, folder, copy_function=os.link)
        work.mkdir()
        for path in (root, *(path for path in root.rglob("*") if path.is_dir())):
            path.chmod(0o755)
        told = rules_for(request.param, forwarded.out, folder, forward=True)
        running = {
            "nginx": lambda: nginx(told, work),
            "apache": lambda: apache(told, root, folder, work),
            "caddy": lambda: caddy(told, work),
        }[request.param]()
        with (
            running as address,
            httpx.Client(base_url=f"{address}{path_of(forwarded.old)}", timeout=PATIENCE) as http,
        ):
            yield http
    finally:
        shutil.rmtree(place)


def test_servers_redirect_pages_and_no_feed(served: httpx.Client, forwarded: Forwarded) -> None:
    """308 with the query; feeds, fragments and what is not there answer at the former address itself."""
    for page in ("/", "/fr/feeds/all/", "/organisations/watermill/", "/feeds/all/page/2/"):
        answer = served.get(f"{page}?tag=market")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"{NEW}{page}?tag=market"), page
    for name in (
        "feeds/all.ics",
        "feeds/bazaars.ics",
        "feeds/all/archive/2026.ics",
        "embed/all/list.en.html",
        "embed.js",
    ):
        answer = served.get(f"/{name}")
        assert (answer.status_code, answer.content) == (200, (forwarded.folder / name).read_bytes()), name
    assert served.get("/embed/all/list.en/").status_code == 200
    assert served.get("/feeds/none.ics").status_code == 404
