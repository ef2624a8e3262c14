"""A site with something of everything, published as files: at the root of a host, and below a path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import html
from tests.support.once import once
from tests.support.trees import NOW, compiled, lay

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import Rendered, render_all

FILES = {
    "calendars/mill.yaml": """\
        name: {en: The Mill, fr: Le Moulin}
        formerly: [watermill]
        country: BE
        events:
          - id: fair
            formerly: [market]
            title: {en: Fair, fr: Foire}
            when: 2026-06-20/2026-06-21
            tags: [market]
            documents: [{label: Plan, file: files/plan.txt}]
            sessions:
              - {id: opening, title: Opening, when: 2026-06-20 10:00/11:00}
          - id: choir
            title: Choir
            when: 2024-01-09 19:00/21:00
            repeats:
              every: week
              changes:
                2026-06-09: {when: 2026-06-10 19:00/21:00}
          - {id: dance, title: Dance, when: [2026-05-02, 2026-07-04, 2029-09-05]}
          - {id: gone, title: Gone, when: 2019-03-03}
    """,
    "calendars/files/plan.txt": "the plan\n",
    "feeds/markets.yaml": """\
        title: Markets
        formerly: [bazaars]
        select: {tags: {any: [market]}}
        reminders: [evening]
    """,
    "feeds/old.yaml": """\
        title: Old
        closed: {on: 2026-05-01, see: all}
    """,
}

SITE = """\
title: {{en: Example, fr: Exemple}}
uid_domain: example.coop
base_url: {address}
languages: [en, fr]
timezone: Europe/Brussels
"""


@dataclass(frozen=True)
class Publication:
    """A published site: its compiled site, its files, and what came of making them."""

    address: str
    out: Path
    folder: Path
    rendered: Rendered


LINKS = "//@href | //@src | //@action | //meta[@property='og:url']/@content"


def leads(publication: Publication, page: Path) -> set[str]:
    """Return the addresses of the site that a page leads to, as paths below the root of the site.

    None asks for what only a server could work out; what the search is asked for, its script finds.
    """
    here = f"{publication.address}/{quote(str(page.relative_to(publication.folder)))}"
    tree = html.fromstring(page.read_bytes())
    refreshed = [said.partition("url=")[2] for said in tree.xpath("//meta[@http-equiv='refresh']/@content")]
    found = {urljoin(here, link).partition("#")[0] for link in (*tree.xpath(LINKS), *refreshed)}
    home = urlsplit(publication.address)
    inside = {urlsplit(link) for link in found if urlsplit(link).netloc == home.netloc}
    asking = {link for link in inside if link.query and not link.path.endswith("/search/")}
    assert all(link.path.startswith(f"{home.path}/") for link in inside - asking), (page, inside)
    assert asking == set(), page
    return {link.path.removeprefix(home.path) for link in inside}


def hosted(folder: Path, address: str) -> Path:
    """Return the file that a host of files answers an address with."""
    path = unquote(address).removeprefix("/")
    return folder / (f"{path}index.html" if address.endswith("/") else path)


def missing(publication: Publication) -> dict[str, str]:
    """Return the addresses at which there is no file though pages lead there, each with one of these pages."""
    return {
        link: str(page.relative_to(publication.folder))
        for page in sorted(publication.folder.rglob("*.html"))
        for link in leads(publication, page)
        if not hosted(publication.folder, link).is_file()
    }


def published(root: Path, folder: Path, address: str, files: Mapping[str, str]) -> Publication:
    """Return what is published into a folder of a tree that has some files."""
    lay(root, dict(files))
    compiled(root)
    return Publication(address, root / "_site", folder, render_all(root / "_site", NOW, Aside(folder)))


def sources(address: str) -> dict[str, str]:
    """Return the files of the site at an address."""
    return {**FILES, "coopcal.yaml": SITE.format(address=address)}


@pytest.fixture(
    scope="session", params=["https://calendars.example.coop", "https://example.coop/our/calendar"]
)
def publication(request: pytest.FixtureRequest, publish: Callable[[str], Publication]) -> Publication:
    """Return a published site at each of two addresses."""
    return publish(request.param)


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Publication]:
    """Return what publishes the site at an address, once for all tests: none may change it."""

    def publish_at(address: str) -> Publication:
        return once(
            tmp_path_factory,
            f"publication at {address}",
            lambda folder: published(folder / "root", folder / "files", address, sources(address)),
        )

    return publish_at
