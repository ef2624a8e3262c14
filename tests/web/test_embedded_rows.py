"""What recurs stands once in embedded lists and cards, unless each date is asked for; whose time it is, once above a month or a week."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.publish.addresses import Addresses
from coopcal.site.reader import LiveSite, open_site
from coopcal.views.agenda import Agenda
from coopcal.web import create_app

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
BODY = """\
name: The Bakery
country: BE
places: {shop: {name: The shop, city: Ghent, country: BE}, hall: {name: The hall, city: Lille, country: FR}}
events:
  - {id: bread, title: Bread at five, when: 2026-11-02 17:00/18:00, where: shop, repeats: {every: week, on: [monday, wednesday], until: 2027-06-30}}
  - {id: market, title: Market, when: 2026-10-03 08:00/12:00, where: shop, repeats: {every: week, until: 2027-06-26, changes: {from 2027-01-02: {where: hall}}}}
  - {id: assembly, title: Assembly, when: 2026-12-05 10:00/16:00, where: shop}
  - {id: fair, title: Fair, when: 2027-05-01/2027-05-03, where: hall}
"""
ONLINE = """\
name: The Union
country: BE
events:
  - {id: board, title: Board, when: 2026-12-03 18:00/20:00, online: https://meet.example.coop/b, repeats: {every: week, count: 3}}
"""
FOLDED = ("list", "cards", "next-event")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site with series."""
    folder = tmp_path_factory.mktemp("embedded")
    found = lay(folder, {"calendars/bakery.yaml": BODY, "calendars/union.yaml": ONLINE})
    compiled(found, NOW)
    return found


@pytest.fixture(scope="module")
def client(root: Path) -> Client:
    """Return a client of a server."""
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def shown(client: Client, address: str) -> list[tuple[str, ...]]:
    """Return of each entry its title, how it recurs, and what leads to its other dates."""
    tree = html.fromstring(client.get(address).text)
    return [
        tuple(
            " ".join(
                "".join(
                    each.xpath(
                        f".//*[@class='coopcal-{name}']//text()[not(parent::*[contains(@class, 'hidden')])]"
                    )
                ).split()
            )
            for name in ("name", "recurs", "dates")
        )
        for each in tree.xpath("//li[not(@hidden)]")
    ]


@pytest.mark.parametrize("view", FOLDED)
def test_a_series_is_one_entry(client: Client, view: str) -> None:
    assert shown(client, f"/embed/bakery/{view}.en.html?number=4") == [
        ("Bread at five", "Every Monday and Wednesday, 17:00–18:00, until 30 June 2027", "62 more dates"),
        ("Market", "Every Saturday, 08:00–12:00, until 26 June 2027", "30 more dates"),
        ("Assembly", "", ""),
        ("Fair", "", ""),
    ]


@pytest.mark.parametrize("view", FOLDED)
def test_each_date_is_shown_where_it_is_asked_for(client: Client, view: str) -> None:
    titles = [title for title, *_ in shown(client, f"/embed/bakery/{view}.en.html?number=5&dates=all")]

    assert titles == ["Bread at five", "Market", "Bread at five", "Bread at five", "Market"]


def test_an_agenda_has_each_date(client: Client) -> None:
    titles = [title for title, *_ in shown(client, "/embed/bakery/agenda.en.html?number=3")]

    assert titles == ["Bread at five", "Market", "Bread at five"]


def test_a_limit_counts_entries_too(client: Client) -> None:
    assert len(shown(client, "/embed/bakery/list.en.html?limit=4")) == 4


def test_it_leads_to_the_page_of_all_dates_and_tells_where_it_goes_on(client: Client) -> None:
    tree = html.fromstring(client.get("/embed/bakery/list.fr.html").text)
    market = tree.xpath("//li")[1]

    assert {each.rpartition(".coop")[2] for each in market.xpath(".//a/@href")} == {
        "/fr/events/bakery/market/"
    }
    assert "À partir du 2 janvier 2027" in market.text_content()
    assert "The hall" in market.text_content()


@pytest.mark.parametrize("address", ["month.en.html?month=2026-12", "week.en.html?week=2026-W50"])
def test_whose_time_it_is_stands_once(client: Client, address: str) -> None:
    text = client.get(f"/embed/union/{address}").text
    times = html.fromstring(text).xpath("//li/time/text()")

    assert text.count("Central European Time") == 1
    assert html.fromstring(text).xpath("string(//*[@class='coopcal-zone'])") == (
        "All times: Central European Time"
    )
    assert times
    assert all(re.fullmatch(r"\d\d:\d\d", time) for time in times)
    beside = html.fromstring(client.get(f"/embed/bakery/{address}").text)
    assert beside.xpath("//*[@class='coopcal-zone']/@hidden") == [""]
    assert not any("Central European" in time for time in beside.xpath("//time/text()"))


def test_files_let_a_script_choose_a_series_by_each_of_its_places(root: Path) -> None:
    """By its first day and its last one, too; and each date cannot be asked for."""
    addresses = Addresses(Agenda(open_site(root / "_site")), NOW)

    def where(asked: str) -> str:
        found = addresses.standing(asked)
        return found.address if found else ""

    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW, where=where))
    tree = html.fromstring(client.get("/embed/bakery/list.en.html").text)
    market = tree.xpath("//li")[1]

    assert market.get("data-days") == "2026-11-28/2027-06-26"
    assert set(market.get("data-cities").strip("|").split("|")) == {"ghent", "lille"}
    assert market.get("data-countries") == "BE,FR"
    assert tree.xpath("string(//*[@data-lacking]/@data-wrong)") == "dates"


