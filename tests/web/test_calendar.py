"""Calendars by month, week and year, the archive, the search: over HTTP."""

import re
from pathlib import Path

import pytest
from lxml import etree
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.views.search import folded
from coopcal.web import create_app

BODY = """\
name: {en: The Café, fr: Le Café}
colour: "#b5651d"
events:
  - {id: course, title: {en: Bread course, fr: Cours de pain}, when: 2026-05-05 19:00/21:00, tags: [school], repeats: {every: week, count: 8}}
  - {id: fete, title: Fête d’été, when: 2026-07-14, where: {city: Straße, country: FR}, description: With *music* and bread.}
  - {id: past, title: Old bread, when: 2024-02-29 10:00/11:00}
  - {id: some, title: Some time, when: 2026-06}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site with what was, what comes, and a series."""
    root = lay(tmp_path_factory.mktemp("cafe"), {"calendars/cafe.yaml": BODY})
    compiled(root)
    return root


@pytest.fixture
def cafe(root: Path) -> Client:
    """Return a client of that site."""
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def names(
    client: Client, path: str, where: str = "//main//li//a[starts-with(@href, '/events/')]"
) -> list[str]:
    """Return what is listed on a page."""
    return [each.xpath("string()").strip() for each in etree.HTML(client.get(path).text).xpath(where)]


def test_a_month_has_each_date_in_its_cell(cafe: Client) -> None:
    """Its time, its event, today; and leads to the weeks and the months beside."""
    page = etree.HTML(cafe.get("/feeds/cafe/2026-06/").text)
    cells = {each.xpath("string(time/@datetime)"): each for each in page.xpath("//td")}

    assert page.xpath("string(//caption)") == "June 2026"
    assert [each for each, cell in cells.items() if "Bread course" in cell.xpath("string()")] == [
        "2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23",
    ]  # fmt: skip
    assert cells["2026-06-02"].xpath(".//li/@class") == ["o-cafe"]
    assert cells["2026-06-02"].xpath(".//li/time/text()") == ["19:00"]
    assert "Today" in cells["2026-06-01"].xpath("string()")
    assert page.xpath("//a[@rel='prev']/@href") == ["/feeds/cafe/2026-05/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/feeds/cafe/2026-07/"]
    assert page.xpath("//th[@scope='row']/a/@href")[0] == "/feeds/cafe/2026-W23/"
    assert page.xpath("string(//section[@aria-labelledby='imprecise'])").count("Some time in June 2026") == 1


def test_weeks_begin_as_the_language_wants_it(cafe: Client) -> None:
    """In French with Monday; each day in words."""
    page = etree.HTML(cafe.get("/fr/feeds/cafe/2026-06/").text)
    week = etree.HTML(cafe.get("/fr/feeds/cafe/2026-W23/").text)

    assert page.xpath("//thead//th/@abbr")[0] == "lundi"
    assert week.xpath("//h2/time/text()")[0] == "Lundi 1er juin"
    assert names(cafe, "/fr/feeds/cafe/2026-W23/", "//main//ol//a") == ["Cours de pain"]


def test_a_year_says_how_many_there_are_on_a_day(cafe: Client) -> None:
    """Twelve months; days with something lead to their week."""
    page = etree.HTML(cafe.get("/feeds/cafe/2026/").text)
    day = page.xpath("//td/a[time/@datetime='2026-07-14']")[0]

    assert page.xpath("count(//table)") == 12
    assert day.get("href") == "/feeds/cafe/2026-W29/#d2026-07-14"
    assert day.xpath("string(span)").strip() == "1 event"
    assert etree.HTML(cafe.get("/feeds/cafe/2026-W29/").text).xpath("//*[@id='d2026-07-14']")


