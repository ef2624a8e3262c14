"""Feeds with reminders at addresses of their own, over HTTP, and the page that offers them."""

from pathlib import Path

import pytest
from lxml import etree
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

TREE = {
    "coopcal.yaml": f"{SITE}reminders: [evening, PT2H]\n",
    "feeds/talks.yaml": "title: Talks\nformerly: [lectures]\nreminders: [morning, P1D, PT90M]\n",
    "feeds/quiet.yaml": "title: Quiet\nreminders: []\n",
    "feeds/over.yaml": "title: Over\nclosed: {on: 2024-01-01, see: talks}\n",
}
PAGE = "/feeds/talks/subscribe/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled site."""
    root = lay(tmp_path_factory.mktemp("reminders"), TREE)
    compiled(root)
    return root / "_site"


@pytest.fixture
def client(site: Path) -> Client:
    """Return a client of the site."""
    return Client(create_app(LiveSite(site), lambda: NOW))


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/feeds/bakery/remind/evening.ics", "/feeds/bakery.ics?remind=evening"),
        ("/feeds/bakery/remind/PT2H.fr.ics", "/feeds/bakery.fr.ics?remind=PT2H"),
        ("/feeds/bakery/remind/PT2H.en.ics", "/feeds/bakery.en.ics?remind=PT2H"),
        ("/feeds/talks/remind/PT90M.ics", "/feeds/talks.ics?remind=PT90M"),
        ("/feeds/lectures/remind/morning.ics", "/feeds/talks.ics?remind=morning"),
        ("/feeds/lectures/remind/morning.fr.ics", "/feeds/talks.fr.ics?remind=morning"),
        ("/feeds/all/remind/PT2H.ics?limit=1", "/feeds/all.ics?limit=1&remind=PT2H"),
        ("/feeds/all/remind/PT2H.ics?remind=morning", "/feeds/all.ics?remind=PT2H"),
    ],
)
@pytest.mark.parametrize("accept", ["", "gzip"])
def test_an_address_with_a_reminder_answers_as_the_feed_that_is_asked_for_it(
    client: Client, address: str, asked: str, accept: str
) -> None:
    """The same bytes and headers: ETag, Last-Modified, the name of the feed."""
    answer = client.get(address, headers={"Accept-Encoding": accept})
    same = client.get(asked, headers={"Accept-Encoding": accept})
    validator = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": accept}

    assert (answer.status_code, answer.data) == (200, same.data)
    assert list(answer.headers) == list(same.headers)
    assert client.get(address, headers=validator).status_code == 304
    assert client.head(address).data == b""


def test_each_event_has_the_reminder_and_the_feed_itself_has_none(client: Client) -> None:
    """An address of its own changes no other."""
    plain, evening = client.get("/feeds/all.ics").data, client.get("/feeds/all/remind/evening.ics").data

    assert b"VALARM" not in plain
    assert evening.count(b"BEGIN:VALARM") == evening.count(b"BEGIN:VEVENT") > 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/feeds/talks/remind/evening.ics", 404),
        ("/feeds/quiet/remind/evening.ics", 404),
        ("/feeds/nothing/remind/evening.ics", 404),
        ("/feeds/bakery/remind/evening.de.ics", 404),
        ("/feeds/bakery/remind/PT120M.ics", 404),
        ("/feeds/bakery/remind/evening", 404),
        ("/feeds/bakery/remind/", 404),
        ("/feeds/bakery/remind/evening.ics?reminder=1", 400),
        ("/feeds/over/remind/evening.ics", 410),
    ],
)
def test_what_is_not_offered_is_not_there(client: Client, address: str, status: int) -> None:
    """What a query may ask for, too: only what a feed says it is offered with has an address."""
    assert client.get(address).status_code == status


def choices(client: Client, path: str) -> dict[str, str]:
    """Return the reminders that a page offers: words, and what the address asks for then."""
    page = etree.HTML(client.get(path).text)
    options = page.xpath("//form[@data-choosing]//select[@name='remind']/option")
    return {"".join(option.itertext()): option.get("value") for option in options}


def test_the_page_offers_the_reminders_of_its_feed(client: Client) -> None:
    """None first; what the feed says, in words and in its order."""
    assert choices(client, PAGE) == {
        "none": "",
        "in the morning, at 8:00": "morning",
        "1 day before": "P1D",
        "1 hour and 30 minutes before": "PT90M",
    }
    assert list(choices(client, f"/fr{PAGE}")) == [
        "aucun", "le matin à 8 h", "1 jour avant", "1 heure et 30 minutes avant",
    ]  # fmt: skip


def test_what_is_asked_for_and_not_offered_is_chosen_all_the_same(client: Client) -> None:
    """Else choosing something besides would lose it."""
    page = etree.HTML(client.get(f"{PAGE}?remind=PT5M").text)

    assert page.xpath("//select[@name='remind']/option[@selected]/@value") == ["PT5M"]


def test_a_feed_that_says_none_is_offered_with_none(client: Client) -> None:
    """An empty list is a wish; its address takes any that is asked for all the same."""
    assert choices(client, "/feeds/quiet/subscribe/") == {}
    assert client.get("/feeds/quiet.ics?remind=evening").status_code == 200


def test_where_nobody_says_the_usual_ones_are_offered(tmp_path: Path) -> None:
    """By the query of the address, which gives any."""
    compiled(lay(tmp_path, {}))
    page = "/feeds/bakery/subscribe/"

    offered = choices(Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW)), page)

    assert list(offered.values()) == ["", "evening", "morning", "PT2H"]
