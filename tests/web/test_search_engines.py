"""What search engines and programs read: the sitemap, schema.org data, OpenGraph, OpenAPI."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web import sitemap as module

TESTS = Path(__file__).parents[1]
SCHEMA = json.loads((TESTS / "grammars/schema_org.json").read_text(encoding="utf-8"))
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of the site of a whole year of a cooperative."""
    root = tmp_path_factory.mktemp("year")
    shutil.copytree(TESTS / "golden/feeds/year/source", root, dirs_exist_ok=True)
    now = datetime(2026, 1, 2, tzinfo=UTC)
    compiled(root, now)
    return Client(create_app(LiveSite(root / "_site"), lambda: now))


def addresses(client: Client, path: str = "/sitemap.xml") -> Iterator[str]:
    """Return every address of the sitemap, in all its parts."""
    root = etree.fromstring(client.get(path).data)
    for each in root.iter(f"{SITEMAP}loc"):
        inner = str(each.text)
        if root.tag == f"{SITEMAP}sitemapindex":
            yield from addresses(client, urlsplit(inner).path)
        else:
            yield inner


def data_of(client: Client, path: str) -> list[dict[str, object]]:
    """Return the schema.org data of a page."""
    tree = etree.HTML(client.get(path).text)
    return [json.loads(each) for each in tree.xpath("//script[@type='application/ld+json']/text()")]


def test_every_address_of_the_sitemap_is_a_page_and_canonical(year: Client) -> None:
    """In every language; a page's canonical address is the one that is listed."""
    found = list(addresses(year))

    assert len(found) == len(set(found)) > 60
    for address in found:
        answer = year.get(urlsplit(address).path)
        assert answer.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in answer.text


def test_the_two_pages_of_an_organisation_are_one_to_search_engines(client: Client) -> None:
    """That of its own feed names the other; narrowed it is a page of its own."""
    own, other, narrowed, combined = (
        client.get(path).text
        for path in (
            "/fr/organisations/bakery/",
            "/fr/feeds/bakery/",
            "/fr/feeds/bakery/?past=no",
            "/feeds/all/",
        )
    )
    whose = '<link rel="canonical" href="https://calendars.example.coop/fr/organisations/bakery/">'

    assert whose in own
    assert whose in other
    assert '<link rel="alternate" hreflang' not in other
    assert '<link rel="alternate" hreflang' in own
    assert whose not in narrowed
    assert '<link rel="canonical" href="https://calendars.example.coop/feeds/all/">' in combined
    assert not any(
        "/feeds/bakery/" in each and not each.endswith("/subscribe/") for each in addresses(client)
    )


def test_the_sitemap_names_each_page_in_each_language(client: Client) -> None:
    """All of them, with itself; and when it changed last, where that is known."""
    root = etree.fromstring(client.get("/sitemap.xml").data)
    [url] = [
        each
        for each in root
        if each.findtext(f"{SITEMAP}loc") == "https://calendars.example.coop/fr/events/bakery/assembly/"
    ]

    assert {each.get("hreflang"): each.get("href") for each in url.iter(f"{XHTML}link")} == {
        "en": "https://calendars.example.coop/events/bakery/assembly/",
        "fr": "https://calendars.example.coop/fr/events/bakery/assembly/",
    }
    assert url.findtext(f"{SITEMAP}lastmod") == "2026-06-01"


def test_a_long_sitemap_is_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into parts that together are the whole; there is no part beyond."""
    whole = list(addresses(client))
    monkeypatch.setattr(module, "LARGEST", 3)

    assert list(addresses(client)) == whole
    assert client.get(f"/sitemap-{-(-len(whole) // 3)}.xml").status_code == 200
    assert client.get("/sitemap-1000.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_data_of_all_events_conforms(year: Client) -> None:
    """Of events, sessions, series and each of their dates, in both languages."""
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    pages = {urlsplit(each).path for each in addresses(year) if "/events/" in each}
    for path in sorted(pages):
        pages |= {
            str(each) for each in etree.HTML(year.get(path).text).xpath("//ol//a/@href") if "/events/" in each
        }

    assert len(pages) > 60
    for path in sorted(pages):
        [data] = data_of(year, path)
        assert [f"{path}: {each.json_path}: {each.message}" for each in validator.iter_errors(data)] == []


def test_data_says_what_changed(tmp_path: Path) -> None:
    """Status, the date before, how it is attended, sessions and what they are in, a full house."""
    body = """\
