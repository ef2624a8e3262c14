"""What recurs stands once in the list of a calendar, with its other dates folded; what is otherwise stands by itself; and all of it is reached."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.publish.addresses import Addresses
from coopcal.site.reader import LiveSite, open_site
from coopcal.views.agenda import Agenda
from coopcal.views.occurrences import coming, gathered, gone, in_lists
from coopcal.web import create_app

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
BAKERY = """\
name: The Bakery
country: BE
places: {shop: {name: The shop}, hall: {name: The hall}}
events:
  - id: market
    title: Market
    when: 2026-10-03 08:00/12:00
    where: shop
    repeats:
      every: week
      until: 2027-06-26
      also: [2026-12-24 08:00/12:00, 2026-12-23 08:00/18:00]
      changes:
        2026-12-12: {when: 2026-12-13 09:00/13:00}
        2026-12-19: {status: cancelled, reason: Snow}
        2027-01-09: {where: hall}
        2027-01-16: {registration: {full: true}}
        2027-01-23: {description: Soup is served.}
        2027-01-30: {title: Market of seeds}
        from 2027-04-03: {when: 07:00/11:00}
  - {id: course, title: Course, when: [2026-12-01 19:00/21:00, 2026-12-08 19:00/21:00, {when: 2026-12-15 19:00/21:00, status: cancelled}, 2027-01-05 19:00/21:00]}
  - {id: off, title: All off, when: 2026-12-02 10:00/11:00, status: cancelled, repeats: {every: week, count: 5}}
  - {id: some, title: Some time, when: [2027-03, 2027-06, 2027]}
  - {id: show, title: Exhibition, when: 2026-10-20/2026-12-20}
  - {id: daily, title: Daily, when: 2026-11-01, repeats: {every: day, until: 2027-11-30}}
"""


def many(number: int) -> str:
    """Return an organisation with that many single events, as many of them over as to come, and some series."""
    single = "".join(
        f"  - {{id: e{each}, title: Event {each}, when: 20{26 + each % 2}-0{each % 9 + 1}-{each % 28 + 1:02}}}\n"
        for each in range(number)
    )
    series = "".join(
        f"  - {{id: s{each}, title: Series {each}, when: 2026-0{each % 9 + 1}-1{each % 7} 10:00/11:00, repeats: {{every: 2 weeks, count: 40}}}}\n"
        for each in range(number // 10)
    )
    return f"name: The Mill\ncountry: BE\nevents:\n{single}{series}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled tree."""
    found = lay(
        tmp_path_factory.mktemp("rows"), {"calendars/bakery.yaml": BAKERY, "calendars/mill.yaml": many(180)}
    )
    compiled(found, NOW)
    return found


@pytest.fixture(scope="module")
def known(root: Path) -> Agenda:
    """Return all that takes place."""
    return Agenda(open_site(root / "_site"))


@pytest.fixture(scope="module")
def served(root: Path) -> Callable[[str], html.HtmlElement]:
    """Return what gives a page of a server."""
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    return lambda address: _parsed(client, address)


@pytest.fixture(scope="module")
def published(root: Path, known: Agenda) -> Callable[[str], html.HtmlElement]:
    """Return what gives a page of the files that are published: at the addresses at which they stand."""
    addresses = Addresses(known, NOW)
    standing = {}

    def where(asked: str) -> str:
        found = addresses.standing(asked)
        if found is None:
            return ""
        standing[found.address] = found.asked
        return found.address

    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW, where=where))
    return lambda address: _parsed(client, standing.get(address, address))


def _parsed(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.text).find(".//main")


def walked(page: Callable[[str], html.HtmlElement], address: str) -> Iterator[html.HtmlElement]:
    """Return the pages that follow one another by "next", from an address on."""
    while address:
        tree = page(address)
        yield tree
        address = "".join(tree.xpath("//a[@rel='next'][contains(@href, 'page')]/@href"))


COMING = "//ol[@class='events']/li"


def own(item: html.HtmlElement) -> str:
    """Return the address of the date that an item shows first."""
    return str((item.xpath(".//p[@class='next']/a/@href") or item.xpath(".//p[@class='title']/a/@href"))[0])


