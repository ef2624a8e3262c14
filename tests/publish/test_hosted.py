"""The repository's own site, published as files, on hosts of files: every link leads to something, and feeds are the server's."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from lxml import html
from tests.support.once import once
from tests.support.static_hosts import nginx_host, python_host
from tests.support.trees import NOW, compiled
from tests.support.waiting import PATIENCE
from werkzeug.test import Client

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all
from coopcal.site.reader import LiveSite
from coopcal.web import create_app

REPOSITORY = Path(__file__).parents[2]
LINKS = "//@href | //@src | //@action | //@data-index"


@dataclass(frozen=True)
class Hosted:
    """A published site on two hosts: its ``path`` there, their addresses, its files, and the site that it was made of."""

    path: str
    hosts: tuple[str, ...]
    folder: Path
    out: Path


@pytest.fixture(scope="module", params=["", "/our/calendar"], ids=["root", "below"])
def hosted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Return the published site at the root of its hosts, and below a path."""
    path: str = request.param
    top, out = once(tmp_path_factory, f"the repository's own site at {path}/", partial(own_site, path))
    with ExitStack() as stack:
        hosts = (
            stack.enter_context(python_host(top)),
            stack.enter_context(nginx_host(top, tmp_path_factory.mktemp("nginx"))),
        )
        yield Hosted(path, hosts, top / path.removeprefix("/"), out)


def own_site(path: str, folder: Path) -> tuple[Path, Path]:
    """Publish the repository's own site at a path, and return the folder of a host that it lies in, and the compiled site."""
    root, top = folder / "sources", folder / "top"
    for name in ("calendars", "feeds", "files"):
        shutil.copytree(REPOSITORY / name, root / name)
    settings = (REPOSITORY / "coopcal.yaml").read_text(encoding="utf-8")
    (root / "coopcal.yaml").write_text(f"{settings}base_url: https://calendars.coopcal.example{path}\n")
    compiled(root)
    inside = top / path.removeprefix("/")
    inside.mkdir(parents=True)
    render_all(root / "_site", NOW, Aside(inside))
    return top, root / "_site"


def test_every_link_leads_to_something_on_every_host(hosted: Hosted) -> None:
    """From the first page on, as robots go, and from every file that is a page."""
    home = f"https://calendars.coopcal.example{hosted.path}/"
    links: dict[str, str] = {}
    for page in sorted(hosted.folder.rglob("*.html")):
        here = urljoin(home, str(page.relative_to(hosted.folder)))
        for link in html.fromstring(page.read_bytes()).xpath(LINKS):
            target = urlsplit(urljoin(here, link))
            if target.netloc == urlsplit(home).netloc:
                links.setdefault(f"{target.path}?{target.query}" if target.query else target.path, here)

    wrong = {}
    for host in hosted.hosts:
        with httpx.Client(base_url=host, timeout=PATIENCE) as client:
            for link, page_with_it in links.items():
                status = client.head(link).status_code
                if status != httpx.codes.OK:
                    wrong[host, link] = (status, page_with_it)

    assert len(links) > 1000
    assert wrong == {}


def test_feeds_are_byte_for_byte_those_of_the_server(hosted: Hosted) -> None:
    """On every host."""
    server = Client(create_app(LiveSite(hosted.out), lambda: NOW))
    feeds = [f"/{path.relative_to(hosted.folder)}" for path in sorted(hosted.folder.glob("feeds/*.ics"))]

    assert len(feeds) > 20
    for host in hosted.hosts:
        with httpx.Client(base_url=f"{host}{hosted.path}", timeout=PATIENCE) as client:
            for feed in feeds:
                assert client.get(feed).content == server.get(feed).data, (host, feed)
