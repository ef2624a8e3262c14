"""Subscribing, over HTTP: addresses for each program, the QR code, the poster, the help."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

LANGUAGES = ("", "/fr")
BOTH = "title: Both\nshow: {language: [fr, de]}\n"


def links(text: str, host: str) -> list[str]:
    """Return the addresses at a host that a page links to."""
    found = etree.HTML(text).xpath("//a/@href")
    return [str(each) for each in found if urlsplit(str(each)).netloc == host]


def test_outlook_gets_https_and_a_name_at_both_hosts(client: Client) -> None:
    """Two buttons (clients.md 4.2), never webcal (4.3), the name in the address (9.2)."""
    text = client.get("/feeds/bakery/subscribe/?remind=evening").text
    for host in ("outlook.live.com", "outlook.office.com"):
        [link] = links(text, host)
        asked = parse_qs(urlsplit(link).query)

        assert urlsplit(link).path == "/calendar/0/addfromweb"
        assert asked["url"] == ["https://calendars.example.coop/feeds/bakery.ics?remind=evening"]
        assert asked["name"] == ["The Bakery"]


@pytest.mark.parametrize("path", ["/feeds/bakery/", "/feeds/bakery/subscribe/", "/organisations/bakery/"])
def test_the_address_is_copied_for_google_and_opened_by_apple(client: Client, path: str) -> None:
    """Google's page takes what was copied (4.1); webcal subscribes on Apple devices (4.4); https stands to copy (4.3)."""
    text = client.get(path).text

    assert links(text, "calendar.google.com") == [
        "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
    ]
    assert 'value="https://calendars.example.coop/feeds/bakery.ics"' in text
    assert "webcal://calendars.example.coop/feeds/bakery.ics" in text
    assert "webcals:" not in text


def test_a_file_is_offered_as_a_copy_that_never_changes(client: Client) -> None:
    """Last, and under words that say so."""
    page = etree.HTML(client.get("/feeds/bakery/subscribe/").text)
    ways = page.xpath("//details[ancestor::*[@data-ways]]")

    assert ways[-1].xpath(".//a/@href") == ["/feeds/bakery.ics"]
    assert ways[-1].xpath(".//a[@download]")
    assert "never changes" in "".join(ways[-1].itertext())


def test_a_page_in_another_language_offers_the_feed_in_it(client: Client) -> None:
    """Where the feed has that language."""
    text = client.get("/fr/feeds/bakery/subscribe/").text

    assert 'value="https://calendars.example.coop/feeds/bakery.fr.ics"' in text
    assert "webcal://calendars.example.coop/feeds/bakery.fr.ics" in text


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        ("remind=evening&tag=b,a&utm_source=x", "?tag=a,b&remind=evening"),
        ("remind=never", ""),
        ("remind=&past=", ""),
    ],
)
def test_the_query_becomes_the_canonical_one(client: Client, query: str, leads: str) -> None:
    """Same choice, same address."""
    answer = client.get(f"/feeds/all/subscribe/?{query}")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/feeds/all/subscribe/{leads}")
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/all/subscribe/?nonsense=1", 400),
        ("/feeds/nothing/subscribe/", 404),
        ("/feeds/nothing/qr.svg", 404),
        ("/feeds/nothing/poster/", 404),
        ("/feeds/old/subscribe/", 410),
        ("/feeds/all/poster/?size=a3", 400),
        ("/feeds/all/poster/?paper=a4", 400),
        ("/help/palm-pilot/", 404),
    ],
)
def test_what_cannot_be_answered(client: Client, path: str, status: int) -> None:
    """In words, with the right status."""
    assert client.get(path).status_code == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_is_a_picture_that_may_be_kept(client: Client, language: str) -> None:
    """SVG without anything that runs; each page's own."""
    answer = client.get(f"{language}/feeds/all/qr.svg")
    root = etree.fromstring(answer.data)
    other = client.get("/feeds/bakery/qr.svg")

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert root.get("viewBox")
    assert {etree.QName(each).localname for each in root.iter()} == {"svg", "path"}
    assert other.data != answer.data
    assert (
        client.get(
            f"{language}/feeds/all/qr.svg", headers={"If-None-Match": answer.headers["ETag"]}
        ).status_code
        == 304
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", ["google", "outlook", "apple", "android", "thunderbird"])
def test_help_tells_how_to_subscribe_be_reminded_and_leave(
    client: Client, program: str, language: str
) -> None:
    """Each with pictures whose words say what they show."""
    page = etree.HTML(client.get(f"{language}/help/{program}/").text)
    pictures = page.xpath("//svg")

    assert [each.get("id") for each in page.xpath("//h2")] == ["subscribe", "reminders", "leave"]
    assert len(pictures) >= 3
    assert all(each.get("role") == "img" and each.get("aria-label") for each in pictures)
    assert f"{language}/help/{program}/" in client.get(f"{language}/help/").text


def test_a_language_without_pages_is_offered_by_its_address(tmp_path: Path) -> None:
    """A feed in two languages side by side has one of each, too."""
    root = lay(tmp_path, {"feeds/both.yaml": BOTH})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))

    assert (
        "Deutsch: https://calendars.example.coop/feeds/both.de.ics?tag=open-doors<"
        in client.get("/feeds/both/subscribe/?tag=open-doors").text
    )
    assert client.get("/feeds/both.de.ics?tag=open-doors").status_code == 200
    assert "Deutsch" not in client.get("/feeds/all/subscribe/").text


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/bakery/?tag=open-doors", "/feeds/bakery/subscribe/?remind=evening", "/builder/?country=BE",
        "/feeds/bakery/2026-09/?tag=open-doors", "/feeds/bakery/2026/?tag=open-doors", "/feeds/bakery/poster/?size=a5",
        "/search/?q=day&when=all",
    ],
)  # fmt: skip
def test_the_same_is_asked_in_another_language(client: Client, path: str) -> None:
    """By the links for visitors; search engines are told of the whole pages alone."""
    tree = etree.HTML(client.get(path).text)

    assert tree.xpath("//nav[@class='languages']//a[@hreflang='fr']/@href") == [f"/fr{path}"]
    assert tree.xpath("//link[@hreflang='fr']/@href") == [
        f"https://calendars.example.coop/fr{path.split('?', maxsplit=1)[0]}"
    ]