def test_a_year_tells_days_on_which_nothing_takes_place_and_how_much_is_on(tmp_path: Path) -> None:
    """In words, and by classes; what is cancelled beside what is not is no such day."""
    events = "".join(
        f"  - {{id: e{n}, title: E, when: 2026-07-0{n // 4 + 1} 1{n % 4}:00/19:00}}\n" for n in range(7)
    )
    off = "".join(
        f"  - {{id: x{day}, title: X, when: 2026-07-{day:02}, status: {status}}}\n"
        for day, status in ((1, "cancelled"), (10, "cancelled"), (11, "postponed"))
    )
    single = "  - {id: one, title: One, when: 2026-07-20}\n"
    root = lay(tmp_path, {"calendars/cafe.yaml": f"name: Café\nevents:\n{events}{off}{single}"})
    compiled(root)
    page = etree.HTML(Client(create_app(LiveSite(root / "_site"), lambda: NOW)).get("/feeds/cafe/2026/").text)
    days = {each.xpath("string(.//time/@datetime)")[5:]: each for each in page.xpath("//td[a]")}

    assert {day: each.get("class").split()[1] for day, each in days.items()} == {
        "07-01": "some-3", "07-02": "some-2", "07-10": "off", "07-11": "off", "07-20": "some-1",
    }  # fmt: skip
    assert {day for day, each in days.items() if "Cancelled or postponed" in each.xpath("string()")} == {
        "07-10",
        "07-11",
    }
    assert {each.get("class") for each in page.xpath("//p[@class='density']/span")} >= {
        "some-1",
        "some-2",
        "some-3",
        "off",
    }
    assert page.xpath("//p[@class='density']/following::div[@class='months']")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/cafe/2023-01/", 200),
        ("/feeds/cafe/2022-12/", 404),
        ("/feeds/cafe/2027-12/", 200),
        ("/feeds/cafe/2028-01/", 404),
        ("/feeds/cafe/2028/", 404),
        ("/feeds/cafe/2028-W10/", 404),
        ("/feeds/cafe/2026-W53/", 200),
        ("/feeds/cafe/2025-W53/", 404),
        ("/feeds/cafe/2026-13/", 404),
        ("/feeds/cafe/2026-06/?nonsense=1", 400),
        ("/feeds/nothing/2026-06/", 404),
        ("/feeds/cafe/archive/2025/", 404),
        ("/search/?nonsense=1", 400),
    ],
)
def test_leaves_end_somewhere(cafe: Client, path: str, status: int) -> None:
    """A year around what there is; robots come to an end."""
    assert cafe.get(path).status_code == status


def test_empty_months_are_not_for_search_engines(cafe: Client) -> None:
    """Nor narrowed ones; others are."""
    assert "noindex" in cafe.get("/feeds/cafe/2023-01/").text
    assert "noindex" in cafe.get("/feeds/cafe/2026-06/?tag=school").text
    assert "noindex" not in cafe.get("/feeds/cafe/2026-06/").text


def test_a_narrowed_calendar_stays_narrowed(cafe: Client) -> None:
    """Through all its links; so do the page of the feed and what it offers."""
    page = etree.HTML(cafe.get("/feeds/cafe/2026-07/?tag=school").text)
    feed = cafe.get("/feeds/cafe/?tag=school").text

    assert names(cafe, "/feeds/cafe/2026-07/?tag=school") == []
    assert {
        each.partition("?")[2]
        for each in page.xpath("//nav[@class='tabs' or @class='turning']//a/@href")
        if "/feeds/" in each and not each.endswith("/archive/")
    } == {"tag=school"}
    assert 'value="https://calendars.example.coop/feeds/cafe.ics?tag=school"' in feed
    assert "Fête" not in feed


def test_the_archive_is_by_year(cafe: Client) -> None:
    """What is over, and nothing else; the whole year as a file."""
    page = etree.HTML(cafe.get("/feeds/cafe/archive/").text)

    assert [each.strip() for each in page.xpath("//main//ul[@class='choices']/li/a/text()[1]")] == [
        "2026",
        "2024",
    ]
    assert names(cafe, "/feeds/cafe/archive/", "//p[@class='title']/a") == ["Bread course", "Old bread"]
    assert names(cafe, "/feeds/cafe/archive/2024/") == ["Old bread"]
    assert names(cafe, "/feeds/cafe/archive/2026/") == ["Bread course"] * 4
    assert "/feeds/cafe/archive/2024.ics" in cafe.get("/feeds/cafe/archive/2024/").text


def test_colours_come_as_a_style_sheet(cafe: Client) -> None:
    """At an address that changes with it, as no page may hold styles."""
    [address] = etree.HTML(cafe.get("/").text).xpath("//link[starts-with(@href, '/colours')]/@href")
    answer = cafe.get(address)

    assert re.search(r"\.o-cafe \{[^}]* --organisation-fill: #b5651d;", answer.text)
    assert "immutable" in answer.headers["Cache-Control"]
    assert cafe.get("/colours.000000000000.css").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bread", ["Bread course", "Fête d’été"]),
        ("q=BREAD+past&when=past", []),
        ("q=bread&when=past", ["Bread course", "Old bread"]),
        ("q=bread&when=all", ["Bread course", "Old bread", "Fête d’été"]),
        ("q=ete", ["Fête d’été"]),
        ("q=strasse", ["Fête d’été"]),
        ("q=le+cafe+music", ["Fête d’été"]),
        ("q=pain", ["Bread course"]),
        ("tag=school", ["Bread course"]),
        ("country=FR", ["Fête d’été"]),
        ("organisation=bakery&q=assembly", ["General assembly"]),
        ("q=secret+board", []),
        ("q=nothing+like+that", []),
        ("q=", []),
    ],
)
def test_search_finds_every_word_in_any_language(cafe: Client, query: str, found: list[str]) -> None:
    """Titles first, accents and capitals aside; nothing that is not public."""
    listed = names(cafe, f"/search/?{query}", "//main//p[@class='title']/a")

    assert sorted(listed) == sorted(found)
    if found and "q=" in query:
        assert listed[0] == found[0]


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "a+" * 100, "q=%ff%fe", "when=never&q=bread", "organisation=<b>&q=x"]
)
def test_search_takes_anything(cafe: Client, query: str) -> None:
    """And shows none of it as markup."""
    answer = cafe.get(f"/search/?{query}")

    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_what_is_too_long_to_be_looked_for_is_refused(cafe: Client) -> None:
    """Nothing of it is cut in silence."""
    assert cafe.get(f"/search/?q={'a+' * 5000}").status_code == 400
    assert cafe.get(f"/feeds/cafe.ics?q={'a' * 201}").status_code == 400


