"""A series that goes on otherwise stands once in lists, which say from when on, and how or where."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
BODY = """\
name: The Bakery
country: BE
places: {{shop: {{name: The shop}}, hall: {{name: The hall}}}}
events:
  - id: market
    title: Market
    when: 2026-10-03 08:00/12:00
    where: shop
    repeats: {{every: week, until: 2027-06-26, changes: {{from 2027-01-02: {{{changes}}}}}}}
"""


def pages(folder: Path, changes: str) -> Client:
    """Return a client of a site with a series that goes on so."""
    root = lay(folder, {"calendars/bakery.yaml": BODY.format(changes=changes)})
    compiled(root, NOW)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def lines(item: html.HtmlElement, name: str) -> list[str]:
    """Return the texts of what has a class in an item."""
    found = item.xpath(f".//p[@class='{name}'] | .//ul[@class='{name}']/li")
    return [" ".join(each.text_content().split()) for each in found]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ("where: hall", ["From 2 January 2027: The hall"]),
        ("title: Market of the hall, where: hall", ["From 2 January 2027: Market of the hall, The hall"]),
        ("title: Market of spring", ["From 2 January 2027: Market of spring"]),
        ("when: 07:00/11:00", []),
        ("description: Soup is served.", []),
        ("online: https://meet.example.coop/market", ["From 2 January 2027: Online"]),
    ],
)
def test_it_stands_once(tmp_path: Path, changes: str, told: list[str]) -> None:
    tree = html.fromstring(pages(tmp_path, changes).get("/feeds/all/").text)
    [item] = tree.xpath("//ol[@class='events']/li")

    assert lines(item, "turns") == told
    assert lines(item, "where") == ["The shop"]
    assert item.xpath("string(.//summary)") == "30 more dates: Market"


def test_what_has_ended_is_no_news(tmp_path: Path) -> None:
    """Among past events nothing lies ahead."""
    root = lay(tmp_path, {"calendars/bakery.yaml": BODY.format(changes="where: hall")})
    compiled(root, NOW)
    client = Client(create_app(LiveSite(root / "_site"), lambda: datetime(2027, 7, 1, tzinfo=UTC)))
    [item] = html.fromstring(client.get("/feeds/all/").text).xpath("//ol[@class='events past']/li")

    assert lines(item, "turns") == []
    assert lines(item, "where") == ["The hall"]


def test_what_is_off_from_a_day_on_stands_beside_it_and_says_from_when(tmp_path: Path) -> None:
    tree = html.fromstring(
        pages(tmp_path, "status: cancelled, reason: The oven is cold").get("/fr/feeds/all/").text
    )
    usual, off = tree.xpath("//ol[@class='events']/li")

    assert lines(usual, "when") == ["Tous les samedis, 08:00–12:00, jusqu’au 26 décembre 2026"]
    assert lines(off, "when") == ["Tous les samedis, 08:00–12:00, du 2 janvier au 26 juin 2027"]
    assert lines(off, "states") == ["Annulé"]
    assert off.xpath("string(.//summary)").startswith("25 autres dates")


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["August 2027", "May 2028", "Autumn 2027", "2027, date to be announced"]),
        ("de", ["August 2027", "Mai 2028", "Herbst 2027", "2027, Termin folgt"]),
        ("fr", ["Août 2027", "Mai 2028", "Automne 2027", "2027, date à préciser"]),
        ("es", ["Agosto de 2027", "Mayo de 2028", "Otoño de 2027", "2027, fecha por confirmar"]),
        ("it", ["Agosto 2027", "Maggio 2028", "Autunno 2027", "2027, data da definire"]),
        ("pt", ["Agosto de 2027", "Maio de 2028", "Outono de 2027", "2027, data a anunciar"]),
        ("pt-BR", ["Agosto de 2027", "Maio de 2028", "Outono de 2027", "2027, data a definir"]),
    ],
)
def test_what_is_known_roughly_stands_below_its_own_words(
    rough: Client, language: str, headings: list[str]
) -> None:
    """Behind all that is known in its season or year, in lists and in what is embedded by day."""
    known, month, season, year = headings
    path = "" if language == "en" else f"/{language}"
    listed = html.fromstring(rough.get(f"{path}/feeds/all/").text)
    embedded = html.fromstring(rough.get(f"/embed/all/agenda.{language}.html").text)
    days = [each.text_content().strip() for each in embedded.xpath("//*[@class='coopcal-day']")]

    assert [each.text_content() for each in listed.xpath("//h3[@class='chapter']")] == [
        known, season, year, month,
    ]  # fmt: skip
    assert days[2:] == [season, year, month]
    assert [each.xpath("string(.//*[@class='coopcal-name'])") for each in embedded.xpath("//li")] == [
        "First", "Last", "Congress", "Jubilee", "Picnic",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a site with dates that are known roughly."""
    events = "".join(
        f"  - {{id: {title.lower()}, title: {title}, when: {when}}}\n"
        for title, when in (
            ("Jubilee", "2027"),
            ("Picnic", "2028-05"),
            ("Congress", "autumn 2027"),
            ("First", "2027-08-01"),
            ("Last", "2027-08-31"),
        )
    )
    site = "title: Example\nuid_domain: example.coop\nbase_url: https://calendars.example.coop\nlanguages: [en, de, fr, es, it, pt, pt-BR]\ntimezone: Europe/Brussels\n"
    root = lay(
        tmp_path_factory.mktemp("rough"),
        {"coopcal.yaml": site, "calendars/bakery.yaml": f"name: The Bakery\nevents:\n{events}"},
    )
    compiled(root, NOW)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))
