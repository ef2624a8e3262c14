"""What others put into their pages, over HTTP: frames, fragments, the script, oEmbed."""

import gzip
import hashlib
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app
from coopcal.web.embed.script import script

BASE = "https://calendars.example.coop"
VIEWS = ("list", "agenda", "month", "week", "cards", "next-event")
COURSE = """\
name: The Course
events:
  - {id: course, title: Course, when: 2026-06-02 19:00/21:00, tags: [school], repeats: {every: week, count: 30}}
  - {id: camp, title: Camp, when: 2026-06-27/2026-07-02}
  - {id: off, title: Off, when: 2026-06-05, status: cancelled}
  - {id: some, title: Some time, when: 2026-06}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a site with a series, what takes days, and what is imprecise."""
    root = lay(tmp_path_factory.mktemp("course"), {"calendars/course.yaml": COURSE})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.mark.parametrize("view", VIEWS)
def test_a_fragment_is_bare_and_may_be_fetched_from_anywhere(course: Client, view: str) -> None:
    """No style, no script, whole addresses, names of classes with one prefix."""
    answer = course.get(f"/embed/course/{view}.fr.html")
    tree = etree.fromstring(answer.data, etree.HTMLParser())
    again = course.get(f"/embed/course/{view}.fr.html", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=900" in answer.headers["Cache-Control"]
    assert again.status_code == 304
    assert not tree.xpath("//script | //style | //@style | //link | //@target")
    assert tree.xpath("//a")
    assert all(each.startswith(f"{BASE}/") for each in tree.xpath("//a/@href"))
    assert all(name.startswith("coopcal") for each in tree.xpath("//@class") for name in each.split())
    assert tree.xpath("//section/@lang") == ["fr"]


@pytest.mark.parametrize("view", VIEWS)
def test_a_frame_may_be_in_any_page_and_other_pages_in_none(course: Client, view: str) -> None:
    """A policy without ``unsafe``; links open beside the host's page, in words."""
    answer = course.get(f"/embed/course/{view}.en/?colours=dark")
    policy = answer.headers["Content-Security-Policy"]
    tree = etree.HTML(answer.text)

    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert tree.xpath("//html/@class") == ["coopcal-framed coopcal-dark"]
    for link in tree.xpath("//a[not(contains(@class, 'turn'))]"):
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert "(opens in a new tab)" in "".join(link.itertext())
    assert "frame-ancestors 'none'" in course.get("/").headers["Content-Security-Policy"]


def test_number_narrowing_chrome_and_level(course: Client) -> None:
    """Each does what its name says, all together."""
    tree = etree.HTML(course.get("/embed/all/list.en.html?number=3&tag=school&chrome=no&dates=all").text)
    headed = etree.HTML(course.get("/embed/all/agenda.en.html?level=5&tag=school").text)

    assert tree.xpath("count(//li)") == 3
    assert {each.text for each in tree.xpath("//a")} == {"Course"}
    assert not tree.xpath("//h3 | //*[@class='coopcal-more']")
    assert headed.xpath("count(//h5)") == 1
    assert headed.xpath("count(//h6)") == 30


def test_what_is_cut_off_leads_to_all_of_it(course: Client) -> None:
    """In each view of a list, with what the calendar is narrowed to; where nothing is cut off there is no such link."""
    for view in ("list", "cards", "agenda"):
        cut = etree.HTML(course.get(f"/embed/all/{view}.en.html?number=1&tag=school&dates=all").text)
        whole = etree.HTML(course.get(f"/embed/all/{view}.en.html?number=999&tag=school&dates=all").text)

        assert cut.xpath("string(//a[@class='coopcal-all'])") == "All events"
        assert cut.xpath("string(//a[@class='coopcal-all']/@href)").endswith("/feeds/all/?tag=school")
        assert not whole.xpath("//a[@class='coopcal-all']")


def test_a_mistyped_tag_is_told_and_nothing_untrue(course: Client) -> None:
    """Visitors do not read that no events are announced."""
    answer = course.get("/embed/all/list.en.html?tag=skool").text

    assert "No event here has the tag “skool”." in answer
    assert "announced" not in answer


def test_the_next_event_is_one_that_has_not_ended(course: Client) -> None:
    """The soonest."""
    tree = etree.HTML(course.get("/embed/course/next-event.en.html").text)

    assert [each.text for each in tree.xpath("//li/a")] == ["Some time"]


def test_a_month_is_a_table_that_reads_as_one(course: Client) -> None:
    """Caption, headers of columns, days; what takes days is on each of them; what is imprecise stands before."""
    tree = etree.HTML(course.get("/embed/course/month.en/?month=2026-06").text)
    cells = {each.xpath("string(time/@datetime)"): each for each in tree.xpath("//td")}

    assert tree.xpath("string(//caption)") == "June 2026"
    assert [each.get("abbr") for each in tree.xpath("//th[@scope='col']")][:2] == ["Monday", "Tuesday"]
    assert "Course" in "".join(cells["2026-06-02"].itertext())
    assert "Day" not in "".join(cells["2026-06-27"].itertext())
    assert "Day 4 of 6" in "".join(cells["2026-06-30"].itertext())
    assert "Cancelled" in "".join(cells["2026-06-05"].itertext())
    assert "today" in cells["2026-06-01"].get("class")
    assert [each.text for each in tree.xpath("//main//section/ul//a")] == ["Some time"]
    assert tree.xpath("//a[contains(@rel, 'nofollow')]/@href") == [
        f"/embed/course/month.en/?month={month}" for month in ("2026-05", "2026-07")
    ]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/embed/all/list.en.html?nonsense=1", 400, "There is no parameter “nonsense”"),
        ("/embed/all/list.en/?nmber=3", 400, "There is no parameter “nmber”. Did you mean “number”?"),
        ("/embed/all/list.en.html?number=0", 400, "“0” isn’t a valid value for “number”"),
        ("/embed/all/list.en.html?level=1", 400, "“1” isn’t a valid value for “level”"),
        ("/embed/all/month.en/?month=2026-13", 400, "“2026-13” isn’t a valid value for “month”"),
        ("/embed/all/month.en/?month=2040-01", 404, ""),
        ("/embed/all/week.en/?week=2026-W54", 400, "“2026-W54” isn’t a valid value for “week”"),
        ("/embed/all/week.en/?week=2025-W53", 404, "2025-W53 is too far away"),
        (
            "/embed/all/week.en.html?first-day=funday",
            400,
            "“funday” isn’t a valid value for “first-day”. Possible values: monday, tuesday",
        ),
        (
            "/embed/all/list.fr.html?views=list,mouth",
            400,
            "« list mouth » n’est pas une valeur valable pour « views »",
        ),
        ("/embed/all/list.en/?target=_self", 400, "target is _blank or _top"),
        ("/embed/all/list.en.html?accent=red", 400, "Possible values: 000000–ffffff"),
        ("/embed/all/mouth.en/", 404, "There is no view “mouth”. Did you mean “month”?"),
        ("/embed/all/sideways.en.html", 404, "There is no view “sideways”. Possible values: agenda, cards"),
        ("/embed/all/list.de/", 404, "This site isn’t available in the language “de”"),
        ("/embed/none/list.en/", 404, "There is no calendar “none”"),
        (
            "/embed/bakry/list.fr.html",
            404,
            "Il n’y a pas de calendrier « bakry ». Vouliez-vous dire « bakery »",
        ),
        ("/embed/all", 404, "There is no view “all”. Did you mean “all/list.en/”?"),
        ("/embed/all/list/", 404, "There is no view “all/list/”. Did you mean “all/list.en/”?"),
        ("/embed/all/mnth/", 404, "Did you mean “all/month.en/”?"),
        ("/embed/events/bakery/assembly/", 404, "Did you mean “events/bakery/assembly.en/”?"),
        ("/embed/nothing/list/", 404, "There is no calendar “nothing”"),
        ("/embed/all/month.en/?month=2026-00", 400, "Possible values: 2026-12, 2027-01, …"),
        (
            "/embed/events/bakery/asembly.en/",
            404,
            "There is no event “bakery/asembly”. Did you mean “bakery/assembly”?",
        ),
        ("/embed/old/list.en.html", 410, "This calendar has ended."),
        ("/embed.000000000000.js", 404, ""),
        ("/oembed.json", 400, ""),
        (f"/oembed.json?url={BASE}/feeds/all/&format=xml", 501, ""),
        (f"/oembed.json?url={BASE}/feeds/none/", 404, ""),
        (f"/oembed.json?url={BASE}/feeds/old/", 410, ""),
        (f"/oembed.json?url={BASE}/de/feeds/all/", 404, ""),
        (f"/oembed.json?url={BASE}/feeds/all/&maxwidth=wide", 400, ""),
        ("/oembed.json?url=https://elsewhere.example/feeds/all/", 404, ""),
        (f"/oembed.json?url={BASE}.evil.example/feeds/all/", 404, ""),
        ("/oembed.json?url=%00", 404, ""),
        ("/oembed.json?url=http://[", 404, ""),
    ],
)
def test_what_cannot_be_answered(client: Client, address: str, status: int, said: str) -> None:
    """In words for who wrote the address; kept by nobody, as it may be answered once it is mended here."""
    answer = client.get(address)

    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert said in answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_calendar_says_so(client: Client) -> None:
    """In every view."""
    for view in ("list", "agenda", "next-event"):
        assert "No events are announced" in client.get(f"/embed/mill/{view}.en.html").text
    assert client.get("/embed/mill/month.en/").status_code == 200


