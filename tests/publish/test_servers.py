"""Real Apache and Caddy send published files as the application answers, at the root of a host and below a path."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.publish.conftest import Publication
from tests.publish.test_hosts import addresses, answers
from tests.publish.test_nginx import ENDED, FORMER, alike, lay_ended
from tests.support.own_servers import apache, caddy
from tests.support.trees import NOW
from tests.support.waiting import PATIENCE
from werkzeug.test import Client

from coopcal.publish.hosts.apache import apache as apache_rules
from coopcal.publish.hosts.caddy import caddy as caddy_rules
from coopcal.publish.hosts.facts import Facts
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app
from coopcal.web.links import path_of

SERVERS = ("apache", "caddy")


@dataclass(frozen=True)
class Both:
    """A published site as a server sends it, and as the application does."""

    publication: Publication
    base: str
    http: httpx.Client
    app: Client


@contextmanager
def serving(server: str, out: Path, published: Path) -> Iterator[httpx.Client]:
    """Serve published files from a copy that everybody may read, as servers do not work as root."""
    facts = Facts.of(open_site(out))
    place = Path(tempfile.mkdtemp(prefix="coopcal-served-"))
    try:
        place.chmod(0o755)
        root, work = place / "root", place / "work"
        folder = root / facts.base.removeprefix("/")
        shutil.copytree(published, folder, copy_function=os.link)
        work.mkdir()
        for path in (root, *(path for path in root.rglob("*") if path.is_dir())):
            path.chmod(0o755)
        running = (
            apache(apache_rules(facts), root, folder, work)
            if server == "apache"
            else caddy(caddy_rules(facts, str(root)), work)
        )
        with (
            running as address,
            httpx.Client(base_url=address, headers={"Accept-Encoding": "gzip"}, timeout=PATIENCE) as http,
        ):
            yield http
    finally:
        shutil.rmtree(place)


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def both(publication: Publication, server: str) -> Iterator[Both]:
    with serving(server, publication.out, publication.folder) as http:
        app = Client(create_app(LiveSite(publication.out), lambda: NOW))
        yield Both(publication, path_of(publication.address), http, app)


def test_every_file_is_sent_as_the_application_sends_it(both: Both) -> None:
    wanted = answers(both.publication)
    for address in addresses(both.publication):
        served = both.http.get(f"{both.base}{address}")
        if address in wanted:
            assert served.status_code == 200, address
            assert alike(served.headers) == alike(wanted[address]), address


def test_bodies_are_those_of_the_application_and_compressed(both: Both) -> None:
    for address in ("/feeds/all.ics", "/feeds/mill.atom", "/events/mill/choir/event.ics"):
        served = both.http.get(f"{both.base}{address}")

        assert served.headers["Content-Encoding"] == "gzip"
        assert served.headers["Vary"] == "Accept-Encoding"
        with both.app.get(f"{both.base}{address}") as answer:
            assert served.content == answer.data


def test_what_did_not_change_is_not_sent_again(both: Both) -> None:
    first = both.http.get(f"{both.base}/feeds/all.ics", headers={"Accept-Encoding": "identity"})
    again = both.http.get(
        f"{both.base}/feeds/all.ics",
        headers={"Accept-Encoding": "identity", "If-None-Match": first.headers["ETag"]},
    )

    assert (first.status_code, again.status_code) == (200, 304)


def test_what_is_not_there_is_not_there(both: Both) -> None:
    for address in (
        "/nothing/",
        "/feeds/",
        "/feeds/nothing.ics",
        "/static/nothing.js",
        "/events/mill/nothing/",
    ):
        served = both.http.get(f"{both.base}{address}")

        assert served.status_code == 404, address
        assert served.headers.get_list("Cache-Control") == ["no-store"], address
        assert "<h1>Not found</h1>" in served.text


@pytest.mark.parametrize("address", FORMER)
def test_former_pages_lead_on_as_the_application_leads(both: Both, address: str) -> None:
    served = both.http.get(f"{both.base}{address}")
    location = served.headers["Location"].removeprefix(str(both.http.base_url).rstrip("/"))
    with both.app.get(f"{both.base}{address}") as answer:
        assert answer.status_code == 308
        assert (served.status_code, location) == (308, answer.headers["Location"])


@pytest.fixture(scope="module")
def ended(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a site with a feed that has ended, and an event that is published no longer."""
    root = tmp_path_factory.mktemp("root")
    lay_ended(root)
    with serving(server, root / "_site", root / "public") as http:
        yield http


@pytest.mark.parametrize("address", ENDED)
def test_what_has_ended_is_gone(ended: httpx.Client, address: str) -> None:
    served = ended.get(address)

    assert served.status_code == 410
    if "/old" in address:
        assert "https://calendars.example.coop/feeds/all/" in served.text


def test_what_has_not_ended_is_there(ended: httpx.Client) -> None:
    assert [ended.get(path).status_code for path in ("/feeds/all.ics", "/events/bakery/open-day/")] == [
        200,
        200,
    ]
    assert ended.get("/feeds/older.ics").status_code == 404
