"""A site in six languages on a real server, and a real browser."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.support import node
from tests.support.browser import launched
from tests.support.once import once
from tests.support.serving import served
from tests.support.trees import lay

from coopcal.authoring.sandbox.pasted import look_through
from coopcal.compile.pipeline import compile_site
from coopcal.model.paste import Findings, Kind, Pasted, Refusal
from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)

SITE = """\
title: {en: Cooperatives of the valley, de: Genossenschaften des Tals, es: Cooperativas del valle, fr: Coopératives de la vallée, it: Cooperative della valle, pt: Cooperativas do vale}
uid_domain: valley.example
base_url: https://valley.example
languages: [en, de, es, fr, it, pt]
timezone: Europe/Brussels
"""
BAKERY = """\
name: The Bakery
full_name: The Bakery of the valley, a cooperative of its workers
country: BE
url: https://bakery.example.coop
email: hello@bakery.example.coop
colour: "#b5651d"
places: {shop: {name: The shop, address: 1 Mill Lane, city: Ghent, country: BE, geo: {lat: 51.05, lon: 3.72}}}
events:
  - id: assembly
    title: {en: General assembly, fr: Assemblée générale}
    when: 2026-12-05 10:00/16:00
    where: shop
    description: |
      Everybody **comes**, and there is [a page](https://bakery.example.coop/assembly).

      - accounts
      - elections
    registration: {url: https://bakery.example.coop/r, closes: 2026-12-01 12:00, places: 40, price: [{for: Members, price: free}, {for: Others, price: 5 €}]}
    practical: {bring: A cup, accessibility: No steps}
    languages: [en, fr]
    tags: [assembly]
    sessions:
      - {id: opening, title: Opening, when: 2026-12-05 10:00/11:00}
      - {id: vote, title: Vote, when: 2026-12-05 14:00/15:30}
  - id: evening
    title: {en: Members' evening, fr: Soirée des membres}
    when: 2026-09-08 19:00/21:00
    where: shop
    tags: [members]
    repeats: {every: month, on: second Tuesday, until: 2027-06-30, changes: {2027-02-09: {status: cancelled, reason: The hall is flooded}, 2026-12-08: {when: 2026-12-09}}}
  - {id: webinar, title: Webinar on sourdough, when: 2026-12-10 18:00/19:00, online: https://meet.example.coop/sourdough}
  - {id: party, title: Winter party, when: 2026-12-19, where: shop, status: postponed, reason: No heating}
  - {id: old, title: Last year's market, when: 2025-12-01 09:00/12:00, where: shop}
"""
MILL = """\
name: The Mill
country: FR
part_of: [union]
events:
  - {id: fair, title: Fair of grain and flour, when: 2027-05-01/2027-05-03, where: {city: Lille, country: FR}, hours: 10:00/18:00, tags: [open-doors], partners: [bakery]}
  - {id: congress, title: Congress, when: autumn 2027, where: {city: Paris, country: FR}}
  - {id: prize, title: Entries for the prize, when: until 2027-01-31 12:00}
"""
UNION = "name: The Union\ncountry: BE\n"
FEED = "title: {en: Open doors, fr: Portes ouvertes}\nselect: {tags: [open-doors, assembly]}\nreminders: [evening, PT2H]\n"


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a compiled site with every kind of date and of event."""
    return valley(tmp_path_factory.mktemp("valley"))


def valley(folder: Path, address: str = "https://valley.example") -> Path:
    """Lay the sources of the valley, which is at an address, into a folder, and compile them."""
    root = lay(
        folder,
        {
            "coopcal.yaml": SITE.replace("https://valley.example", address),
            "calendars/bakery.yaml": BAKERY,
            "calendars/mill.yaml": MILL,
            "calendars/union.yaml": UNION,
            "feeds/all.yaml": "title: All of the valley\n",
            "feeds/open.yaml": FEED,
        },
    )
    outcome = compile_site(root, root / "_site", NOW, first=True)
    assert outcome.published, outcome.problems
    return root


def files_of_valley(factory: pytest.TempPathFactory, path: str) -> Path:
    """Return a folder of a host, in which the site of the valley lies as files below a path: made once for all tests, which only read it."""

    def make(folder: Path) -> Path:
        root, host = valley(folder / "valley", f"https://valley.example{path}"), folder / "host"
        inside = host / path.removeprefix("/")
        inside.mkdir(parents=True)
        render_all(root / "_site", NOW, Aside(inside))
        return host

    return once(factory, f"files of the valley at {path}/", make)


def checked(content: bytes, kind: Kind, language: str) -> Findings | Refusal:
    return look_through(Pasted(kind, content, ("en",), language, ("bakery",)), NOW.date())


@pytest.fixture(scope="session")
def address(root: Path) -> Iterator[str]:
    """Return the address of a server of the site."""
    with served(root, NOW, checked) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a browser; its contexts are each test's own."""
    with launched(NOW) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a desktop's browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def axe(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser that axe can be put into."""
    node.require(package="axe-core")
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()
