"""What is said where something is wrong: with the header, a search, and the way on, in the language of the address."""

from pathlib import Path

import pytest
from flask import Flask
from lxml import etree
from tests.support.trees import NOW
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

WRONG = {
    "/nothing/": 404,
    "/fr/nothing/": 404,
    "/feeds/bakry/": 404,
    "/fr/organisations/bakery-x/": 404,
    "/events/bakery/asembly/": 404,
    "/feeds/all/?nonsense=1": 400,
    "/feeds/all/1066/": 404,
    "/feeds/" + "a" * 3000 + "/": 404,
    "/events/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/x/": 404,
}


def page(client: Client, path: str) -> etree._Element:
    """Return the page at an address."""
    return etree.HTML(client.get(path).text)


def led_to(tree: etree._Element, heading: str) -> list[str]:
    """Return where the links of a section lead."""
    return [str(each) for each in tree.xpath(f"//section[@aria-labelledby='{heading}']//a/@href")]


@pytest.mark.parametrize("path", WRONG)
def test_each_has_the_header_a_search_and_ways_home(client: Client, path: str) -> None:
    """In the language of its address, and not for search engines, nor to be kept."""
    answer = client.get(path)
    tree = etree.HTML(answer.text)
    prefix = "/fr" if path.startswith("/fr/") else ""

    assert answer.status_code == WRONG[path]
    assert answer.headers["Cache-Control"] == "no-store"
    assert tree.get("lang") == (prefix.removeprefix("/") or "en")
    assert tree.xpath("//header//a[@class='button main']/@href")[0].startswith(f"{prefix}/feeds/")
    assert tree.xpath("//main//form[@role='search']/@action") == [f"{prefix}/search/"]
    assert tree.xpath("//main//a/@href")[-2:] == [f"{prefix}/", f"{prefix}/feeds/all/"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree.xpath("//link[@rel='canonical' or @hreflang]") == []
    assert [str(each) for each in tree.xpath("//nav[@class='languages']//a/@href")] == ["/", "/fr/"]
    assert tree.xpath("//script[not(@src)]") == []


def test_what_may_be_meant_is_named(client: Client) -> None:
    """The nearest calendars and organisations, or events of the organisation that is named."""
    assert led_to(page(client, "/feeds/bakry/"), "near") == ["/organisations/bakery/"]
    assert led_to(page(client, "/fr/organisations/bakery-x/"), "near")[0] == "/fr/organisations/bakery/"
    assert led_to(page(client, "/events/bakery/asembly/"), "near")[:1] == ["/events/bakery/assembly/"]
    assert led_to(page(client, "/feeds/all/?nonsense=1"), "near")[0] == "/feeds/all/"
    assert led_to(page(client, "/feeds/zzzzzzzz/"), "near") == []
    assert (
        page(client, "/events/bakery/summer-fete/").xpath("string(//input[@id='q']/@value)") == "summer fete"
    )


def test_what_is_not_public_is_not_named(client: Client) -> None:
    """An event that the public does not see is as if it were not there."""
    text = client.get("/events/bakery/board/").text

    assert "Secret" not in text
    assert "/events/bakery/board/" not in text


def test_what_is_on_next_is_shown_of_what_the_address_names(client: Client) -> None:
    """Nothing of it where the address is of no page of ours: robots ask for thousands of these."""
    assert led_to(page(client, "/events/bakery/asembly/"), "next")
    assert led_to(page(client, "/wp-login.php"), "next") == []


def test_what_has_ended_leads_on(client: Client) -> None:
    """As what was never there."""
    answer = client.get("/feeds/old/")

    assert answer.status_code == 410
    assert 'role="search"' in answer.text


def test_what_fails_is_told_with_the_header(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    """And none of what failed."""

    def failing(app: Flask) -> None:
        @app.get("/failing/")
        def fail() -> str:
            raise RuntimeError("a secret")

    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW, [failing]))
    answer = client.get("/failing/")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert 'class="site"' in answer.text
    assert 'role="search"' in answer.text
    assert "a secret" in caplog.text


def test_what_fails_has_a_number_in_the_page_and_in_the_log_and_no_secret_address(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(app: Flask) -> None:
        @app.get("/below/private/<token>/<path:name>")
        def fail(token: str, name: str) -> str:
            raise RuntimeError(len(token) + len(name))

    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW, [failing]))
    answer = client.get("/below/private/c2VjcmV0/board.ics")
    number = answer.headers["X-Request-Id"]

    assert number in answer.text
    assert f"GET /below/private/*** failed ({number})" in caplog.text
    assert [getattr(record, "request_id", None) for record in caplog.records] == [number]
    assert "c2VjcmV0" not in caplog.text + answer.text


def test_without_a_site_it_is_still_said(tmp_path: Path) -> None:
    """In a page that needs none."""
    answer = Client(create_app(LiveSite(tmp_path))).get("/nothing/")

    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text
