"""Odd sites are published whole, too: every link of every page leads to a file."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from tests.publish.conftest import Publication, hosted, missing, published
from tests.support.trees import NOW

ADDRESS = "https://example.coop:8443/our/calendar"
NAMES = (
    "my plan.txt",
    "50%.txt",
    "a#b.txt",
    "what?.txt",
    "%2e%2e.txt",
    "a&b+c;d.txt",
    "fête.txt",
    "fe\u0302te.txt",
)
"""Names of documents; the last two differ by their Unicode form alone."""

DOCUMENTS = "".join(f'          - {{label: Plan, file: "files/{name}"}}\n' for name in NAMES)

DATED_IDS = """\
name: The Mill
formerly: [watermill]
country: BE
events:
  - id: 2026-05-01
    formerly: [2019-01-01, 2026-99-99]
    title: Assembly
    when: 2026-06-20
    sessions:
      - {id: 1999-01-01, formerly: [1998-01-01], title: Opening, when: 2026-06-20 10:00/11:00}
  - id: 2026-07-05
    title: Choir
    when: 2010-07-05 10:00/11:00
    repeats: {every: week}
"""

MANY = "".join(
    f"  - {{id: e{n}, title: Event {n}, when: {NOW.date() - timedelta(n)}}}\n" for n in range(1, 130)
)
SESSIONS = "".join(
    f"      - {{id: s{n}, title: Session {n}, when: 2026-09-01 10:00/11:00}}\n" for n in range(120)
)


def site(title: str = "Example", languages: str = "en", address: str = ADDRESS) -> str:
    return (
        f"title: {title}\nuid_domain: example.coop\nbase_url: {address}\n"
        f"languages: [{languages}]\ntimezone: Europe/Brussels\n"
    )


SITES = {
    "with no event": {"calendars/bakery.yaml": "name: The Bakery\n"},
    "with documents of any name": {
        "calendars/bakery.yaml": "name: The Bakery\nevents:\n"
        f"  - id: fair\n    title: Fair\n    when: 2026-07-01\n    documents:\n{DOCUMENTS}",
        **{f"calendars/files/{name}": name for name in NAMES},
    },
    "with ids like dates": {"calendars/mill.yaml": DATED_IDS},
    "with long lists": {
        "calendars/mill.yaml": f"name: Mill\nevents:\n{MANY}"
        f"  - id: congress\n    title: Congress\n    when: 2026-09-01\n    sessions:\n{SESSIONS}"
    },
    "in three languages, one from right to left": {
        "coopcal.yaml": site("{en: Example, ar: مثال, es-419: Ejemplo}", "en, ar, es-419"),
    },
    "in one language of any script": {"coopcal.yaml": site("Приклад", "uk")},
    "at an address of any script": {
        "coopcal.yaml": site(address="https://münchen.example/kalender/für-alle")
    },
    "with former feeds": {
        "feeds/c.yaml": "title: C\nformerly: [a, b]\nselect: {organisations: [bakery]}\nreminders: [evening, PT2H]\n",
        "feeds/page-2.yaml": "title: Two\nselect: {organisations: [bakery]}\n",
        "feeds/2026-05.yaml": "title: May\nselect: {organisations: [bakery]}\nclosed: {on: 2026-05-01, see: all}\n",
    },
}


@pytest.fixture(scope="module", params=SITES)
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Return each odd site, published."""
    files = {"coopcal.yaml": site(), **SITES[request.param]}
    address = next(line for line in files["coopcal.yaml"].splitlines() if line.startswith("base_url"))
    root, folder = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("files")
    return published(root, folder, address.removeprefix("base_url: "), files)


def test_every_link_of_every_page_leads_to_a_file(odd: Publication) -> None:
    assert len(list(odd.folder.rglob("*.html"))) > 50
    assert missing(odd) == {}
    assert odd.rendered.missing == []


def test_documents_stand_once_each_under_the_name_that_they_have(tmp_path: Path) -> None:
    publication = published(
        tmp_path / "root",
        tmp_path / "files",
        ADDRESS,
        {"coopcal.yaml": site(), **SITES["with documents of any name"]},
    )
    beside = {
        path.name: path for path in (publication.folder / "events/bakery/fair").iterdir() if path.is_file()
    }

    assert beside.keys() - {"index.html", "event.ics"} == set(NAMES)
    assert all(beside[name].read_text(encoding="utf-8") == name for name in NAMES)


def test_former_ids_lead_on_wherever_they_stand_in_an_address(tmp_path: Path) -> None:
    publication = published(
        tmp_path / "root",
        tmp_path / "files",
        ADDRESS,
        {"coopcal.yaml": site(), "calendars/mill.yaml": DATED_IDS},
    )
    page_of = partial(hosted, publication.folder)

    for former, now in (
        ("/events/mill/2019-01-01/", "/events/mill/2026-05-01/"),
        ("/events/mill/2026-99-99/", "/events/mill/2026-05-01/"),
        ("/events/watermill/2019-01-01/1998-01-01/", "/events/mill/2026-05-01/1999-01-01/"),
        ("/events/mill/2019-01-01/1999-01-01/", "/events/mill/2026-05-01/1999-01-01/"),
        ("/events/watermill/2026-07-05/2026-07-06/", "/events/mill/2026-07-05/2026-07-06/"),
    ):
        page = html.fromstring(page_of(former).read_bytes())
        refreshed = page.xpath("string(//meta[@http-equiv='refresh']/@content)")
        assert refreshed == f"0; url={urlsplit(ADDRESS).path}{now}"
        assert page_of(now).is_file()
    assert not page_of("/events/watermill/2026-07-05/2012-07-09/").exists()


def test_a_part_of_a_long_list_takes_the_address_of_nothing_else(tmp_path: Path) -> None:
    """An event of many sessions shows them in parts, also where some of them are called like a part."""
    identifiers = ("page", "page-2", "2")
    named = "".join(
        f"      - {{id: {identifier}, title: So called, when: 2026-09-01 23:00/23:30}}\n"
        for identifier in identifiers
    )
    sources = SITES["with long lists"]["calendars/mill.yaml"].replace(MANY, "") + named
    publication = published(
        tmp_path / "root",
        tmp_path / "files",
        ADDRESS,
        {"coopcal.yaml": site(), "calendars/mill.yaml": sources},
    )

    def heading(address: str) -> str:
        """Return the heading of the page at an address."""
        return str(html.fromstring(hosted(publication.folder, address).read_bytes()).xpath("string(//h1)"))

    assert missing(publication) == {}
    assert {heading(f"/events/mill/congress/{identifier}/") for identifier in identifiers} == {"So called"}
    assert heading("/events/mill/congress/page/2/") == "Congress"


def test_a_site_map_in_parts_is_published_with_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopcal.web.sitemap.LARGEST", 5)

    publication = published(tmp_path / "root", tmp_path / "files", ADDRESS, {"coopcal.yaml": site()})

    named = etree.fromstring((publication.folder / "sitemap.xml").read_bytes()).iter("{*}loc")
    parts = [str(loc.text).removeprefix(ADDRESS) for loc in named]
    assert len(parts) > 1
    assert all(hosted(publication.folder, part).is_file() for part in parts)
