"""Filters that visitors choose, in a real browser: on a server at once, without scripts by a button, and on files by the index."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.browser.conftest import files_of_valley
from tests.browser.test_every_page import invalid, looked_at
from tests.support.crawl import Crawled
from tests.support.static_hosts import nginx_host
from tests.support.waiting import PATIENCE


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the valley's site, published as files below a path."""
    folder = files_of_valley(tmp_path_factory, "/our/calendar")
    with nginx_host(folder, tmp_path_factory.mktemp("nginx")) as origin:
        yield f"{origin}/our/calendar"


def opened(page: Page, address: str) -> None:
    """Open the filters of a calendar."""
    page.goto(address)
    page.locator(".filters summary").click()


def test_a_choice_is_shown_at_once_and_the_place_is_kept(page: Page, address: str) -> None:
    """Told by a live region; what leads on, and what is subscribed to, is narrowed, too; the way back leads back."""
    opened(page, f"{address}/feeds/all/")
    page.locator(".filters").get_by_label("members").check()

    expect(page).to_have_url(f"{address}/feeds/all/?tag=members")
    expect(page.get_by_role("status").filter(has_text="7 matching dates")).to_be_attached()
    expect(page.locator(".filters").get_by_label("members")).to_be_focused()
    expect(page.locator("li.event .title")).to_have_text(
        ["Members' evening"] * page.locator("li.event").count()
    )
    month = page.get_by_role("link", name="Month", exact=True)
    assert (month.get_attribute("href") or "").endswith("?tag=members")
    assert "all.ics?tag=members" in page.content()

    page.locator(".filters").get_by_label("Search terms").fill("sourdough")
    expect(page).to_have_url(f"{address}/feeds/all/?q=sourdough&tag=members")
    expect(page.get_by_text("No upcoming events match your filters.")).to_be_visible()
    expect(page.locator(".filters").get_by_label("Search terms")).to_be_focused()

    page.get_by_role("link", name="Remove the filter: members").click()
    expect(page).to_have_url(f"{address}/feeds/all/?q=sourdough")
    expect(page.get_by_role("link", name="Webinar on sourdough").first).to_be_visible()
    expect(page.locator(".filters summary")).to_be_focused()

    page.go_back()
    expect(page.locator(".filters").get_by_label("members")).to_be_checked()
    page.go_back()
    expect(page.locator(".filters").get_by_label("members")).not_to_be_checked()
    expect(page.locator(".filters").get_by_label("Search terms")).to_have_value("")
    expect(page).to_have_url(f"{address}/feeds/all/")


PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return a page of a phone's browser."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "first", "counted", "nothing", "search", "words"),
    [
        (
            "feeds/all/",
            "Show 13 dates",
            "Show 7 dates",
            "No events: see your filters",
            "Search",
            "Search terms",
        ),
        ("search/", "Search", "Show 1 event", "No events: see your filters", "Search", "Search terms"),
    ],
)
def test_on_a_phone_the_button_says_what_it_leads_to(
    phone: Page, address: str, path: str, first: str, counted: str, nothing: str, search: str, words: str
) -> None:
    """It stays in sight, says how much a tick leaves, searches while words are typed, and leads to what was found."""
    opened(phone, f"{address}/{path}")
    form = phone.locator("[data-filters]")
    button = form.locator("button")
    expect(button).to_have_text(first)
    form.get_by_label("members").tap()
    expect(button).to_have_text(counted)
    expect(
        phone.get_by_role("status").filter(has_text=re.compile(r"7 matching dates|1 event found"))
    ).to_be_attached()
    expect(button).to_be_in_viewport(ratio=1)
    expect(phone.locator("main li.event").first).not_to_be_in_viewport()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    button.tap()
    expect(phone.locator("#fitting, #results")).to_be_focused()
    expect(phone.locator("main li.event .title").first).to_have_text("Members' evening")
    expect(phone.locator("main li.event .title").first).to_be_in_viewport(ratio=1)
    assert asked == []

    form.get_by_label(words).press_sequentially("zz", delay=0)
    assert button.text_content() == search
    expect(button).to_have_text(nothing)
    form.get_by_label(words).press("z")
    assert button.text_content() == search
    form.get_by_label(words).press("Enter")
    expect(phone.locator("#fitting, #results")).to_be_focused()
    expect(button).to_have_text(nothing)
    expect(phone.locator("#fitting, #results")).to_be_in_viewport(ratio=1)
    expect(phone).to_have_url(re.compile("q=zzz"))