def test_the_script_is_small_and_can_be_pinned(client: Client) -> None:
    """At most about 5 kB compressed, as it tells local times to their end and begins months with the visitor's own day.

    It is at its own address for ever, so that pages can say which bytes they expect.
    """
    answer = client.get("/embed.js")
    digest = hashlib.sha256(answer.data).hexdigest()[:12]
    pinned = client.get(f"/embed.{digest}.js")
    sent = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})

    assert len(gzip.compress(answer.data)) <= 5200
    assert gzip.decompress(sent.data) == answer.data
    assert len(sent.data) <= 5200
    assert '["en", "fr"]' in answer.text
    assert "STYLE" not in answer.text
    assert pinned.data == answer.data
    assert "immutable" in pinned.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_oembed_gives_a_frame_for_the_address_of_a_page(client: Client) -> None:
    """Of a feed or an organisation, in its language, as large as asked for; the page itself leads to it."""
    answer = client.get(f"/oembed.json?url={BASE}/fr/feeds/all/&maxwidth=400&maxheight=300&format=json")
    said = answer.get_json()
    frame = etree.HTML(said["html"]).find(".//iframe")
    page = etree.HTML(client.get("/fr/feeds/all/").text)
    [link] = page.xpath("//link[@type='application/json+oembed']/@href")

    assert (said["version"], said["type"], said["width"], said["height"]) == ("1.0", "rich", 400, 300)
    assert (frame.get("width"), frame.get("height")) == ("100%", "300")
    assert frame.get("style") == "max-width: 400px"
    assert frame.get("frameborder") == "0"
    assert frame.get("src") == f"{BASE}/embed/all/list.fr/"
    assert frame.get("title") == said["title"]
    assert client.get(urlsplit(frame.get("src")).path).status_code == 200
    assert client.get(urlsplit(link).path).get_json()["title"] == said["title"]
    assert client.get(f"/oembed.json?url={BASE}/organisations/bakery/").get_json()["title"] == "The Bakery"