def test_words_are_folded() -> None:
    """Letters apart from their marks."""
    assert folded("ÉTÉ Straße İstanbul") == "ete strasse istanbul"


def test_a_date_of_a_series_leads_to_all_of_them(cafe: Client) -> None:
    """And says which clock it goes by, and where to subscribe."""
    tree = etree.HTML(cafe.get("/fr/events/cafe/course/2026-06-02/").text)

    assert tree.xpath("//p[@class='above']/a/@href") == ["/fr/events/cafe/course/"]
    assert tree.xpath("string(//p[@class='above'])") == "Toutes les dates\N{NO-BREAK SPACE}: Cours de pain"
    assert "heure d’Europe centrale" in tree.xpath("string(//dl[@class='facts'])")
    assert tree.xpath("//main//p[@class='small']/a[contains(@href, '/subscribe/')]/@href") == [
        "/fr/feeds/cafe/subscribe/"
    ]


def test_whole_days_go_by_no_clock(cafe: Client) -> None:
    """So none is named."""
    assert "heure" not in cafe.get("/fr/events/cafe/fete/").text


def test_pages_show_a_bounded_part(tmp_path: Path) -> None:
    """However much there is; a calendar has what recurs once."""
    events = "".join(f"  - {{id: e{day}, title: E, when: 2026-07-{day:02}}}\n" for day in range(1, 32))
    more = "  - {id: d, title: D, when: 2026-08-01 10:00/11:00, repeats: {every: day, count: 40}}\n"
    root = lay(tmp_path, {"calendars/busy.yaml": f"name: Busy\nevents:\n{events}{more}"})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    for address in ("/feeds/busy/", "/organisations/busy/"):
        assert len(etree.HTML(client.get(address).text).xpath("//ol[@class='events']/li")) == 32


@pytest.mark.parametrize(
    ("path", "heading", "element"),
    [
        ("/feeds/cafe/2026-W23/", "Week 23, June 2026", "//h1"),
        ("/fr/feeds/cafe/2026-W23/", "Semaine 23, juin 2026", "//h1"),
        ("/fr/feeds/cafe/2026-06/", "Juin 2026", "//h1"),
        ("/fr/feeds/cafe/2026-06/", "Le Café, juin 2026", "//title"),
        ("/fr/feeds/cafe/2026-06/sheet/", "Le Café, juin 2026", "//title"),
    ],
)
def test_a_month_begins_with_a_capital_letter_where_it_comes_first(
    cafe: Client, path: str, heading: str, element: str
) -> None:
    assert etree.HTML(cafe.get(path).text).xpath(f"string({element})").strip().startswith(heading)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Mon 1 Jun"), ("de", "Mo., 1. Juni"), ("fr", "lun. 1 juin"), ("es", "lun, 1 jun"), ("it", "lun 1 giu"),
        ("pt", "segunda, 1/06"), ("pt-BR", "seg., 1 de jun."),
    ],
)  # fmt: skip
def test_a_day_of_an_embedded_week_is_written_as_in_its_language(
    tmp_path: Path, language: str, said: str
) -> None:
    root = lay(
        tmp_path,
        {
            "coopcal.yaml": f"title: T\nuid_domain: example.coop\nlanguages: [{language}]\n",
            "calendars/cafe.yaml": "name: Café\ncountry: BE\nevents:\n  - {id: a, title: A, when: 2026-06-02 10:00/11:00}\n",
        },
    )
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    week = etree.HTML(client.get(f"/embed/all/week.{language}/?week=2026-W23").text)

    assert week.xpath("string(//li[@data-day='2026-06-01']//time)") == said


def test_a_search_without_results_leads_to_those_of_another_time_if_there_are_any(cafe: Client) -> None:
    def offered(query: str) -> list[str]:
        return list(
            etree.HTML(cafe.get(f"/search/?{query}").text).xpath(
                "//section//a[contains(., 'Show')]/text() | //section//a[contains(., 'Show')]/@href"
            )
        )

    assert offered("q=old") == ["?q=old&when=past#results", "Show 1 past event"]
    assert offered("q=course&when=past") == []
    assert offered("q=fete&when=past") == ["?q=fete#results", "Show 1 upcoming event"]
    assert offered("q=old&when=all") == []
    assert offered("q=nothing-has-it") == []
