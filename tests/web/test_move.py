"""A site that moved: at its former addresses feeds answer as ever, and pages lead to the new one."""

from itertools import product

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.formats import FORMATS
from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.delivery import Request

NEW = "https://calendars.example.coop"
SITE = """\
title: Events
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
also_at: ["https://old.example.coop/", "https://older.example.coop/calendar", "https://calendars.example.coop/was/here", "https://bücher.example", "https://[2001:0DB8::0:1]"]
reminders: [evening]
"""
MILL = """\
name: The Mill
formerly: [watermill]
country: BE
events:
  - {id: fair, title: Fair, when: 2026-07-02}
"""
HOSTS = (
    "old.example.coop",
    "OLD.example.coop:443",
    "old.example.coop.",
    "older.example.coop",
    "xn--bcher-kva.example",
    "[2001:db8::1]",
    "[2001:db8:0:0:0:0:0:1]:443",
)
FEEDS = (
    "/feeds/all.ics", "/feeds/all.fr.ics", "/feeds/mill.ics", "/feeds/watermill.ics", "/feeds/all/archive/2026.ics",
    "/feeds/all/changes.atom", "/feeds/all/remind/evening.ics", "/feeds/all.ics?organisation=mill", "/feeds/all.ics?remind=evening",
    "/site.json", "/robots.txt", "/embed.js", "/embed/all/list.en.html", "/embed/all/list.en/",
    *(f"/feeds/all.{ending}" for ending in FORMATS),
)  # fmt: skip
PAGES = (
    "/",
    "/fr/",
    "/feeds/all/",
    "/fr/feeds/all/2026-07/",
    "/events/mill/fair/",
    "/events/watermill/fair/",
    "/search/",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    root = lay(tmp_path_factory.mktemp("site"), {"coopcal.yaml": SITE, "calendars/mill.yaml": MILL})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.mark.parametrize(("host", "path"), [*product(HOSTS, FEEDS)])
def test_feeds_have_the_same_bytes_at_a_former_address(client: Client, host: str, path: str) -> None:
    """And all else that programs read; nothing is redirected, and validators are the same."""
    now, former = client.get(path), client.get(path, headers={"Host": host})

    assert (former.status_code, former.data) == (200, now.data)
    assert former.headers.get("ETag") == now.headers.get("ETag")
    assert client.get(path).data == now.data


@pytest.mark.parametrize(("host", "path"), [*product(HOSTS, PAGES)])
def test_pages_lead_from_a_former_address_to_the_new_one(client: Client, host: str, path: str) -> None:
    """With their query, in one step, whatever was asked at the new address before; no cache keeps it for that."""
    for _ in range(2):
        assert client.get(path).headers.get("Location", "/").startswith("/")
        answer = client.get(f"{path}?a=b&c=ü", headers={"Host": host})

        assert (answer.status_code, answer.location) == (308, f"{NEW}{path}?a=b&c=%C3%BC")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "path", "leads"),
    [
        ("older.example.coop", "/calendar/feeds/all/", "/feeds/all/"),
        ("older.example.coop", "/calendar/", "/"),
        ("calendars.example.coop", "/was/here/fr/", "/fr/"),
    ],
)
def test_the_path_of_a_former_address_is_taken_off(client: Client, host: str, path: str, leads: str) -> None:
    answer = client.get(path, headers={"Host": host})

    assert (answer.status_code, answer.location) == (308, f"{NEW}{leads}")


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("older.example.coop", "/calendar/feeds/all.ics"),
        ("calendars.example.coop", "/was/here/feeds/all.ics"),
    ],
)
def test_feeds_answer_below_the_path_of_a_former_address(client: Client, host: str, path: str) -> None:
    assert client.get(path, headers={"Host": host}).data == client.get("/feeds/all.ics").data


@pytest.mark.parametrize(
    "host", ["calendars.example.coop", "127.0.0.1:8000", "evil.example", "[::1", "", "old.example.coop@x"]
)
def test_at_any_other_address_pages_answer(client: Client, host: str) -> None:
    assert client.get("/feeds/all/", headers={"Host": host}).status_code == 200


def test_what_is_answered_at_once_tells_former_addresses_apart(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Both ways: a page that is known is not sent at a former one, and a feed that is known is."""
    root = lay(tmp_path_factory.mktemp("site"), {"coopcal.yaml": SITE, "calendars/mill.yaml": MILL})
    compiled(root)
    app = create_app(LiveSite(root / "_site"), lambda: NOW)
    client = Client(app)
    for path in ("/feeds/all/", "/feeds/all.ics"):
        client.get(path)
    page = Request("GET", "/feeds/all/", "", None, None, None, host="calendars.example.coop")

    assert app.at_once(page) is not None
    assert app.at_once(page._replace(host="old.example.coop")) is None
    assert app.at_once(page._replace(path="/feeds/all.ics", host="old.example.coop")) is not None


def test_only_what_is_read_leads_on(client: Client) -> None:
    """What is sent to a page is not for it to lead on."""
    assert client.post("/feeds/all/", headers={"Host": "old.example.coop"}).status_code == 405
