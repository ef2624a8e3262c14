"""Filters that visitors choose: one predicate for pages, search, feeds and formats; forms, chips, what there is to choose."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.support.trees import SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite, open_site
from coopcal.views.agenda import Agenda
from coopcal.views.filters import read_filters
from coopcal.web import create_app

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TAGS = "tags:\n  market: {en: Market, fr: Marché}\n  choir: {en: Choir}\n  housing: {en: Housing, fr: Logement}\n"
BAKERY = """\
name: The Bakery
country: BE
events:
  - {id: gone, title: Gone, when: 2026-03-01, tags: [market], where: {city: Ghent, country: BE}}
  - {id: fair, title: Foire d’été, when: 2026-07-01/2026-07-02, tags: [market, housing], where: {city: {en: Naples, it: Napoli}, country: IT}, languages: [it, fr]}
  - id: evening
    title: Evening
    when: 2026-05-05 19:00/21:00
    where: {city: Ghent, country: BE}
    languages: [nl]
    tags: [choir]
    repeats: {every: week, count: 10, changes: {2026-06-09: {title: Housing night, tags: [housing]}, 2026-06-16: {where: {city: Naples, country: IT}}}}
  - {id: webinar, title: Webinar on bread, when: 2026-06-20 18:00/19:00, online: https://meet.example.coop/, languages: [pt-BR]}
  - {id: both, title: Both, when: 2026-06-21 18:00/19:00, online: https://meet.example.coop/, where: {city: "Washington, D.C.", country: US, name: Hall}, timezone: America/New_York, tags: [choir]}
  - id: congress
    title: Congress
    when: 2026-09-10/2026-09-11
    where: {city: Lille, country: FR}
    tags: [housing]
    sessions:
      - {id: opening, title: Opening of the choir, when: 2026-09-10 10:00/11:00, tags: [choir]}
      - {id: stream, title: Stream, when: 2026-09-10 14:00/15:00, online: https://meet.example.coop/s, languages: [en]}
"""
MILL = """\
name: {en: The Mill, fr: Le Moulin}
country: FR
events:
  - {id: grind, title: Grind & <b>bread</b>, when: 2027-01-01, partners: [bakery], where: {city: Lille, country: FR}, tags: [market]}
  - {id: secret, title: Secret housing, when: 2026-08-01, visibility: members, where: {city: Hidden, country: NL}, tags: [housing], languages: [sv]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site."""
    files = {"coopcal.yaml": SITE + TAGS, "calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": MILL}
    root = lay(tmp_path_factory.mktemp("visitors"), files)
    compiled(root, NOW)
    return root / "_site"


@pytest.fixture(scope="module")
def client(site: Path) -> Client:
    """Return a client of the site."""
    return Client(create_app(LiveSite(site), lambda: NOW))


VALUES = {
    "tag": ["market", "choir", "housing", "none"],
    "organisation": ["bakery", "mill", "none"],
    "country": ["BE", "IT", "us", "NL"],
    "city": ["Naples", "napoli", "GHENT", "Washington D.C.", "hidden"],
    "spoken": ["pt", "fr", "nl", "en", "sv"],
    "online": ["yes", "no", "maybe"],
    "q": ["bread", "FOIRE ete", "logement", "choir", "moulin", "secret", "e"],
    "past": ["no"],
    "future": ["60"],
}
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(values)
        if name in ("past", "future", "q")
        else st.lists(st.sampled_from(values), min_size=1, max_size=2).map(",".join)
        for name, values in VALUES.items()
    },
)


def events(page: bytes, path: str = "//li[contains(@class, 'event')]//p[@class='title']/a/@href") -> set[str]:
    """Return the addresses of the events that a page lists."""
    return {re.sub(r"\d{4}-\d\d-\d\d/$", "", address) for address in html.fromstring(page).xpath(path)}


@settings(max_examples=80, deadline=None)
@given(asked=QUERIES.filter(bool))
def test_one_predicate_decides_for_every_output(site: Path, client: Client, asked: dict[str, str]) -> None:
    """The feed, JSON, the page and search have the same events; lists for people have no session beside its event."""
    query = urlencode(asked)
    feed = client.get(f"/feeds/all.ics?{query}").text.replace("\r\n ", "")
    listed = json.loads(client.get(f"/feeds/all.json?{query}").data)["occurrences"]
    known = {record.uid: record for record in open_site(site).events}

    uids = {one["uid"] for one in listed}
    assert set(re.findall(r"^UID:(.+?)\r$", feed, re.MULTILINE)) == uids
    wholes = {known[uid].whole for uid in uids}
    expected = {one for one in wholes if not any(one != above and one.startswith(above) for above in wholes)}
    assert events(client.get(f"/search/?{query}&when=all").data) == expected
    assert events(client.get(f"/feeds/all/?{query}").data) == expected
    assert events(client.get(f"/feeds/all/?{query}&dates=all").data) == expected
    past = events(client.get(f"/search/?{query}&when=past").data)
    assert events(client.get(f"/feeds/all/archive/2026/?{query}").data) == past
    assert events(client.get(f"/feeds/all/archive/?{query}").data) == past
    assert not any("secret" in one for one in uids)


@settings(max_examples=40, deadline=None)
@given(asked=QUERIES.filter(bool))
def test_a_count_is_that_of_the_dates_that_a_click_shows(client: Client, asked: dict[str, str]) -> None:
    """Of each value that is offered, beside what is chosen by other names."""
    page = html.fromstring(client.get(f"/feeds/all/?{urlencode(asked)}").data)
    for box in page.xpath("//*[@class='filters']//input[@type='checkbox']")[:6]:
        name, value = box.get("name"), box.get("value")
        words = box.getparent().text_content()
        shown = html.fromstring(client.get(f"/feeds/all/?{urlencode(asked | {name: value})}").data)
        count = re.search(r"\((\d+)\)", words)
        assert shown.xpath("string(//p[starts-with(@class, 'fitting')])").split()[0] == (
            count[1] if count else "No"
        )


@settings(max_examples=40, deadline=None)
@given(asked=QUERIES.filter(bool), when=st.sampled_from(["coming", "past", "all"]))
def test_a_count_of_the_search_is_that_of_the_events_that_a_click_finds(
    client: Client, asked: dict[str, str], when: str
) -> None:
    """Of the time that is asked for alone; an event of many dates counts once."""
    page = html.fromstring(client.get(f"/search/?{urlencode(asked | {'when': when})}").data)
    for box in page.xpath("//*[@class='filters']//input[@type='checkbox']")[:6]:
        name, value = box.get("name"), box.get("value")
        count = re.search(r"\((\d+)\)", box.getparent().text_content())
        query = urlencode(asked | {name: value, "when": when})
        shown = html.fromstring(client.get(f"/search/?{query}").data)
        assert shown.xpath("string(//*[@id='results'])").split()[0] == (count[1] if count else "No")


def test_the_search_tells_in_which_order_it_finds(client: Client) -> None:
    """Where more than one is found: of words, and of all times."""

    def told(query: str) -> list[str]:
        return [*html.fromstring(client.get(f"/search/?{query}").data).xpath("//@data-order")]

    assert [
        told(query) for query in ("q=bread", "q=bread&when=all", "tag=market&when=all", "tag=market")
    ] == [
        ["words"],
        ["words", "all"],
        ["all"],
        [],
    ]
    assert told("q=webinar") == []


def test_what_is_over_is_found_behind_what_is_to_come(client: Client) -> None:
    """The next one first, then the last one of those that are over; the results stand before closed filters that tell what is chosen."""
    page = html.fromstring(client.get("/search/?tag=market&when=all").data)

    assert [each.rsplit("/", 2)[-2] for each in page.xpath("//ol//p[@class='title']/a/@href")] == [
        "fair",
        "grind",
        "gone",
    ]
    assert page.xpath("//form//details/@open") == []
    assert page.xpath("string(//form//summary)") == "Filter (1)"


def test_what_is_offered_occurs_in_what_is_to_come(client: Client) -> None:
    """In the language of the page, nothing hidden, nothing that is gone; what has one value alone is not asked for."""
    page = html.fromstring(client.get("/fr/feeds/all/").data)
    offered: dict[str, list[str]] = {}
    for box in page.xpath("//*[@class='filters']//input[@type='checkbox']"):
        offered.setdefault(box.get("name"), []).append(box.getparent().xpath("string(span)"))
    mill = html.fromstring(client.get("/feeds/mill/").data)

    assert offered["tag"] == ["Choir", "Logement", "Marché"]
    assert offered["organisation"] == ["Le Moulin", "The Bakery"]
    assert offered["city"] == ["Ghent", "Lille", "Naples", "Washington, D.C."]
    assert offered["country"] == ["Belgique", "États-Unis", "France", "Italie"]
    assert offered["spoken"] == ["anglais", "français", "italien", "néerlandais", "portugais brésilien"]
    assert offered["online"] == ["En ligne", "Sur place"]
    assert mill.xpath("//*[@class='filters']//input[@type='checkbox']/@name") == ["organisation"] * 2


def test_what_is_chosen_is_shown_and_taken_away_by_links(client: Client) -> None:
    """One by one, or all at once; what else the address asks for stays."""
    page = html.fromstring(client.get("/feeds/all/?tag=market,choir&city=naples&past=no&remind=evening").data)
    chips = {
        " ".join(link.text_content().split()): link.get("href") for link in page.xpath("//a[@data-filter]")
    }

    assert page.xpath("//*[@class='filters']/details/@open") == [""]
    assert chips["Remove the filter: Market ×"] == "/feeds/all/?tag=choir&city=naples&past=no&remind=evening"
    assert chips["Remove the filter: Naples ×"] == "/feeds/all/?tag=choir,market&past=no&remind=evening"
    assert chips["Remove all filters"] == "/feeds/all/?remind=evening"
    assert html.fromstring(client.get("/feeds/all/").data).xpath("//*[@class='filters']/details/@open") == []


def test_a_form_works_without_scripts(client: Client) -> None:
    """What it sends leads to the address that says the same; what it holds is what is chosen."""
    answer = client.get(
        "/fr/feeds/all/?q=&tag=market&tag=choir&city=&organisation=&past=no", follow_redirects=True
    )
    form = html.fromstring(answer.data).forms[0]

    assert answer.request.query_string == b"tag=choir,market&past=no"
    assert len(answer.history) == 1
    assert form.action == "/fr/feeds/all/#fitting"
    assert sorted((name, value) for name, value in form.form_values() if value) == [
        ("past", "no"),
        ("tag", "choir"),
        ("tag", "market"),
    ]


def test_where_nothing_fits_a_page_says_so(client: Client) -> None:
    """And what is chosen can be taken away, though nothing has it."""
    page = html.fromstring(client.get("/feeds/all/?tag=none-such&q=%3Cb%3Ehousing").data)

    assert "match your filters" in page.xpath("string(//p[@class='nothing-fits'])")
    assert page.xpath("//*[@class='filters']//input[@value='none-such']/@checked") == ["checked"]
    assert "“<b>housing”" in page.xpath("string(//ul[contains(@class, 'chosen')])")


@pytest.mark.parametrize(
    "path", ["/feeds/all/", "/feeds/all/2026-06/", "/feeds/all/2026-W25/", "/feeds/all/2026/", "/search/"]
)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tag=choir&city=Ghent&spoken=nl&online=no&q=evening", 200),
        ("city=<script>alert(1)</script>&q=\"><img>&tag='", 200),
        ("colour=red", 400),
        (f"q={'a' * 201}", 400),
        (f"q={'a' * 100_000}", 400),
        (f"city={'a' * 201}", 400),
        ("q=%00%ff", 200),
    ],
)
def test_pages_take_what_is_asked_or_refuse_it(client: Client, path: str, query: str, status: int) -> None:
    """And show it as text; their links carry it on."""
    answer = client.get(f"{path}?{query}", follow_redirects=True)
    page = html.fromstring(answer.data)

    assert answer.status_code == status
    assert page.xpath("//script[contains(., 'alert')] | //main//img[not(@src)]") == []
    for link in (
        page.xpath("//nav[contains(@class, 'turning') or contains(@class, 'views')]//a/@href")
        if status == 200
        else ()
    ):
        assert read_filters(link.partition("?")[2]) == read_filters(answer.request.query_string.decode())


def test_many_values_are_a_list(tmp_path: Path) -> None:
    """What is chosen has a box, so that several can be; of very many, the rarest are left to words, and that is said."""
    dates = "".join(
        f"  - {{id: e{number}, title: E, when: 2026-07-01, where: {{city: C{number:03}, country: BE}}}}\n"
        for number in range(160)
    )
    compiled(lay(tmp_path, {"calendars/mill.yaml": f"name: Mill\nevents:\n{dates}"}), NOW)
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
    page = html.fromstring(client.get("/feeds/mill/?city=c007,c009").data)

    assert page.xpath("//*[@class='filters']//input[@name='city']/@value") == ["c007", "c009"]
    assert len(page.xpath("//select[@name='city']/option[@value != '']")) == 148
    assert page.xpath("string(//select[@name='city']/option[@disabled])") == "and 10 more"


def test_what_is_found_is_subscribed_to(client: Client) -> None:
    """The page of all ways, of the calendar of everything, narrowed."""
    page = html.fromstring(client.get("/search/?q=choir&tag=choir").data)
    (link,) = page.xpath("//a[. = 'Subscribe to this search']/@href")

    assert link == "/feeds/all/subscribe/?tag=choir&q=choir"
    assert "all.ics?tag=choir&amp;q=choir" in client.get(link).text


def test_an_agenda_knows_words_by_record(site: Path) -> None:
    """Titles of tags and names of organisations are among them, in all languages."""
    agenda = Agenda(open_site(site))
    grind = next(record for record in agenda.site.events if record.uid.startswith("grind."))

    assert {"marche", "moulin", "bakery", "lille"} <= set(re.findall(r"\w+", agenda.words(grind)))


@pytest.mark.parametrize(
    ("path", "said"),
    [("/search/?q=nowhere", "No events found"), ("/feeds/all/?q=nowhere", "No matching dates")],
)
def test_where_nothing_fits_no_number_is_told(client: Client, path: str, said: str) -> None:
    page = html.fromstring(client.get(path).data)

    assert page.xpath(f"//*[self::h2 or @class='fitting'][normalize-space()='{said}']")
