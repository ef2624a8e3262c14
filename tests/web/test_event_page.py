"""The page of an event: whose it is and how to register first, what takes place when and where, and the ways to it."""

import re
from datetime import UTC, datetime
from html import unescape
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.support.trees import SITE, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.text.words import word
from coopcal.web import create_app

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
TAGS = "tags:\n  food: {en: Food & drink, fr: À manger}\n  assembly: {en: Assembly}\n"
BODY = """\
name: The Bakery
country: BE
events:
  - id: congress
    title: Congress
    when: 2026-09-11/2026-09-12
    where: {name: The hall, address: "Rue d'Été 1 & 2", city: Ghent, country: BE, access: By the yard}
    online: {url: https://meet.example.coop/secret, for: members}
    tags: [food, assembly]
    hashtag: Bread26
    series: congress
    languages: [en, fr]
    contact: {name: The office, email: office@bakery.example.coop}
    sessions:
      - {id: late, title: Late, when: 2026-09-11 14:00/15:00}
      - {id: law, title: Law, when: 2026-09-11 10:30/11:30, where: {name: Room B, country: BE}}
      - {id: opening, title: Opening, when: 2026-09-11 09:00/10:00}
      - {id: bread, title: Bread, when: 2026-09-11 10:30/12:00, where: {name: Room A, country: BE}}
      - {id: more-law, title: More law, when: 2026-09-11 11:30/12:30, where: {name: Room B, country: BE}, status: cancelled}
      - {id: call, title: Call, when: 2026-09-12 10:00/11:00, timezone: Europe/Lisbon, online: "https://meet.example.coop/call"}
      - {id: end, title: End, when: 2026-09-12 12:00/13:00}
  - {id: congress-2025, title: Congress 2025, when: 2025-09-12, tags: [food], series: congress}
  - {id: congress-2024, title: Congress 2024, when: 2024-09-12, series: congress}
  - {id: congress-2028, title: Congress 2028, when: 2028-09-12, series: congress}
  - {id: at-geo, title: At a point, when: 2026-09-14, where: {name: The mill, geo: {lat: 51.05, lon: -3.72}}}
  - {id: in-city, title: In a city, when: 2026-09-15, where: {city: Ghent, country: BE}}
  - {id: in-country, title: In a country, when: 2026-09-15, where: {country: BE}}
  - {id: weekly, title: Weekly, when: 2026-09-07 18:00/19:00, repeats: {every: week, count: 3}}
  - {id: plain, title: Plain, when: 2026-09-16}
"""
REGISTRATIONS = {
    "open": "url: https://example.coop/r, closes: 2026-08-01 12:00, places: 20, free: 3, price: [{for: Members, price: free}, {for: Others, price: 5 euros}]",
    "free": "url: https://example.coop/r, price: free",
    "ahead": "url: https://example.coop/r, opens: 2026-07-01",
    "over": "url: https://example.coop/r, closes: 2026-06-09, places: 20",
    "last-day": "url: https://example.coop/r, closes: 2026-06-10",
    "full": "url: https://example.coop/r, full: true",
    "waiting": "url: https://example.coop/r, full: true, waiting_list: true",
    "by-mail": "places: 20, price: 5 euros",
}
EXPECTED = {
    "open": ("Register", {"3 places left", "20 places", "Register by Saturday 1 August 2026, 12:00", "Members: Free of charge", "Others: 5 euros"}),
    "free": ("Register", {"Free of charge"}),
    "ahead": ("About registration", {"Registration opens: Wednesday 1 July 2026"}),
    "over": ("About registration", {"Registration is closed", "20 places"}),
    "last-day": ("Register", {"Register by Wednesday 10 June 2026"}),
    "full": ("About registration", {"Fully booked"}),
    "waiting": ("Join the waiting list", {"Fully booked; there is a waiting list"}),
    "by-mail": ("", {"20 places", "5 euros"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> LiveSite:
    """Return the site of all these events."""
    events = "".join(
        f"  - {{id: r-{name}, title: R {name}, when: 2026-09-20 18:00/19:00, registration: {{{keys}}}}}\n"
        for name, keys in REGISTRATIONS.items()
    )
    root = lay(
        tmp_path_factory.mktemp("event"),
        {"coopcal.yaml": SITE + TAGS, "calendars/bakery.yaml": BODY + events},
    )
    compiled(root, NOW)
    return LiveSite(root / "_site")


@pytest.fixture
def client(application: LiveSite) -> Client:
    return Client(create_app(application, lambda: NOW))


def texts(html: str) -> list[str]:
    """Return the words of each element that holds words alone, or words in bold."""
    bare = re.sub(r"</?(?:strong|bdi|span)[^>]*>", "", html)
    return [" ".join(unescape(text).split()) for text in re.findall(r"<li[^>]*>([^<]+)</li>", bare)]


def registering(page: str) -> tuple[str, set[str]]:
    """Return what the button to register says, and what stands beside it."""
    (part,) = re.findall(r'<div class="registering">(.*?)</div>', page, re.DOTALL)
    button = re.findall(r'<a class="button[^"]*" href="https://example.coop/r">([^<]+)</a>', part)
    return (button[0] if button else ""), set(texts(part))


@pytest.mark.parametrize("name", ["free", "open"])
def test_what_costs_nothing_is_told_in_the_language_of_the_page(client: Client, name: str) -> None:
    """Also where it is one of several prices, wherever the page tells them."""
    page = client.get(f"/fr/events/bakery/r-{name}/").text
    visible = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)

    assert word("free_of_charge", "fr") in visible
    found = re.findall(r".{0,40}\bfree\b.{0,40}", visible.replace("R free", "").replace("r-free", ""))

    assert found == []


@pytest.mark.parametrize("name", EXPECTED)
def test_whether_and_how_one_can_register_is_told_first(client: Client, name: str) -> None:
    """Before anything else of the page: what can be done, until when, how many places there are, and what it costs."""
    page = client.get(f"/events/bakery/r-{name}/").text

    assert registering(page) == EXPECTED[name]
    assert page.index('class="registering"') < page.index("<article")
    is_main = 'class="button large main" href="https://example.coop/r"' in page
    assert is_main is (EXPECTED[name][0] in ("Register", "Join the waiting list"))


def test_a_page_is_true_until_registration_opens_or_closes(application: LiveSite) -> None:
    """To the second: what was made before is not given after."""
    clock = [NOW]
    client = Client(create_app(application, lambda: clock[0]))

    def said() -> str:
        return registering(client.get("/events/bakery/r-open/").text)[0]

    assert said() == "Register"
    clock[0] = datetime(2026, 8, 1, 9, 59, 59, tzinfo=UTC)
    assert said() == "Register"
    clock[0] = datetime(2026, 8, 1, 10, 0, tzinfo=UTC)
    assert said() == "About registration"


def test_a_day_on_which_registration_closes_is_open_to_its_end(application: LiveSite) -> None:
    clock = [datetime(2026, 6, 10, 21, 59, 59, tzinfo=UTC)]
    client = Client(create_app(application, lambda: clock[0]))

    assert registering(client.get("/events/bakery/r-last-day/").text)[0] == "Register"
    clock[0] = datetime(2026, 6, 10, 22, tzinfo=UTC)
    assert registering(client.get("/events/bakery/r-last-day/").text)[0] == "About registration"


def programme(page: str) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    """Return the days of a programme: heading, names of tracks, and what begins when."""
    days = []
    for part in re.findall(r'<section class="programme[^"]*">(.*?)</section>', page, re.DOTALL):
        (heading,) = re.findall(r"<h3>(.*?)</h3>", part)
        tracks = re.findall(r'<span class="track-\d">(.*?)</span>', part)
        slots = []
        for slot in re.split(r'<li class="slot">', part)[1:]:
            time = "".join(re.findall(r"<time[^>]*>(.*?)</time>", slot))
            sessions = re.findall(r'<li class="session ?([^"]*)">\s*<a href="[^"]*">(.*?)</a>', slot)
            slots.append((time, [f"{title} [{kind}]" if kind else title for kind, title in sessions]))
        days.append((heading, tracks, slots))
    return days


def test_sessions_are_a_programme_by_day_and_time_with_places_as_columns(client: Client) -> None:
    """In order, whatever the order in which they are written; what takes place alone goes across."""
    assert programme(client.get("/events/bakery/congress/").text) == [
        (
            "Friday 11 September 2026",
            ["Room A, Belgium", "Room B, Belgium"],
            [
                ("09:00 (Central European Time)", ["Opening [across]"]),
                ("10:30 (Central European Time)", ["Bread [track-1]", "Law [track-2]"]),
                ("11:30 (Central European Time)", ["More law [track-2 off]"]),
                ("14:00 (Central European Time)", ["Late [across]"]),
            ],
        ),
        (
            "Saturday 12 September 2026",
            [],
            [("10:00 (Western European Time)", ["Call"]), ("12:00 (Central European Time)", ["End"])],
        ),
    ]


def test_who_hears_a_programme_hears_where_each_session_is(client: Client) -> None:
    """The heads of columns are for eyes alone; each session says its place itself."""
    page = client.get("/events/bakery/congress/").text

    assert '<div class="track-names" aria-hidden="true">' in page
    for title, place in (("Bread", "Room A, Belgium"), ("Law", "Room B, Belgium")):
        (rest,) = re.findall(rf">{title}</a>(.*?)</li>", page, re.DOTALL)
        assert place in rest
    assert "Cancelled" in re.findall(r">More law</a>(.*?)</li>", page, re.DOTALL)[0]


def ways(client: Client, address: str) -> dict[str, str]:
    """Return where the ways to a place lead, by their words."""
    page = client.get(address).text
    links = re.findall(r'<a href="(https://www\.openstreetmap\.org/[^"]*)">([^<]+)</a>', page)
    return {words: unescape(address) for address, words in links}


@pytest.mark.parametrize(
    ("address", "sought"),
    [
        ("/events/bakery/congress/", "Rue d'Été 1 & 2, Ghent, Belgium"),
        ("/fr/events/bakery/congress/", "Rue d'Été 1 & 2, Ghent, Belgique"),
        ("/events/bakery/in-city/", "Ghent, Belgium"),
    ],
)
def test_any_address_has_a_map_and_directions(client: Client, address: str, sought: str) -> None:
    led = list(ways(client, address).values())

    assert [urlsplit(one).path for one in led] == ["/search", "/directions"]
    assert [parse_qs(urlsplit(one).query) for one in led] == [{"query": [sought]}, {"to": [sought]}]


def test_a_position_is_shown_where_it_is(client: Client) -> None:
    led = ways(client, "/events/bakery/at-geo/")

    assert led["Show on a map"] == "https://www.openstreetmap.org/?mlat=51.05&mlon=-3.72#map=17/51.05/-3.72"
    assert parse_qs(urlsplit(led["Directions"]).query) == {"to": ["51.05,-3.72"]}


@pytest.mark.parametrize("address", ["in-country", "plain"])
def test_what_has_no_address_has_no_way(client: Client, address: str) -> None:
    assert ways(client, f"/events/bakery/{address}/") == {}


def test_tags_lead_to_what_else_has_them_in_the_language_of_the_page(client: Client) -> None:
    """To what is past from what is past alone."""
    for (language, title), (name, asked) in product(
        (("", "Food &amp; drink"), ("/fr", "À manger")),
        (("congress", ""), ("congress-2025", "&amp;when=all")),
    ):
        page = client.get(f"{language}/events/bakery/{name}/").text
        (address,) = re.findall(rf'<a href="([^"]*)" rel="tag">{title}</a>', page)
        found = client.get(unescape(address))

        assert address == f"{language}/search/?tag=food{asked}"
        assert found.status_code == 200
        assert f"{language}/events/bakery/congress/" in found.text


def test_who_may_join_is_told_and_no_address_that_is_for_members(client: Client) -> None:
    page = client.get("/events/bakery/congress/").text

    assert "secret" not in page
    for words in (
        "for members",
        "Members will be given the address.",
        "By the yard",
        "English, French",
        "The office",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("congress", "congress-2025", "congress-2028"),
        ("congress-2024", None, "congress-2025"),
        ("congress-2028", "congress", None),
        ("weekly/2026-09-14", "weekly/2026-09-07", "weekly/2026-09-21"),
        ("weekly/2026-09-21", "weekly/2026-09-14", None),
        ("plain", None, None),
        ("weekly", None, None),
    ],
)
def test_the_edition_or_date_before_and_the_next_one_are_linked(
    client: Client, address: str, before: str | None, after: str | None
) -> None:
    page = client.get(f"/events/bakery/{address}/").text
    led = dict(re.findall(r'<a rel="(prev|next)" href="/events/bakery/([^"]*)/">', page))

    assert led == {name: one for name, one in (("prev", before), ("next", after)) if one}


def test_the_organiser_stands_before_the_time_and_the_place(client: Client) -> None:
    page = client.get("/events/bakery/congress/").text

    head = page[page.index('class="masthead') : page.index("<article")]
    order = [head.index(words) for words in ("<h1>", "The Bakery", "Friday 11 September", "The hall")]
    assert order == sorted(order)
    assert '<a href="/organisations/bakery/">The Bakery</a>' in head
