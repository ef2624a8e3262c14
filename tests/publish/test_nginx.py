"""A real nginx sends published files as the application answers, at the root of a host and below a path."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tests.publish.conftest import Publication
from tests.publish.test_hosts import CHECKED, addresses, answers
from tests.support.nginx import nginx
from tests.support.trees import BAKERY, NOW, compiled, lay
from tests.support.waiting import PATIENCE
from werkzeug.test import Client

from coopcal.publish.aside import Aside
from coopcal.publish.hosts.facts import Facts
from coopcal.publish.hosts.nginx import nginx as rules
from coopcal.publish.rendering import render_all
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app
from coopcal.web.links import path_of

ALIKE = (*CHECKED, "Content-Type")

FORMER = (
    "/feeds/bazaars/",
    "/feeds/bazaars/archive/",
    "/fr/organisations/watermill/",
    "/events/watermill/choir/",
    "/events/watermill/choir/2026-06-16/",
    "/fr/events/mill/market/",
    "/events/mill/market/opening/",
    "/events/watermill/market/",
)
"""Former addresses of pages of the site."""

ENDED = (
    "/feeds/old.ics",
    "/feeds/old.json",
    "/feeds/old/",
    "/fr/feeds/old/",
    "/embed/old/list.en/",
    "/events/bakery/assembly/",
    "/fr/events/bakery/assembly/",
)
"""What has ended, and is published no longer."""


@dataclass(frozen=True)
class Both:
    """A published site as nginx serves it, and as the application does."""

    publication: Publication
    base: str
    http: httpx.Client
    app: Client


@pytest.fixture(
    scope="module", params=["https://calendars.example.coop", "https://example.coop/our/calendar"]
)
def both(
    request: pytest.FixtureRequest,
    publish: Callable[[str], Publication],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Both]:
    publication, work = publish(request.param), tmp_path_factory.mktemp("nginx")
    base, root = path_of(publication.address), publication.folder
    if base:
        root = work / "root"
        (root / base[1:]).parent.mkdir(parents=True)
        (root / base[1:]).symlink_to(publication.folder)
    publication.folder.chmod(0o755)
    told = rules(Facts.of(open_site(publication.out)), str(root))
    app = Client(create_app(LiveSite(publication.out), lambda: NOW))
    with (
        nginx(told, work) as address,
        httpx.Client(base_url=address, headers={"Accept-Encoding": "gzip"}, timeout=PATIENCE) as http,
    ):
        yield Both(publication, base, http, app)


def test_every_file_is_sent_as_the_application_sends_it(both: Both) -> None:
    wanted = answers(both.publication)
    for address in addresses(both.publication):
        served = both.http.get(f"{both.base}{address}")
        if address in wanted:
            assert alike(served.headers) == alike(wanted[address]), address
        assert served.status_code in ((200,) if address in wanted else (200, 308)), address

    assert len(wanted) > 0.8 * (len(both.publication.rendered.files) - len(both.publication.rendered.moved))


def alike(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in ALIKE if name in headers}


def test_bodies_are_those_of_the_application_and_compressed(both: Both) -> None:
    for address in ("/feeds/all.ics", "/feeds/mill.atom", "/events/mill/choir/event.ics"):
        served = both.http.get(f"{both.base}{address}")

        assert served.headers["Content-Encoding"] == "gzip"
        assert served.headers["Vary"] == "Accept-Encoding"
        with both.app.get(f"{both.base}{address}") as answer:
            assert served.content == answer.data


def test_what_is_not_there_is_not_there(both: Both) -> None:
    for address in (
        "/nothing/",
        "/feeds/",
        "/feeds/nothing.ics",
        "/static/nothing.js",
        "/events/mill/nothing/",
    ):
        served = both.http.get(f"{both.base}{address}")

        assert served.status_code == 404
        assert served.headers["Cache-Control"] == "no-store"
    assert "<h1>Not found</h1>" in both.http.get(f"{both.base}/nothing/").text


def test_a_page_without_its_slash_leads_to_the_page(both: Both) -> None:
    for address in ("/feeds/all", "/organisations/mill", "/fr/help"):
        served = both.http.get(f"{both.base}{address}")

        assert (served.status_code, served.headers["Location"]) == (308, f"{both.base}{address}/")
    assert both.http.get(both.base or "/").status_code in (200, 301, 308)


@pytest.mark.parametrize("address", FORMER)
def test_former_pages_lead_on_as_the_application_leads(both: Both, address: str) -> None:
    served = both.http.get(f"{both.base}{address}")
    with both.app.get(f"{both.base}{address}") as answer:
        assert answer.status_code == 308
        assert (served.status_code, served.headers["Location"]) == (308, answer.headers["Location"])


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Client]]:
    """Return nginx and the application for a site with a feed that has ended, and an event that is published no longer."""
    root, work = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("nginx")
    lay_ended(root)
    told = rules(Facts.of(open_site(root / "_site")), str(root / "public"))
    with nginx(told, work) as address, httpx.Client(base_url=address, timeout=PATIENCE) as http:
        yield http, Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def lay_ended(root: Path) -> None:
    """Publish a site with a feed that has ended, and an event that is published no longer."""
    lay(root, {"feeds/old.yaml": "title: Old\nclosed: {on: 2024-05-01, see: all}\n"})
    compiled(root)
    lay(root, {"calendars/bakery.yaml": f"removed: [assembly]\n{without_assembly(BAKERY)}"})
    compiled(root, NOW + timedelta(minutes=1))
    render_all(root / "_site", NOW, Aside(root / "public"))


def without_assembly(source: str) -> str:
    return re.sub(r"  - id: assembly\n(?:    .*\n)+", "", source)


@pytest.mark.parametrize("address", ENDED)
def test_what_has_ended_is_gone(ended: tuple[httpx.Client, Client], address: str) -> None:
    """And a feed says where to go; what else there is stays."""
    http, app = ended
    served = http.get(address)
    with app.get(address) as answer:
        assert (served.status_code, answer.status_code) == (410, 410)
        assert served.headers["Cache-Control"] == answer.headers["Cache-Control"] == "no-store"
        if address.endswith(".ics"):
            assert served.content == answer.data
            assert served.headers["Content-Type"] == answer.headers["Content-Type"]
    if "/old" in address:
        assert served.text == "This feed has ended. See https://calendars.example.coop/feeds/all/\n"


def test_what_has_not_ended_is_there(ended: tuple[httpx.Client, Client]) -> None:
    http, _ = ended

    assert [http.get(path).status_code for path in ("/feeds/all.ics", "/events/bakery/open-day/")] == [
        200,
        200,
    ]
    assert http.get("/feeds/older.ics").status_code == 404
