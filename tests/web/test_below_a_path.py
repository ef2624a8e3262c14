"""A site whose address has a path: everything on it leads below that path, and is answered there."""

from pathlib import Path

import pytest
from lxml import html
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

BASE = "/calendar"
SITE = """\
title: Events
uid_domain: example.coop
base_url: https://valley.example.coop/calendar/
languages: [en, fr]
"""
MILL = """\
name: The Mill
formerly: [watermill]
colour: "#aa3311"
country: BE
events:
  - {id: fair, title: Fair, when: 2026-05-02}
  - {id: course, title: Course, when: 2026-06-02 10:00/12:00, repeats: {every: week, count: 4}}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    root = lay(tmp_path_factory.mktemp("site"), {"coopcal.yaml": SITE, "calendars/mill.yaml": MILL})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


def walk(client: Client, start: str, most: int = 150) -> dict[str, str]:
    """Return the links of pages that lead to the site itself, each with the page that it was found on; follow them."""
    found, ahead = {start: ""}, [start]
    while ahead and len(found) < most:
        address = ahead.pop(0)
        answer = client.get(address)
        assert answer.status_code == 200, (address, found[address], answer.status)
        if answer.mimetype != "text/html":
            continue
        tree = html.fromstring(answer.text)
        for link in tree.xpath("//@href | //@src | //@action"):
            plain = link.removeprefix("https://valley.example.coop").partition("#")[0]
            if plain.startswith("/"):
                assert plain.startswith(f"{BASE}/"), f"{link} on {address}"
                if plain not in found:
                    found[plain] = address
                    ahead.append(plain)
    return found


def test_all_that_a_page_leads_to_lies_below_the_path_and_is_there(client: Client) -> None:
    found = walk(client, f"{BASE}/")

    assert f"{BASE}/fr/feeds/all/" in found
    assert f"{BASE}/feeds/all.ics" in found
    assert any(address.startswith(f"{BASE}/static/style.") for address in found)
    assert any(address.startswith(f"{BASE}/colours.") for address in found)


@pytest.mark.parametrize("path", ["/feeds/all.ics", "/feeds/all/", "/fr/", "/embed/all/list.en.html"])
def test_a_proxy_may_take_the_path_off_or_leave_it(client: Client, path: str) -> None:
    assert client.get(path).data == client.get(f"{BASE}{path}").data


@pytest.mark.parametrize("base", ["", BASE])
def test_redirects_lead_below_the_path(client: Client, base: str) -> None:
    answer = client.get(f"{base}/organisations/watermill/")

    assert (answer.status_code, answer.location) == (308, f"{BASE}/organisations/mill/")


@pytest.mark.parametrize("query", ["", "?tag=x"])
@pytest.mark.parametrize(
    ("base_url", "former", "asked"),
    [
        ("https://valley.example.coop/calendar", "", "https://valley.example.coop/calendar"),
        ("https://valley.example.coop/calendar", "https://valley.example.coop/fr", "https://valley.example.coop/fr"),
        ("https://valley.example.coop/calendar", "https://old.example.coop/cal", "https://old.example.coop/cal"),
        ("https://valley.example.coop", "https://old.example.coop/cal", "https://old.example.coop/cal"),
    ],
)  # fmt: skip
def test_the_path_without_its_slash_is_the_home_page(
    tmp_path: Path, base_url: str, former: str, asked: str, query: str
) -> None:
    """Of the site as it is, and of each address that it had: nobody is led to a page that is not there."""
    lines = f"title: Events\nuid_domain: example.coop\nbase_url: {base_url}\nlanguages: [en, fr]\n"
    site = lines + (f"also_at: [{former}]\n" if former else "")
    root = lay(tmp_path, {"coopcal.yaml": site, "calendars/mill.yaml": MILL})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    origin, _, path = asked.rpartition("/")
    answer = client.get(f"/{path}{query}", base_url=origin)

    if former:
        assert (answer.status_code, answer.location) == (308, f"{base_url}/{query}")
        answer = client.get(f"{base_url.partition('.coop')[2]}/", base_url="https://valley.example.coop")
    assert answer.status_code == 200
    assert f'<link rel="canonical" href="{base_url}/">' in answer.text


def test_a_path_that_only_begins_like_it_is_none_of_it(client: Client) -> None:
    assert client.get("/calendarium/feeds/all.ics").status_code == 404


def test_addresses_for_calendars_and_web_sites_have_the_path(client: Client) -> None:
    page = client.get("/feeds/mill/").text

    assert 'value="https://valley.example.coop/calendar/feeds/mill.ics"' in page
    embedding = client.get("/feeds/mill/embedding/").text
    assert "https://valley.example.coop/calendar/embed/mill/list.en/" in embedding
    assert "webcal://valley.example.coop/calendar/feeds/mill.ics" in page


def test_oembed_knows_the_page_by_its_whole_address(client: Client) -> None:
    page = "https://valley.example.coop/calendar/feeds/mill/"

    assert "The Mill" in client.get("/oembed.json", query_string={"url": page}).text
    elsewhere = page.replace("/calendar", "")
    assert client.get("/oembed.json", query_string={"url": elsewhere}).status_code == 404


@pytest.mark.parametrize("beside", ["embedding/", "subscribe/", "2026/", "embedding"])
@pytest.mark.parametrize("query", ["", "?tag=members"])
def test_oembed_of_a_page_beside_the_calendar_is_that_of_the_calendar(
    client: Client, beside: str, query: str
) -> None:
    """People paste the address that their browser shows."""
    page = "https://valley.example.coop/calendar/feeds/mill/"
    wanted, given = (
        client.get("/oembed.json", query_string={"url": f"{page}{each}{query}"}).get_json()
        for each in ("", beside)
    )

    assert given == wanted