@pytest.mark.parametrize(
    ("path", "target"), [("feeds/all/", "fitting"), ("feeds/all/2026-12/", "fitting"), ("search/", "results")]
)
def test_on_a_phone_without_scripts_the_button_leads_to_what_was_found(
    browser: Browser, address: str, path: str, target: str
) -> None:
    """It says that it searches, as it cannot know what is chosen."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    page = context.new_page()
    opened(page, f"{address}/de/{path}")
    form = page.locator("[data-filters]")
    form.get_by_label("Online").first.tap()
    expect(form.locator("button")).to_have_text("Suchen")
    form.locator("button").tap()
    expect(page).to_have_url(re.compile(rf"/de/{path}\?.*online=yes.*#{target}$"))
    expect(page.locator(f"#{target}")).to_be_in_viewport(ratio=1)
    expect(form.get_by_label("Suchwörter")).not_to_be_in_viewport()
    context.close()


@pytest.mark.parametrize(
    ("path", "counted", "results"),
    [("feeds/all/", "Show 3 dates", ".fitting"), ("search/", "Show 3 events", "#results")],
)
def test_on_files_the_button_leads_to_what_was_found(
    phone: Page, files: str, path: str, counted: str, results: str
) -> None:
    """As on a server."""
    opened(phone, f"{files}/{path}")
    form = phone.locator("main form")
    button = form.locator("button")
    expect(button).to_have_text("Search")
    form.get_by_label("The Mill").tap()
    expect(button).to_have_text(counted)
    expect(button).to_be_in_viewport(ratio=1)
    button.tap()
    expect(phone.locator(results)).to_be_focused()
    expect(phone.locator("main li.event .title").locator("visible=true").first).to_be_in_viewport(ratio=1)
    form.get_by_label("Search terms").press_sequentially("zzz", delay=0)
    expect(button).to_have_text("Search")
    form.get_by_label("Search terms").press("Enter")
    expect(button).to_have_text("No events: see your filters")
    expect(phone.locator(results)).to_be_focused()


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt"])
def test_the_button_counts_in_each_language(page: Page, address: str, language: str) -> None:
    """One, several and none, each in a sentence of its own, and none of them the English one."""
    said = []
    for query in ("q=webinar", "tag=members", "q=zzz"):
        page.goto(f"{address}/{language}/feeds/all/?{query}")
        button = page.locator("[data-filters] button")
        expect(button).not_to_have_text(button.get_attribute("data-search") or "")
        said.append(button.text_content() or "")
    assert re.search(r"\b1\b", said[0])
    assert re.search(r"\b7\b", said[1])
    assert not re.search(r"\d", said[2])
    assert said[0].replace("1", "7") != said[1]
    assert not any(re.search("Show|see your", words) for words in said)


def test_filters_with_the_keyboard_alone(page: Page, address: str) -> None:
    """Opened, chosen and taken away."""
    page.goto(f"{address}/fr/feeds/all/2026-12/")
    page.locator(".filters summary").press("Enter")
    page.locator(".filters").get_by_label("En ligne").first.press("Space")
    expect(page).to_have_url(f"{address}/fr/feeds/all/2026-12/?online=yes")
    expect(page.get_by_role("cell").get_by_role("link")).to_have_text(["Webinar on sourdough"])
    page.get_by_role("link", name="Mois suivant").or_(page.locator(".turning [rel=next]")).first.press(
        "Enter"
    )
    expect(page).to_have_url(f"{address}/fr/feeds/all/2027-01/?online=yes")
    page.get_by_role("link", name="Retirer tous les filtres").press("Enter")
    expect(page).to_have_url(f"{address}/fr/feeds/all/2027-01/")


def test_filters_without_scripts(browser: Browser, address: str) -> None:
    """The button asks for what is chosen; links take it away."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, f"{address}/it/feeds/all/")
    page.locator(".filters").get_by_label("Lille").check()
    page.locator(".filters button").click()

    assert page.url == f"{address}/it/feeds/all/?city=lille#fitting"
    expect(page.locator("li.event .title")).to_have_text(["Fair of grain and flour"])
    page.get_by_role("link", name="Lille").click()
    assert page.url == f"{address}/it/feeds/all/"
    context.close()