@pytest.mark.parametrize(
    ("path", "title", "src"),
    [
        ("/feeds/all/2026-10/", "Example", "/embed/all/month.en/?month=2026-10"),
        ("/fr/feeds/all/2026-10/", "Exemple", "/embed/all/month.fr/?month=2026-10"),
        ("/feeds/all/2026-W43/", "Example", "/embed/all/week.en/?week=2026-W43"),
        ("/events/bakery/assembly/", "General assembly", "/embed/events/bakery/assembly.en/"),
        ("/fr/events/bakery/open-day/", "Portes ouvertes", "/embed/events/bakery/open-day.fr/"),
    ],
)
def test_oembed_of_months_and_events(client: Client, path: str, title: str, src: str) -> None:
    """By the address of the page, and by the one that the page itself leads to; the frame is there."""
    by_address = client.get(f"/oembed.json?url={BASE}{path}").get_json()
    links = etree.HTML(client.get(path).text).xpath("//link[@type='application/json+oembed']/@href")
    frame = etree.HTML(by_address["html"]).find(".//iframe")

    assert by_address["title"] == frame.get("title") == title
    assert frame.get("src") == BASE + src
    assert client.get(src).status_code == 200
    if "W43" not in path:
        [link] = links
        assert link == f"{BASE}{path}oembed.json"
        assert client.get(urlsplit(link).path).get_json() == by_address