name: The Bakery
events:
  - id: fair
    title: Fair
    when: 2026-07-04/2026-07-05
    moved_from: 2026-06-27
    where: {city: Ghent}
    online: https://meet.example.coop/
    registration: {url: https://bakery.example.coop/r, full: yes, price: 5 euros}
    sessions: [{id: opening, title: Opening, when: 2026-07-04 10:00/11:00}]
  - {id: off, title: Off, when: 2026-07-10, status: cancelled, online: https://meet.example.coop/}
  - {id: late, title: Late, when: 2026-07-11, status: postponed, where: {city: Ghent}}
"""
    root = lay(tmp_path, {"calendars/bakery.yaml": body})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    [fair], [opening], [off], [late] = (
        data_of(client, f"/events/bakery/{path}/") for path in ("fair", "fair/opening", "off", "late")
    )

    assert fair["eventStatus"] == "https://schema.org/EventRescheduled"
    assert fair["previousStartDate"] == "2026-06-27"
    assert fair["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert isinstance(fair["offers"], dict)
    assert fair["offers"]["availability"] == "https://schema.org/SoldOut"
    assert isinstance(fair["subEvent"], list)
    assert fair["subEvent"][0]["name"] == "Opening"
    assert isinstance(opening["superEvent"], dict)
    assert opening["superEvent"]["name"] == "Fair"
    assert (off["eventStatus"], off["eventAttendanceMode"]) == (
        "https://schema.org/EventCancelled",
        "https://schema.org/OnlineEventAttendanceMode",
    )
    assert late["eventStatus"] == "https://schema.org/EventPostponed"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Example"),
        ("/fr/feeds/all/", "Exemple"),
        ("/organisations/bakery/", "The Bakery"),
        ("/fr/events/bakery/open-day/", "Portes ouvertes"),
    ],
)
def test_what_is_shared_has_a_title_a_description_and_its_address(
    client: Client, path: str, title: str
) -> None:
    """As OpenGraph wants it."""
    tree = etree.HTML(client.get(path).text)
    said = {each.get("property"): each.get("content") for each in tree.xpath("//meta[@property]")}

    assert title in said["og:title"]
    assert said["og:url"] == f"https://calendars.example.coop{path}"
    assert said["og:description"] == tree.xpath("string(//meta[@name='description']/@content)") != ""
    assert said["og:locale"] == ("fr" if path.startswith("/fr") else "en")


def test_feeds_are_discovered(client: Client) -> None:
    """By programs that read the page of a feed or of an organisation."""
    wanted = {"text/calendar", "application/atom+xml", "application/json", "application/json+oembed"}
    for path in ("/feeds/bakery/", "/organisations/bakery/"):
        links = etree.HTML(client.get(path).text).xpath("//link[@rel='alternate'][@type]")
        assert {each.get("type") for each in links} == wanted
        assert {client.get(urlsplit(each.get("href")).path).status_code for each in links} == {200}


def test_the_interface_is_described_and_every_answer_is_as_described(year: Client) -> None:
    """OpenAPI 3.1; the JSON of every feed in every language."""
    described = year.get("/openapi.json").get_json()
    validate(described)
    registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(described))
    schema = {"$ref": "urn:api#/components/schemas/Document"}
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    feeds = {
        urlsplit(each).path.strip("/").split("/")[-1]
        for each in addresses(year)
        if urlsplit(each).path.startswith("/feeds/") and "subscribe" not in each
    }

    assert len(feeds) >= 2
    for feed in feeds:
        for ending in ("json", "fr.json", "json?past=no&limit=3"):
            answer = year.get(f"/feeds/{feed}.{ending}")
            if answer.status_code == 404:
                continue
            said = answer.get_json()
            known = set(described["components"]["schemas"]["Occurrence"]["properties"])
            assert [f"{each.json_path}: {each.message}" for each in validator.iter_errors(said)] == []
            assert {key for each in said["occurrences"] for key in each} <= known
