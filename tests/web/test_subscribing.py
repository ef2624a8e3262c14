"""Subscribing, over HTTP: addresses for each program, the QR code, the poster, the help."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno
from lxml import etree
from tests.support.trees import NOW, SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.pages.offers import MOST_CHOICES
from coopcal.web.pages.subscribing import HELPED

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
        "https://calendar.google.com/calendar/u/0/r/settings/addbyurl",
        "https://calendar.google.com/calendar/r?cid=https%3A%2F%2Fcalendars.example.coop%2Ffeeds%2Fbakery.ics",
    ]
    assert 'value="https://calendars.example.coop/feeds/bakery.ics"' in text
    assert "webcal://calendars.example.coop/feeds/bakery.ics" in text
    assert "webcals:" not in text


@pytest.mark.parametrize(
    "path", ["/feeds/bakery/", "/feeds/all/subscribe/", "/organisations/bakery/", "/builder/"]
)
def test_without_scripts_every_way_stands_open_in_order(client: Client, path: str) -> None:
    """Apple's first, the copy last; none is folded or hidden, and none is recommended to a device that is not known."""
    panel = etree.HTML(client.get(path).text).xpath("//*[@data-panel]")[0]
    ways = panel.xpath(".//*[@data-device]")

    assert [way.get("data-device") for way in ways] == [
        "apple",
        "android",
        "google",
        "outlook",
        "other",
        "copy",
    ]
    assert not panel.xpath(".//*[@data-device]/ancestor::details | .//*[@data-device]//details")
    assert not panel.xpath(".//@hidden | .//*[contains(concat(' ', @class, ' '), ' main ')]")
    assert all(way.xpath("(.//a)[1]/@href") for way in ways)
    assert [field.get("id") for field in panel.xpath(".//*[@data-device]/following::input[@data-copy]")] == [
        "address"
    ]


@pytest.mark.parametrize("view", ["2026-06/", "2026-W23/", "2026/"])
def test_a_month_a_week_and_a_year_lead_to_subscribing(client: Client, view: str) -> None:
    """To what they show: their calendar, or what was chosen of it."""
    whole = etree.HTML(client.get(f"/feeds/bakery/{view}").text).xpath("//*[@class='subscribe-line']")[0]
    chosen = etree.HTML(client.get(f"/feeds/bakery/{view}?tag=open-doors").text).xpath(
        "//*[@class='subscribe-line']"
    )[0]

    assert whole.xpath("a/@href") == ["/feeds/bakery/subscribe/"]
    assert "The Bakery" in "".join(whole.itertext())
    assert chosen.xpath("a/@href") == ["/feeds/bakery/subscribe/?tag=open-doors"]
    assert "Your selection" in "".join(chosen.itertext())


def test_foreign_pages_open_beside_this_one(client: Client) -> None:
    """What is left to do there stands here; and they learn nothing of the page that led to them."""
    page = etree.HTML(client.get("/feeds/bakery/subscribe/").text)
    led = page.xpath(
        "//*[@data-panel]//a[contains(@href, 'google.com/calendar') or contains(@href, 'outlook.')]"
    )

    assert len(led) == 4
    assert {(link.get("target"), link.get("rel")) for link in led} == {("_blank", "noopener")}


def test_a_file_is_offered_as_a_copy_that_never_changes(client: Client) -> None:
    """Last, and under words that say so."""
    page = etree.HTML(client.get("/feeds/bakery/subscribe/").text)
    last = page.xpath("//*[@data-device]")[-1]

    assert last.xpath(".//a[@download]/@href") == ["/feeds/bakery.ics"]
    assert "never updated" in "".join(last.itertext())