QUERIES = (
    "tag=members",
    "tag=members,assembly&q=the",
    "organisation=mill",
    "city=Ghent&online=no",
    "online=yes",
    "country=fr&q=grain",
    "spoken=fr",
    "q=opening",
    "q=VOTE",
    "role=partner",
    "tag=none-such",
)
ROWS = """() => [...new Map([...document.querySelectorAll("main ol.events:not(.past) > li")].filter(each => each.checkVisibility())
    .map(each => [".title", ".leaf"].map(part => each.querySelector(part).textContent.replace(/\\s+/g, " ").trim())).reverse())].sort()"""
CELLS = """() => [...new Set([...document.querySelectorAll(".month-table li a, .week li li a")].filter(each => each.checkVisibility())
    .map(each => each.textContent.trim() + new URL(each.href).pathname.replace(/^\\/our\\/calendar/, "")))].sort()"""
CHIPS = """() => [...document.querySelectorAll(".chosen a")].map(each => each.textContent.replace(/\\s+/g, " ").trim())"""


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("feeds/all/", ROWS),
        ("fr/feeds/all/", ROWS),
        ("feeds/open/", ROWS),
        ("organisations/bakery/", ROWS),
        ("feeds/all/2026-12/", CELLS),
        ("feeds/all/2026-W50/", CELLS),
    ],
)
def test_files_show_what_a_server_shows(
    page: Page, address: str, files: str, path: str, query: str, look: str
) -> None:
    """The same events, dates, number and chips."""
    if path.startswith("organisations"):
        page.goto(f"{address}/feeds/bakery/?{query}")
    else:
        page.goto(f"{address}/{path}?{query}")
    expected = (page.evaluate(look), page.evaluate(CHIPS), page.locator(".fitting").text_content())
    page.goto(f"{files}/{path}?{query}")
    if page.locator(".filters").count():
        expect(page.locator(".fitting")).not_to_be_empty()
        assert (
            page.evaluate(look),
            page.evaluate(CHIPS),
            page.locator(".fitting").text_content(),
        ) == expected


def test_files_are_filtered_by_choosing(page: Page, files: str) -> None:
    """At once, with history and the place kept; other views and languages are asked for the same."""
    opened(page, f"{files}/feeds/all/")
    page.locator(".filters").get_by_label("The Mill").check()
    expect(page).to_have_url(f"{files}/feeds/all/?organisation=mill")
    expect(page.locator("#found li .title")).to_have_text(
        ["Entries for the prize", "Fair of grain and flour", "Congress"], use_inner_text=True
    )
    expect(page.locator(".filters").get_by_label("The Mill")).to_be_focused()
    expect(page.get_by_text("Subscribers get the whole calendar.")).to_be_visible()
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page).to_have_url(f"{files}/feeds/all/2026-11/?organisation=mill")
    page.get_by_role("link", name="Remove all filters").click()
    expect(page).to_have_url(f"{files}/feeds/all/2026-11/")
    page.go_back()
    expect(page.locator(".filters").get_by_label("The Mill")).to_be_checked()


def test_files_without_scripts_offer_no_filters(browser: Browser, files: str) -> None:
    """As nothing would come of them."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{files}/feeds/all/")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("li.event").first).to_be_visible()
    context.close()


def test_filters_are_accessible(axe: Page, address: str, files: str) -> None:
    """Open, with what is chosen, and where nothing fits."""
    found = []
    for path in (
        "feeds/all/?tag=members&city=ghent",
        "de/feeds/all/2026-12/?online=yes",
        "search/?q=e&country=BE",
        "feeds/all/?q=zzz",
    ):
        axe.goto(f"{address}/{path}")
        found += looked_at(axe)
    for path in ("feeds/all/?tag=members", "fr/feeds/all/2026-12/?q=vote"):
        axe.goto(f"{files}/{path}")
        expect(axe.locator(".fitting")).not_to_be_empty()
        found += looked_at(axe)
    assert found == []


def test_pages_with_filters_are_valid(tmp_path: Path, address: str, files: str) -> None:
    """The Nu HTML checker finds no error."""
    served = ("/feeds/all/?tag=members", "/fr/search/?city=ghent", "/feeds/all/2026/?q=x")
    pages = [Crawled(path, httpx.get(address + path, timeout=PATIENCE).content) for path in served]
    pages += [
        Crawled(path, httpx.get(files + path, timeout=PATIENCE).content)
        for path in ("/feeds/all/", "/feeds/all/2026-12/", "/search/")
    ]
    assert invalid(tmp_path, pages) == []