INLINE = {"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "time"}


def glued(fragment: str) -> list[str]:
    """Return the words of a page that stand close together where no style sets them apart."""
    found: list[str] = []
    before = ""

    def say(text: str | None) -> None:
        nonlocal before
        if text and re.match(r"\w", text) and re.search(r"[\w)\]”’.!?]$", before):
            found.append(before[-20:] + text[:20])
        before = text or before

    def walk(element: html.HtmlElement) -> None:
        nonlocal before
        if element.tag not in INLINE:
            before = ""
        say(element.text)
        for child in element:
            walk(child)
            say(child.tail)
        if element.tag not in INLINE:
            before = ""

    walk(html.fragment_fromstring(fragment, create_parent="div"))
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_of_a_fragment_stand_apart_without_a_style_sheet(tmp_path: Path, language: str) -> None:
    """In every view, of dates of each kind: pages that programs generate may have no style of ours."""
    register = 'registration: {url: "https://bakery.example.coop/", full: true, waiting_list: true}'
    more = f"  - {{id: moved, title: Moved, when: 2026-11-27 10:00/12:00, moved_from: 2026-11-20, reason: Heat, where: shop, organisers: [bakery, union], {register}}}\n"
    more += "  - {id: off, title: Off, when: 2026-11-28/2026-11-30, hours: 10:00/12:00, status: cancelled, reason: Flood}\n"
    more += "  - {id: spring, title: Spring fair, when: spring 2027, where: hall}\n"
    bodies = {"calendars/bakery.yaml": BODY + more, "calendars/union.yaml": ONLINE}
    compiled(lay(tmp_path, bodies), NOW)
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
    asked = "views=list,month&filters=tag,city,q&target=_blank"
    views = [
        f"all/{view}.{language}.html?number={number}&{asked}"
        for view in (*FOLDED, "agenda", "month", "week")
        for number in (2, 9)
    ]
    single = [
        f"events/bakery/{each}.{language}.html?target=_blank" for each in ("moved", "off", "spring", "bread")
    ]
    answers = {path: client.get(f"/embed/{path}") for path in (*views, *single)}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert {path: found for path, answer in answers.items() if (found := glued(answer.text))} == {}