def test_what_is_asked_for_is_in_every_way(client: Client) -> None:
    """The address, each program's link, the letter and the code: none leads to the whole calendar."""
    page = etree.HTML(client.get("/feeds/all/subscribe/?tag=assembly&remind=evening").text)
    panel = page.xpath("//*[@data-panel]")[0]
    asked = "?tag=assembly&remind=evening"
    led = {
        name: [
            unquote(str(value))
            for value in panel.xpath(f".//*[@data-with='{name}']/@*[name()='href' or name()='src']")
        ]
        for name in ("bare", "encoded", "page", "file", "code")
    }

    assert panel.xpath(".//input[@data-copy]/@value") == [
        f"https://calendars.example.coop/feeds/all.ics{asked}"
    ]
    assert {name: len(found) for name, found in led.items()} == {
        "bare": 4,
        "encoded": 3,
        "page": 1,
        "file": 1,
        "code": 1,
    }
    assert led["code"] == ["/feeds/all/qr.svg?tag=assembly"]
    assert all(asked in value for name, found in led.items() if name != "code" for value in found)
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_combined_calendar_can_be_narrowed_where_one_subscribes(tmp_path: Path) -> None:
    """By organisation and tag; what the address asks for besides is kept; a calendar of one organisation has nothing to choose."""
    mill = (
        "name: The Mill\ncountry: BE\nevents: [{id: fair, title: Fair, when: 2026-12-01, tags: [assembly]}]\n"
    )
    root = lay(tmp_path, {"calendars/mill.yaml": mill})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    page = etree.HTML(client.get("/feeds/all/subscribe/?tag=assembly&country=BE&past=no").text)
    form = page.xpath("//form[@data-choosing]")[0]
    boxes = {(box.get("name"), box.get("value")) for box in form.xpath(".//input[@type='checkbox']")}
    ticked = form.xpath(".//input[@type='checkbox'][@checked]/@value")
    kept = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    own = etree.HTML(client.get("/feeds/bakery/subscribe/").text)

    assert form.get("action") == "/feeds/all/subscribe/"
    assert ("organisation", "bakery") in boxes
    assert ticked == ["assembly"]
    assert kept == {"country": "BE", "past": "no"}
    assert own.xpath("//form[@data-choosing]//input") == []