def folded(item: html.HtmlElement) -> list[str]:
    """Return the addresses of the dates that an item has folded."""
    return [each for each in item.xpath(".//details//a/@href") if re.search(r"/\d{4}-\d\d-\d\d", each)]


@pytest.mark.parametrize("way", ["served", "published"])
def test_following_next_meets_each_row_once(way: str, known: Agenda, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(way)
    items = [item for tree in walked(page, "/feeds/all/") for item in tree.xpath(COMING)]
    rows = known.rows("all", NOW).ahead

    assert len(rows) > 100
    assert [own(item) for item in items] == [row.shown.address for row in rows]
    for item, row in zip(items, rows, strict=True):
        near = [one.address for one in row.others][:8]
        far = {row.shown.event.whole} if way == "published" else set()
        assert set(item.xpath(".//details//a/@href")) <= {*near, row.shown.event.whole}
        assert way == "published" or folded(item) == near
        if len(row.others) > 8 or far & set(near):
            assert item.xpath(".//details//a/@href")[-1] == row.shown.event.whole


@pytest.mark.parametrize("way", ["served", "published"])
def test_every_date_is_listed_where_it_is_asked_for(
    way: str, known: Agenda, request: pytest.FixtureRequest
) -> None:
    """From the page of a calendar by a link; and by "next" to the last one, each once."""
    page = request.getfixturevalue(way)
    [address] = page("/feeds/all/").xpath("//p[@class='counted']/a[.='Show each date separately']/@href")
    trees = list(walked(page, address))
    listed = [own(item) for tree in trees for item in tree.xpath(COMING)]
    expected = [one.address for one in in_lists(coming(known.listed("all"), NOW))]

    assert len(expected) > 800
    if way == "served":
        assert listed == expected
        assert set(Counter(listed).values()) == {1}
    assert len(listed) == len(expected)
    assert trees[-1].xpath("//p[@class='counted']/a[.='Show each series once']/@href") == ["/feeds/all/"]


def test_each_date_is_in_one_row(known: Agenda) -> None:
    for dates in (coming(known.listed("all"), NOW), gone(known.listed("all"), NOW)):
        rows = gathered(dates)
        assert Counter(one.address for row in rows for one in row.dates) == Counter(
            one.address for one in dates
        )
        assert [row.shown for row in rows] == sorted((row.shown for row in rows), key=dates.index)


def test_what_is_otherwise_stands_by_itself(known: Agenda) -> None:
    """Moved, cancelled, elsewhere, full, of another title, at another time; not what is described otherwise alone."""
    rows = {
        row.shown.address.removeprefix("/events/bakery/"): len(row.others)
        for row in known.rows("bakery", NOW).ahead
    }

    for day in ("2026-12-12", "2026-12-19", "2026-12-23", "2027-01-09", "2027-01-16", "2027-01-30"):
        assert rows.pop(f"market/{day}/") == 0
    assert rows == {
        "market/2026-11-28/": 26,
        "course/2026-12-01/": 2,
        "course/2026-12-15/": 0,
        "off/2026-12-02/": 4,
        "some/2027-01-01/": 0, "some/2027-03-01/": 0, "some/2027-06-01/": 0,
        "show/": 0,
        "daily/2026-11-25/": 370,
    }  # fmt: skip


def test_headings_are_months(served: Callable[[str], html.HtmlElement]) -> None:
    """What began before this one is on; what no more is known of than the year stands behind all that is in that."""
    [tree] = walked(served, "/feeds/bakery/")
    headings = [each.text_content() for each in tree.xpath("//h3[@class='chapter'][not(ancestor::details)]")]

    assert headings == [
        "On now",
        "November 2026",
        "December 2026",
        "January 2027",
        "March 2027",
        "June 2027",
        "2027, date to be announced",
    ]


@pytest.mark.parametrize(
    ("language", "words", "next_", "more"),
    [
        ("en", "Every Saturday, 08:00–12:00, until 26 June 2027", "Next: Saturday 28 November 2026, 08:00–12:00", "26 more dates: Market"),
        ("fr", "Tous les samedis, 08:00–12:00, jusqu’au 26 juin 2027", "Prochainement : samedi 28 novembre 2026, 08:00–12:00", "26 autres dates\N{NO-BREAK SPACE}: Market"),
    ],
)  # fmt: skip
def test_a_series_is_told_in_words(
    served: Callable[[str], html.HtmlElement], language: str, words: str, next_: str, more: str
) -> None:
    tree = served("/feeds/bakery/" if language == "en" else f"/{language}/feeds/bakery/")
    [item] = [each for each in tree.xpath(COMING) if own(each).endswith("/market/2026-11-28/")]

    assert item.xpath("string(.//p[@class='when'])").startswith(words)
    assert item.xpath("string(.//p[@class='next'])").replace("\N{NO-BREAK SPACE}", " ") == next_
    assert item.xpath("string(.//summary)") == more


def test_a_narrowed_calendar_pages_and_lists_every_date_of_what_it_has(
    served: Callable[[str], html.HtmlElement],
) -> None:
    trees = list(walked(served, "/feeds/all/?organisation=mill&dates=all"))

    assert len(trees) > 2
    assert all("/mill/" in own(item) for tree in trees for item in tree.xpath(COMING))
    assert trees[1].xpath("//a[@rel='prev']/@href") == ["/feeds/all/?organisation=mill&dates=all"]
    assert trees[1].xpath("string(//p[@class='counted'])").split()[0] == "51–100"


@pytest.mark.parametrize(
    "address", ["/feeds/all/?dates=none", "/feeds/all/?dates=all&nonsense=1", "/feeds/all/?page=0"]
)
def test_what_is_not_understood_is_refused(root: Path, address: str) -> None:
    assert Client(create_app(LiveSite(root / "_site"), lambda: NOW)).get(address).status_code == 400


@pytest.mark.parametrize("way", ["served", "published"])
@pytest.mark.parametrize("event", ["daily", "market", "course", "off", "some"])
def test_the_page_of_an_event_leads_to_each_of_its_dates(
    way: str, event: str, known: Agenda, request: pytest.FixtureRequest
) -> None:
    """What is coming first, then what is over, folded."""
    trees = list(walked(request.getfixturevalue(way), f"/events/bakery/{event}/"))
    listed = [
        each for tree in trees for each in tree.xpath("//ol[contains(@class, 'series-dates')]/li/a/@href")
    ]
    dates = known.of_whole(known.by_address[f"/events/bakery/{event}/"])

    assert len(trees) == -(-len(dates) // 50)
    assert len(listed) == len(dates)
    if way == "served":
        assert listed == [one.address for one in (*coming(dates, NOW), *gone(dates, NOW))]
    over = [len(each.xpath(".//li")) for tree in trees for each in tree.xpath("//details[@class='over']")]
    assert sum(over) == len(gone(dates, NOW))
    assert "over" not in "".join(trees[0].xpath("//ol[@class='series-dates']/ancestor::details/@class"))


def test_a_poster_tells_a_series_once(served: Callable[[str], html.HtmlElement]) -> None:
    """In words, with its next date; so that it has room for all else."""
    items = [
        " ".join(each.text_content().split())
        for each in served("/feeds/bakery/poster/").xpath("//ul[@class='poster-dates']/li")
    ]

    assert len(items) == 8
    assert (
        len([each for each in items if each.startswith("Every Saturday, 08:00–12:00, until 26 June 2027")])
        == 1
    )
    assert any("Next: Sat, 28 Nov 2026 Market The shop" in each for each in items)
    assert any("Cancelled" in each for each in items)


def test_all_events_of_an_organisation_whose_calendar_is_gone_are_reached(tmp_path: Path) -> None:
    """Those to come first, then what was, each once."""
    closed = "title: The Mill\nclosed: {on: 2024-01-01, see: all}\n"
    lay(tmp_path, {"calendars/mill.yaml": many(120), "feeds/mill.yaml": closed})
    compiled(tmp_path, NOW)
    client = Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))

    pages = list(walked(lambda address: _parsed(client, address), "/organisations/mill/"))

    shown = [
        str(link)
        for tree in pages
        for link in tree.xpath("//ol[contains(@class, 'events')]//p[@class='title']/a/@href")
    ]
    every = Agenda(open_site(tmp_path / "_site")).every
    assert len(pages) > 2
    assert Counter(shown) == Counter(one.address for one in every if one.event.organisation == "mill")
