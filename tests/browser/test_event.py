"""The page of an event in a browser: what is seen first, a programme in columns and in one, colours, and nobody else's hosts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from tests.browser.test_every_page import violations
from tests.support import pictures
from tests.support.serving import served
from tests.support.trees import compiled, lay

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
COLOURS = {"bakery": "#ffd000", "mill": "#0000ff", "oven": "#808080", "shop": ""}
"""Organisations, and their colours: very light, very dark, grey, none."""

SITE = """\
title: Valley
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr, ar]
timezone: Europe/Brussels
colour: "#00e5ff"
logo: {file: logo.svg, alt: The valley}
tags: {food: {en: Food, fr: À manger, ar: طعام}}
"""
EVENTS = """\
logo: {{file: files/logo.svg, alt: A loaf}}
events:
  - id: congress
    title: {{en: Congress of all who bake, fr: Congrès des boulangers, ar: مؤتمر الخبازين}}
    when: 2026-09-11/2026-09-12
    where: {{name: The hall, address: Mill Lane 1, city: Ghent, country: BE, access: By the yard}}
    online: {{url: https://meet.example.coop/secret, for: members}}
    image: {{file: files/fair.png, alt: Loaves}}
    description: Two days of bread.
    tags: [food]
    registration: {{url: "https://example.coop/r", closes: 2026-09-01, places: 40, free: 3, price: free}}
    sessions:
      - {{id: opening, title: Opening, when: 2026-09-11 09:00/10:00}}
      - {{id: bread, title: Bread, when: 2026-09-11 10:30/12:00, where: {{name: Room A, country: BE}}}}
      - {{id: law, title: Law, when: 2026-09-11 10:30/11:30, where: {{name: Room B, country: BE}}}}
      - {{id: tea, title: Tea, when: 2026-09-11 10:30/11:30, where: {{name: Room C, country: BE}}, status: cancelled}}
  - {{id: full, title: Full, when: 2026-09-20 18:00/19:00, where: {{city: Ghent, country: BE}}, registration: {{url: "https://example.coop/r", full: true, waiting_list: true}}}}
  - {{id: weekly, title: Weekly, when: 2026-09-07 18:00/19:00, repeats: {{every: week, count: 40}}}}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of a site with pictures."""
    root: Path = tmp_path_factory.mktemp("event")
    files = {"coopcal.yaml": SITE}
    for one, colour in COLOURS.items():
        head = f"name: The {one}\ncountry: BE\n" + (f'colour: "{colour}"\n' if colour else "")
        files[f"calendars/{one}.yaml"] = head + EVENTS.format()
    lay(root, files)
    (root / "calendars/files").mkdir()
    (root / "logo.svg").write_bytes(pictures.svg(64, 64))
    (root / "calendars/files/logo.svg").write_bytes(pictures.svg(40, 40))
    (root / "calendars/files/fair.png").write_bytes(pictures.png(1200, 630))
    compiled(root, NOW)
    with served(root, NOW) as address:
        yield address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("one", COLOURS)
def test_whatever_the_colour_of_an_organisation_its_pages_are_accessible(
    axe: Page, address: str, one: str, theme: str
) -> None:
    """From left to right and from right to left; the poster, too.

    Each at one of two widths in light, and at the other in the dark: colours depend on no width, and no width on colours.
    """
    axe.emulate_media(color_scheme="light" if theme == "light" else "dark")
    found = []
    first = list(COLOURS).index(one) + (theme == "dark")
    for number, language in enumerate(("", "/ar"), first):
        for turn, path in enumerate(
            ("events/{}/congress", "events/{}/full", "organisations/{}", "feeds/{}/poster"), number
        ):
            width = (320, 1280)[turn % 2]
            axe.set_viewport_size({"width": width, "height": 800})
            axe.goto(f"{address}{language}/{path.format(one)}/")
            found += violations(axe)
            assert axe.evaluate("document.documentElement.scrollWidth") <= width

    assert found == []


def box(page: Page, words: str) -> dict[str, float]:
    found = page.locator(".session", has_text=words).bounding_box()
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("language", ["", "/ar"])
def test_a_programme_has_columns_where_there_is_room(page: Page, address: str, language: str) -> None:
    """Below the names of their places, in the direction of reading; what takes place alone is as wide as all."""
    page.goto(f"{address}{language}/events/bakery/congress/")
    bread, law, tea, opening = (box(page, words) for words in ("Bread", "Law", "Tea", "Opening"))
    heads = [page.locator(f".track-names .track-{number}").bounding_box() for number in (1, 2, 3)]

    assert bread["y"] == law["y"] == tea["y"]
    lefts = [one["x"] for one in (bread, law, tea)]
    assert sorted(lefts, reverse=language == "/ar") == lefts
    assert len(set(lefts)) == 3
    for head, session in zip(heads, (bread, law, tea), strict=True):
        assert head is not None
        assert abs(head["x"] + head["width"] / 2 - session["x"] - session["width"] / 2) < 2
    assert opening["width"] > 2.9 * bread["width"]


def test_a_programme_is_one_column_on_a_phone(page: Page, address: str) -> None:
    """Each session says where it is."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/events/bakery/congress/")
    boxes = [box(page, words) for words in ("Opening", "Bread", "Law", "Tea")]

    assert len({one["x"] for one in boxes}) == 1
    assert [one["y"] for one in boxes] == sorted(one["y"] for one in boxes)
    expect(page.locator(".session", has_text="Law")).to_contain_text("Room B")
    expect(page.locator(".track-names")).to_be_hidden()


def test_how_to_register_is_on_the_first_screen_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/events/bakery/congress/")
    button = page.get_by_role("link", name="Register", exact=True)
    found = button.bounding_box()

    assert found is not None
    assert found["y"] + found["height"] < 740
    assert found["height"] >= 44


def test_nothing_moves_when_pictures_come(page: Page, address: str) -> None:
    """Their room is kept: they are held back, and what is below stays where it is."""
    held: list[Request] = []

    def hold_back(route: Route, request: Request) -> None:
        held.append(request)
        route.abort()

    page.route("**/*.png", hold_back)
    page.goto(f"{address}/events/bakery/congress/")
    without = page.locator("h1").bounding_box()
    page.unroute("**/*.png")
    page.reload()
    page.wait_for_function("document.querySelector('.event-picture').complete")

    assert held
    assert page.locator("h1").bounding_box() == without


def test_no_other_host_is_asked(browser: Browser, address: str) -> None:
    """Nor where scripts are off; and all of the page is there."""
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page, asked = context.new_page(), list[Request]()

        def note(request: Request, asked: list[Request] = asked) -> None:
            asked.append(request)

        page.on("request", note)
        page.goto(f"{address}/events/bakery/congress/")
        expect(page.get_by_role("link", name="Directions")).to_be_visible()
        context.close()

        assert {"/".join(request.url.split("/")[:3]) for request in asked} == {address}


def test_the_facts_stand_beside_the_description_on_a_desktop_and_before_the_programme_on_a_phone(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/events/bakery/congress/")
    about, facts, more = (
        page.locator(name) for name in (".event-about", ".event-page > .aside", ".event-more")
    )

    def places() -> list[dict[str, float]]:
        return [dict(one.bounding_box() or {}) for one in (about, facts, more)]

    wide = places()
    assert wide[1]["x"] > wide[0]["x"] + wide[0]["width"]
    assert wide[1]["y"] <= wide[0]["y"] + 1
    page.set_viewport_size({"width": 360, "height": 740})
    narrow = places()
    assert narrow[0]["y"] < narrow[1]["y"] < narrow[2]["y"]
