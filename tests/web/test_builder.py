"""The feed builder: choices, one address for one choice, and the file that makes the same feed."""

from pathlib import Path

import pytest
import yaml
from lxml import etree
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.formats.feed_source import feed_id, feed_yaml
from coopcal.site.reader import LiveSite, open_site
from coopcal.views.filters import Filters, read_filters
from coopcal.web import create_app

BODY = """\
name: The Mill
country: NO
events:
  - {id: fair, title: Fair, when: 2026-07-01, tags: [open-doors], where: {city: Oslo, country: NO}, partners: [bakery]}
  - {id: night, title: Night, when: 2026-08-01 20:00/23:00, tags: [members], where: {city: Oslo, country: NO}}
  - {id: gone, title: Gone, when: 2026-03-01, tags: [members]}
"""
QUERIES = [
    "organisation=mill",
    "organisation=bakery,mill",
    "organisation=bakery&role=partner",
    "tag=members,open-doors&country=NO",
    "tag=open-doors&past=P1Y&future=P18M",
    "country=NO&past=P30D",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site with something to choose from."""
    root = lay(tmp_path_factory.mktemp("mill"), {"calendars/mill.yaml": BODY})
    compiled(root)
    return root


@pytest.fixture
def mill(root: Path) -> Client:
    """Return a client of that site."""
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def narrowed(query: str) -> Filters:
    found = read_filters(query)
    assert isinstance(found, Filters)
    return found


def test_what_there_is_can_be_chosen_and_stays_chosen(mill: Client) -> None:
    """With how many events have it; nothing that is hidden counts."""
    page = etree.HTML(mill.get("/builder/?organisation=mill&tag=members").text)
    labels = {"".join(each.itertext()).strip() for each in page.xpath("//label[input[@type='checkbox']]")}

    assert {
        "The Bakery (3)",
        "The Mill (3)",
        "members (2)",
        "open-doors (2)",
        "Norway (2)",
        "is a partner (1)",
    } <= labels
    assert page.xpath("//input[@checked]/@value") == ["mill", "members", "", "en"]
    assert page.xpath("string(//*[@id='inside'])") == "1 upcoming date"
    assert [each.text for each in page.xpath("//div[@id='result']//p[@class='title']/a")] == ["Night"]


def test_the_form_leads_to_one_address_for_one_choice(mill: Client) -> None:
    """Whatever the order of ticking; empty fields are left out."""
    answer = mill.get("/fr/builder/?tag=b&tag=a&organisation=mill&past=&future=&remind=")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/builder/?organisation=mill&tag=a,b")
    assert mill.get("/builder/?nonsense=1").status_code == 400


def test_all_that_comes_of_it_is_narrowed(mill: Client) -> None:
    """The address, the code for sites, the QR code, the page."""
    query = "organisation=mill&tag=members"
    page = etree.HTML(mill.get(f"/builder/?{query}").text)
    element = etree.HTML(page.xpath("string(//textarea[@id='code-element'])")).find(".//coop-calendar")
    frame = etree.HTML(page.xpath("string(//textarea[@id='code-frame'])")).find(".//iframe")
    [code] = page.xpath("//div[@class='qr']/img/@src")

    assert page.xpath("//input[@id='address']/@value") == [
        f"https://calendars.example.coop/feeds/all.ics?{query}"
    ]
    assert dict(element.attrib) == {"feed": "all", "language": "en", "organisation": "mill", "tag": "members"}
    assert frame.get("src").endswith(f"/embed/all/list.en/?{query}")
    assert mill.get(code).data != mill.get("/feeds/all/qr.svg").data
    assert page.xpath(f"//a[@href='/feeds/all/?{query}']")
    assert mill.get(f"/feeds/all.ics?{query}").data.count(b"BEGIN:VEVENT") == 2


def test_a_choice_that_finds_nothing_says_so(mill: Client) -> None:
    """And can be taken back: what was chosen is still there."""
    page = etree.HTML(mill.get("/builder/?tag=gibberish").text)

    assert page.xpath("string(//*[@id='inside'])") == "0 upcoming dates"
    assert "No upcoming events match" in page.xpath("string(//div[@id='result'])")
    assert page.xpath("//input[@value='gibberish']/@checked")


@pytest.mark.parametrize("query", QUERIES)
def test_the_file_selects_what_the_address_does(root: Path, tmp_path: Path, query: str) -> None:
    """It passes the check, and its feed has the same events; also in Norway."""
    filters = narrowed(query)
    text = feed_yaml(filters, 'Ours: "all" of it')
    other = lay(tmp_path, {"calendars/mill.yaml": BODY, f"feeds/{feed_id(filters)}.yaml": text})
    compiled(other)
    site, original = open_site(other / "_site"), open_site(root / "_site")
    made = {site.events[number].uid for number in site.feeds[feed_id(filters)].events}
    fitting = {event.uid for event in original.events if filters.fits(event)}

    assert made == fitting != set()
    assert site.feeds[feed_id(filters)].title == 'Ours: "all" of it'


def test_what_a_file_cannot_say_stands_in_a_comment() -> None:
    """The number and the reminders; lengths in one unit."""
    text = feed_yaml(narrowed("limit=5&remind=evening&past=P1Y2M&future=P1M3D"), "Ours")

    assert yaml.safe_load(text) == {"title": "Ours", "window": {"past": "14 months"}}
    assert "# In the address alone: limit=5&remind=evening" in text
    assert feed_id(narrowed("tag=Été d’ici&country=FR")) == "ete-dici-fr"
    assert feed_id(Filters()) == "our-events"


@pytest.mark.parametrize(
    ("query", "status", "leads"),
    [
        ("language=fr&organisation=mill&tag=", 303, "/fr/builder/?organisation=mill"),
        ("language=en", 303, "/builder/"),
        ("language=xx", 400, None),
        ("language=", 400, None),
        ("language=fr&nonsense=1", 303, "/fr/builder/?nonsense=1"),
    ],
)
def test_a_language_is_in_the_path(mill: Client, query: str, status: int, leads: str | None) -> None:
    """Where the form leads without a script."""
    answer = mill.get(f"/builder/?{query}")

    assert (answer.status_code, answer.headers.get("Location")) == (status, leads)


@pytest.mark.parametrize("path", ["/builder/", "/feeds/all/embedding/"])
def test_attributes_hold_values_as_they_are(mill: Client, path: str) -> None:
    """Not as addresses write them: the element asks for the same as the address does."""
    query = "country=NO&tag=%C3%89t%C3%A9+d%27ici,say+%22hi%22"
    page = etree.HTML(mill.get(f"{path}?{query}", follow_redirects=True).text)
    [code] = page.xpath("//textarea[contains(., 'coop-calendar')]")
    element = etree.HTML(code.text).find(".//coop-calendar")

    assert (element.get("country"), element.get("tag")) == ("NO", 'say "hi",Été d\'ici')


def test_the_code_of_a_narrowed_page_is_narrowed(mill: Client) -> None:
    """Its element, its frame, and the frame that oEmbed gives for its address."""
    page = etree.HTML(mill.get("/feeds/all/embedding/?tag=members&remind=evening").text)
    codes = [etree.HTML(each.text) for each in page.xpath("//*[@class='embedding']//textarea")]
    [link] = etree.HTML(mill.get("/feeds/all/?tag=members&remind=evening").text).xpath(
        "//link[@type='application/json+oembed']/@href"
    )
    path = link.removeprefix("https://calendars.example.coop")
    told = [
        mill.get(address).get_json()["html"]
        for address in (
            f"{path}&maxwidth=500&dnt=true",
            "/oembed.json?url=https://calendars.example.coop/feeds/all/%3Ftag%3Dmembers%26utm_source%3Dx",
        )
    ]

    assert codes[0].find(".//coop-calendar").get("tag") == "members"
    assert codes[0].find(".//a").get("href").endswith("/feeds/all/?tag=members&remind=evening")
    for html in (codes[1], *map(etree.HTML, told)):
        assert html.find(".//iframe").get("src").endswith("/embed/all/list.en/?tag=members")
