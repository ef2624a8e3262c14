"""Pages as they are read: in another time zone, on paper, from right to left, with long words."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from tests.browser.conftest import NOW
from tests.support.serving import served
from tests.support.trees import compiled, lay

EVENT = "/events/bakery/assembly/"
ODD = {
    "long": {
        "calendars/a.yaml": "name: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgenossenschaft\nevents:\n"
        "  - {id: x, title: Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsversammlung, "
        "when: 2026-12-05 10:00/12:00, where: Hauptbetriebswerkbauunterbeamtengesellschaftshausversammlungsraum, "
        "tags: [vertragsgestaltungsgrundlagenausarbeitungsgruppe]}\n"
    },
    "right to left": {
        "coopcal.yaml": "title: تعاونيات الوادي\nuid_domain: example.coop\nbase_url: https://example.coop\n"
        "languages: [ar]\ntimezone: Africa/Cairo\n",
        "calendars/a.yaml": "name: المخبز\nevents:\n  - {id: x, title: الجمعية العامة, when: 2026-12-05 10:00/12:00}\n",
    },
    "nothing": {"calendars/bakery.yaml": "name: The Bakery\n"},
}
PAGES = (
    "/",
    "/feeds/all/",
    "/feeds/all/2026-12/",
    "/feeds/all/2026/",
    "/feeds/all/poster/",
    "/builder/",
    "/search/",
)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", None),
        ("Europe/London", "(Central European Time; 09:00–15:00 GMT)"),
        ("Pacific/Auckland", "(Central European Time; Sat 5 Dec, 22:00 – Sun 6 Dec, 04:00 GMT+13)"),
        ("Pacific/Kiritimati", "(Central European Time; Sat 5 Dec, 23:00 – Sun 6 Dec, 05:00 GMT+14)"),
        ("America/Los_Angeles", "(Central European Time; 01:00–07:00 GMT-8)"),
    ],
)
def test_times_are_said_on_the_clock_of_the_visitor_too(
    browser: Browser, address: str, zone: str, said: str | None
) -> None:
    """Where it is another one."""
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(address + EVENT)
    found = page.locator("dl.facts .local").first

    assert (found.inner_text().strip() if found.count() else None) == said
    context.close()


def test_another_day_there_is_said(browser: Browser, address: str) -> None:
    """With its weekday, in the order of the page's language."""
    context = browser.new_context(timezone_id="Pacific/Auckland")
    page = context.new_page()
    page.goto(f"{address}/events/bakery/webinar/")
    english = page.locator("dl.facts .local").first.inner_text()
    page.goto(f"{address}/de/events/bakery/webinar/")

    assert english.strip() == "(Central European Time; Fri 11 Dec, 06:00–07:00 GMT+13)"
    assert "Fr., 11. Dez., 06:00–07:00" in page.locator("dl.facts .local").first.inner_text()
    context.close()


def test_what_ended_hides_in_a_page_that_is_old(browser: Browser, address: str) -> None:
    """By the clock of the visitor's device."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2026, 12, 11, tzinfo=UTC))
    page.goto(address)

    assert page.get_by_text("General assembly").count() == 2
    assert page.get_by_text("General assembly").filter(visible=True).count() == 0
    assert page.get_by_text("Winter party").first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_nothing_to_click(browser: Browser, address: str, scheme: str) -> None:
    """Black on white, without menus and buttons; with the address, for whoever holds the paper."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/fr/feeds/all/?tag=members")
    page.emulate_media(media="print")

    assert page.locator("nav:visible, form:visible, button:visible, .all-ways:visible").count() == 0
    assert page.get_by_text("https://valley.example/fr/feeds/all/?tag=members", exact=True).is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


@pytest.mark.parametrize("language", ["", "/fr", "/pt"])
def test_a_year_is_one_sheet(page: Page, address: str, language: str) -> None:
    """A4."""
    page.goto(f"{address}{language}/feeds/all/2026/")
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages

    assert len(sheets) == 1
    assert "https://valley.example" in sheets[0].extract_text()


@pytest.mark.parametrize("tree", ODD.values(), ids=ODD.keys())
def test_nothing_runs_over_the_edge(browser: Browser, tmp_path: Path, tree: dict[str, str]) -> None:
    """Neither long words, nor what runs the other way, nor where there is nothing, at 320 pixels."""
    root = lay(tmp_path, tree)
    compiled(root, NOW)
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    with served(root, NOW) as address:
        for path in PAGES:
            answer = page.goto(address + path)
            assert answer is not None
            assert answer.status == 200
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    context.close()


def test_where_colours_are_forced_what_is_chosen_still_shows(browser: Browser, address: str) -> None:
    """By its border, as its background is taken away."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/feeds/all/2026/")
    width = "element => getComputedStyle(element).borderBottomWidth"

    assert page.get_by_role("link", name="Year", exact=True).evaluate(width) == "3px"
    assert page.get_by_role("link", name="Month", exact=True).evaluate(width) == "0px"
    assert page.locator(".small-month .something a").first.evaluate(width) == "1px"
    context.close()