@pytest.mark.parametrize(
    "address",
    [
        "/embed/none/list.en.html", "/embed/all/list.en.html?number=x", "/embed/all/mouth.en.html", "/embed/x", "/embed/old/list.en.html",
        "/oembed.json", "/oembed.json?url=x", "/feeds/none/oembed.json", "/fr/feeds/none/oembed.json", "/events/bakery/none/oembed.json",
        "/feeds/none.ics", "/feeds/none.json", "/feeds/all.json?none=1", "/feeds/all.ics?none=1", "/feeds/None.json",
    ],
)  # fmt: skip
def test_what_is_wrong_can_be_read_from_elsewhere(client: Client, address: str) -> None:
    """Else a browser says that the other site is not allowed to ask, and not what is wrong."""
    answer = client.get(address)

    assert answer.status_code >= 400
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for other in ("/", "/none/", "/feeds/none/", "/private/none/all.ics", "/site.jsonx", "/embedded/"):
        assert "Access-Control-Allow-Origin" not in client.get(other).headers, other


def test_a_page_offers_the_code(client: Client) -> None:
    """The element with a link inside, for where scripts are off; and the frame."""
    tree = etree.HTML(client.get("/fr/feeds/all/embedding/").text)
    element, frame = (
        tree.xpath(f"string(//textarea[@id='{each}'])") for each in ("embed-element", "embed-frame")
    )
    inside = etree.HTML(element)

    assert inside.xpath("//script/@src") == [f"{BASE}/embed.js"]
    assert inside.xpath("//coop-calendar/@feed") == ["all"]
    assert inside.xpath("//coop-calendar/a/@href") == [f"{BASE}/fr/feeds/all/"]
    assert etree.HTML(frame).xpath("//iframe/@src") == [f"{BASE}/embed/all/list.fr/"]