def test_many_organisations_are_offered_in_part_and_that_is_said(tmp_path: Path) -> None:
    """Those with the most events; what is chosen already is among them, and the rest has its place."""
    many = {
        f"calendars/shop-{number:02}.yaml": f"name: Shop {number:02}\ncountry: BE\nevents:\n"
        + "".join(
            f"  - {{id: day-{day}, title: Day, when: 2026-12-0{day}}}\n" for day in range(1, 3 - number // 30)
        )
        for number in range(40)
    }
    root = lay(tmp_path, many)
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    page = etree.HTML(client.get("/feeds/all/subscribe/?organisation=shop-39").text)
    offered = page.xpath("//input[@name='organisation']/@value")

    assert len(offered) == MOST_CHOICES + 1
    assert page.xpath("//input[@name='organisation'][@checked]/@value") == ["shop-39"]
    assert page.xpath("//form[@data-choosing]//a/@href") == ["/builder/"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://calendars.example.coop", []),
        ("http://8.8.8.8", []),
        ("http://localhost:8000", ["google", "outlook"]),
        ("http://127.0.0.1:8000", ["google", "outlook"]),
        ("http://192.168.1.4", ["google", "outlook"]),
        ("https://intranet", ["google", "outlook"]),
        ("https://nas.local/calendars", ["google", "outlook"]),
    ],
)
def test_services_that_cannot_reach_the_site_are_named(tmp_path: Path, address: str, told: list[str]) -> None:
    """Google and Outlook.com fetch a calendar themselves."""
    settings = re.sub("(?m)^base_url: .*$", f"base_url: {address}", SITE)
    root = lay(tmp_path, {"coopcal.yaml": settings})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    page = etree.HTML(client.get("/feeds/all/subscribe/").text)

    assert page.xpath("//*[@data-device][.//*[@role='note']]/@data-device") == told


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


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/feeds/bakery/qr.svg", "/feeds/bakery/#subscribe"),
        ("/fr/feeds/all/qr.svg?tag=a,b&remind=evening", "/fr/feeds/all/?tag=a,b#subscribe"),
    ],
)
def test_the_code_leads_to_where_one_subscribes(client: Client, asked: str, leads: str) -> None:
    """On the page of the calendar, narrowed as it is; whoever has a phone chooses reminders there."""
    drawn = BytesIO()
    code = segno.make(f"https://calendars.example.coop{leads}", error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, border=4, light="#fff", omitsize=True)
    page = client.get(leads.split("#", maxsplit=1)[0])

    assert client.get(asked).data == drawn.getvalue()
    assert len(etree.HTML(page.text).xpath("//*[@id='subscribe']")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", ["google", "outlook", "apple", "android", "thunderbird"])
def test_help_tells_how_to_subscribe_be_reminded_and_leave(
    client: Client, program: str, language: str
) -> None:
    """Each with pictures whose words say what they show."""
    page = etree.HTML(client.get(f"{language}/help/{program}/").text)
    pictures = page.xpath("//svg")

    assert [each.get("id") for each in page.xpath("//h2")] == ["subscribe", "changes", "reminders", "leave"]
    assert len(pictures) >= 3
    assert all(each.get("role") == "img" and each.get("aria-label") for each in pictures)
    assert f"{language}/help/{program}/" in client.get(f"{language}/help/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_shows_the_words_that_its_label_says(client: Client, language: str) -> None:
    """Of the program itself, in the language of the page; no two programs have one picture."""
    seen: dict[str, str] = {}
    for program in HELPED:
        page = etree.HTML(client.get(f"{language}/help/{program}/").text)
        for picture in page.xpath("//svg"):
            name, words = picture.get("aria-label").split(": ", 1)
            shown = "".join("".join(picture.itertext()).split())
            assert all("".join(word.split()) in shown for word in words.split(" › ")), (program, words)
            drawn = etree.tostring(picture, encoding="unicode", with_tail=False)
            assert seen.setdefault(picture.get("aria-label"), drawn) == drawn
            assert name in {
                "Google Calendar",
                "Google Agenda",
                "iPhone",
                "Mac",
                "Outlook",
                "ICSx5",
                "Thunderbird",
                "Nextcloud",
            }

    assert len(set(seen.values())) == len(seen) >= 20


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_help_says_in_its_heading_what_it_is_for(client: Client, language: str) -> None:
    """And in the title of the page; no two are called alike."""
    pages = [etree.HTML(client.get(f"{language}/help/{program}/").text) for program in HELPED]
    headings = [page.xpath("string(//h1)") for page in pages]
    begins = {"": "Subscribe ", "/fr": "S’abonner "}[language]

    assert len(set(headings)) == len(HELPED)
    assert [heading for heading in headings if not heading.startswith(begins)] == []
    assert all(
        page.xpath("string(//title)").startswith(heading)
        for page, heading in zip(pages, headings, strict=True)
    )


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("{en: Fairs, fr: Foires}", "", "Fairs"),
        ("{en: Fairs, fr: Foires}", "/fr", "Foires"),
        ("{en: Fairs, fr: Foires}", "/de", "Fairs"),
        ("{fr: Foires, en: Fairs}", "/de", "Fairs"),
        ("{fr: Foires, it: Fiere}", "/de", "Foires"),
        ("{fr: Foires, it: Fiere}", "/it", "Fiere"),
        ("{fr: Foires, it: Fiere}", "", "Foires"),
    ],
)
def test_a_calendar_without_a_title_in_a_language_has_that_of_the_site_s_first(
    tmp_path: Path, title: str, language: str, said: str
) -> None:
    """Whatever language the feed is in; where there is none in that either, the title in the feed's own."""
    feed = f"title: {title}\nshow: {{language: fr}}\n"
    site = SITE.replace("[en, fr]", "[en, fr, de, it]")
    compiled(lay(tmp_path, {"coopcal.yaml": site, "feeds/fairs.yaml": feed}))
    page = etree.HTML(
        Client(create_app(LiveSite(tmp_path / "_site"), lambda: NOW))
        .get(f"{language}/feeds/fairs/subscribe/")
        .text
    )

    assert page.xpath("string(//title)").split(" – ")[1] == said