def test_the_title_of_a_feed_does_no_harm(tmp_path: Path) -> None:
    """In markup, in attributes, in JSON, in code to copy."""
    title = "<b>\\\"Fish\\\" & 'chips'</b><script>alert(1)</script>"
    root = lay(tmp_path, {"feeds/fish.yaml": f'title: "{title}"\n'})
    compiled(root)
    client = Client(create_app(LiveSite(root / "_site"), lambda: NOW))
    for address in ("/feeds/fish/", "/embed/fish/list.en/", "/embed/fish/month.en.html"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<b>" not in text
    html = json.loads(client.get("/feeds/fish/oembed.json").data)["html"]
    assert etree.HTML(html).find(".//iframe").get("title") == title.replace("\\", "")
    assert "<script>" not in html


def test_an_agenda_says_each_day_once(course: Client) -> None:
    """As a heading; below it stand times, and what takes more than the day."""
    text = " ".join(etree.HTML(course.get("/embed/course/agenda.en.html").text).itertext())

    assert text.count("Tuesday 2 June 2026") == 1
    assert "19:00–21:00" in text
    assert text.count("Friday 5 June 2026") == 1
    assert "until Thursday 2 July 2026" in text
    assert text.count("Saturday 27 June 2026") == 1


def test_the_script_is_small() -> None:
    """It is fetched with every page that shows a calendar; compressed, as it is sent."""
    assert len(gzip.compress(script(("en", "fr")).encode())) < 5_150


CITIES = """\
name: The Mill
country: ZA
events:
  - {id: one, title: One, when: 2026-07-03, where: {name: Hall, city: {en: Cape Town, fr: Le Cap}}, tags: [coming]}
  - {id: two, title: Two, when: 2026-07-04, where: {name: Yard, city: Cape Town}}
  - {id: web, title: Web, when: 2026-07-05, online: "https://mill.example.coop/"}
  - {id: was, title: Was, when: 2026-03-04, where: {name: Hall, city: {en: Cape Town, fr: Le Cap, pt: Cidade do Cabo}}}
  - {id: old, title: Old, when: 2026-03-05, where: {name: Inn, city: Durban}, tags: [gone]}
"""


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a site with cities of several names, and with one where nothing is to come."""
    root = lay(tmp_path_factory.mktemp("cities"), {"calendars/mill.yaml": CITIES})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.mark.parametrize(
    ("asked", "name", "offered"),
    [
        ("list.en", "city", ["All", "Cape Town"]),
        ("list.fr", "city", ["Tout", "Le Cap"]),
        ("month.en", "city", ["All", "Cape Town"]),
        ("list.en", "tag", ["All", "coming"]),
        ("list.en", "spoken", []),
    ],
)
def test_what_visitors_are_offered_is_to_come_and_stands_once(
    cities: Client, asked: str, name: str, offered: list[str]
) -> None:
    """What would leave nothing over is not offered; nor is a choice of nothing."""
    tree = etree.HTML(cities.get(f"/embed/mill/{asked}.html?filters={name}").text)

    assert tree.xpath(f"//select[@name='{name}']/option/text()") == offered


def test_a_month_that_is_over_offers_what_was_in_it(cities: Client) -> None:
    """A city has all its names in one value, which finds what has any of them."""
    tree = etree.HTML(cities.get("/embed/mill/month.en.html?filters=city&month=2026-03").text)
    both = etree.HTML(cities.get("/embed/mill/list.en.html?filters=city").text)
    [value] = both.xpath("//option[.='Cape Town']/@value")
    chosen = etree.HTML(
        cities.get("/embed/mill/list.en.html", query_string={"filters": "city", "my-city": value}).text
    )

    assert "Durban" in tree.xpath("//option/text()")
    assert chosen.xpath("//li/a/text()") == ["One", "Two"]
    assert chosen.xpath("//option[@selected]/text()") == ["Cape Town"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("attributes=nmber,colors,filter", ["number", "colours", "filters"]),
        ("attributes=hidden,tabindex,v-cloak,width", []),
        ("attributes=number,feed", []),
        ("language=nl", ["in the language “nl”"]),
    ],
)
def test_what_an_element_does_not_know_is_told_above_the_calendar(
    cities: Client, query: str, told: list[str]
) -> None:
    """Of attributes those that are like one that there is; others belong to others."""
    tree = etree.HTML(cities.get(f"/embed/mill/list.en.html?{query}").text)
    sentences = ["".join(each.itertext()) for each in tree.xpath("//*[@class='coopcal-wrong']")]

    assert len(sentences) == len(told)
    assert all(word in sentence for word, sentence in zip(told, sentences, strict=True))
    assert tree.xpath("//li")


def test_a_time_stands_apart_from_the_title(course: Client) -> None:
    """Where both are in one line."""
    for view in ("month", "week"):
        text = "".join(etree.HTML(course.get(f"/embed/course/{view}.en.html").text).itertext())
        assert "19:00 Course" in text


STATES = """\
name: The Mill
country: BE
events:
  - {id: off, title: Off, when: 2026-06-03 19:00/21:00, status: cancelled}
  - {id: late, title: Late, when: 2026-06-03 18:00/19:00, status: postponed}
  - {id: gone, title: Gone, when: 2026-06-04 18:00/19:00, moved_from: 2026-06-03 18:00}
  - {id: full, title: Full, when: 2026-06-04 10:00/11:00, registration: {url: "https://mill.example.coop/", full: true, price: free}}
  - {id: open, title: Open, when: 2026-06-05/2026-06-06, hours: 10:00/18:00}
"""
SAID = ("Cancelled", "Postponed", "Moved", "Fully booked", "Free of charge", "10:00–18:00", "The Mill")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Return a client of a site whose events are not simply on."""
    root = lay(tmp_path_factory.mktemp("states"), {"calendars/mill.yaml": STATES})
    compiled(root)
    return Client(create_app(LiveSite(root / "_site"), lambda: NOW))


@pytest.mark.parametrize("form", ["/", ".html"])
@pytest.mark.parametrize("view", [view for view in VIEWS if view != "next-event"])
def test_every_view_tells_whose_a_date_is_and_what_sets_it_apart(
    states: Client, view: str, form: str
) -> None:
    """Of a calendar of several organisations; that of one does not say its own name with each date. A month has no room for opening hours."""
    text = " ".join(etree.HTML(states.get(f"/embed/all/{view}.en{form}").text).itertext())
    own = etree.HTML(states.get(f"/embed/mill/{view}.en{form}").text)

    assert [said for said in SAID if said not in text] == (["10:00–18:00"] if view == "month" else [])
    assert own.xpath("//*[@class='coopcal-event'] | //*[contains(@class, 'coopcal-off')]")
    assert not own.xpath("//*[@class='coopcal-whose']")


def test_an_event_by_itself_tells_it_too(states: Client) -> None:
    for name, said in (
        ("off", "Cancelled"),
        ("gone", "Moved from"),
        ("full", "Fully booked"),
        ("open", "10:00–18:00"),
    ):
        text = states.get(f"/embed/events/mill/{name}.en.html").text
        assert said in text
        assert "The Mill" in text


def test_weeks_are_named_and_turned_as_iso_8601_has_them(course: Client) -> None:
    """Around the end of a year, too; a year has 52 weeks or 53."""
    tree = etree.HTML(course.get("/embed/course/week.en/?week=2026-W53").text)

    assert tree.xpath("string(//*[@class='coopcal-caption'])") == "Week 53, December 2026"
    assert [each.get("datetime") for each in tree.xpath("//ol/li/*/time")][::6] == [
        "2026-12-28",
        "2027-01-03",
    ]
    assert [each.split("week=")[1] for each in tree.xpath("//a[contains(@href, 'week=')]/@href")] == [
        "2026-W52",
        "2027-W01",
    ]
    assert course.get("/embed/course/week.en/?week=2027-W53").status_code == 404


def test_what_matches_nothing_is_told_as_such(client: Client) -> None:
    """Also where the page itself has fixed what is asked for; what is alike is told as it is written, and events by their own names."""
    assert "No events found" in client.get("/embed/all/list.en.html?q=zzzqq").text
    assert "announced" not in client.get("/embed/all/list.en.html?q=zzzqq").text
    assert "Did you mean" not in client.get("/embed/events/bakery/agm.en/").text
    coloured = client.get("/embed/all/list.en/?accent=%2314594A&ground=ffffff")
    assert coloured.status_code == 200
    assert "look.css?accent=14594A&amp;ground=ffffff" in coloured.text


def test_a_city_that_is_mistyped_is_told_as_it_is_written(cities: Client) -> None:
    """Though cities are compared without their capital letters."""
    assert "Did you mean “Cape Town”?" in cities.get("/embed/all/list.en.html?city=Cpe+Town").text
