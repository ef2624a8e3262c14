"""A site that is published as files, on hosts that serve nothing but files, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import NOW, valley
from tests.support.static_hosts import nginx_host, python_host

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all


@dataclass(frozen=True)
class Host:
    """A host of files: its ``origin``, and the ``address`` of the site there."""

    origin: str
    address: str


@pytest.fixture(scope="session", params=["", "/our/calendar"], ids=["root", "below"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a host of the valley's site: Python's own at its root, nginx below a path."""
    path: str = request.param
    root = valley(tmp_path_factory.mktemp("valley"), f"https://valley.example{path}")
    folder = tmp_path_factory.mktemp("files")
    inside = folder / path.removeprefix("/")
    inside.mkdir(parents=True, exist_ok=True)
    render_all(root / "_site", NOW, Aside(inside))
    own = tmp_path_factory.mktemp("nginx")
    with nginx_host(folder, own) if path else python_host(folder) as origin:
        yield Host(origin, origin + path)


@pytest.fixture
def quiet(page: Page) -> Iterator[None]:
    """Listen to the console of the page; at the end of a test it has said nothing wrong."""
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: messages.append(str(error)))
    yield
    assert [message for message in messages if "favicon" not in message] == []


@pytest.mark.usefixtures("quiet")
def test_what_is_searched_for_is_found(page: Page, host: Host) -> None:
    """By any case and accent, in the language of the page; the number is told, and the address asks the same again."""
    page.goto(f"{host.address}/fr/search/")
    page.get_by_label("Mots").fill("ASSEMBLEE")
    page.get_by_label("Mots").press("Enter")
    item = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Assemblée générale"))

    expect(page.get_by_role("heading", name="1 événement trouvé")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("1 événement trouvé")
    expect(item).to_contain_text("samedi 5 décembre 2026, 10:00–16:00")
    expect(item.locator(".leaf")).to_have_text("sam. 5 déc.")
    assert page.url == f"{host.address}/fr/search/?q=ASSEMBLEE"
    expect(page.get_by_role("link", name="English")).to_have_attribute(
        "href", f"{host.address}/search/?q=ASSEMBLEE"
    )
    item.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Assemblée générale", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Mots")).to_have_value("ASSEMBLEE")
    expect(item).to_be_visible()


@pytest.mark.usefixtures("quiet")
def test_a_search_is_narrowed_and_turned_back(page: Page, host: Host) -> None:
    """What has an address of its own is there again with it, and by the browser's way back."""
    page.goto(f"{host.address}/search/?organisation=bakery&when=past")
    expect(page.get_by_role("heading", name="2 events found")).to_be_visible()
    expect(page.get_by_role("link", name="Last year's market")).to_be_visible()
    expect(page.get_by_role("radio", name="past")).to_be_checked()

    page.get_by_role("combobox", name="Organisation").select_option("The Mill")
    page.get_by_role("radio", name="coming").check()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="3 events found")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Congress").locator(".leaf")).to_have_text("? 2027")
    page.get_by_role("searchbox").fill("zzz")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Try fewer words, or other dates.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="3 events found")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.usefixtures("quiet")
def test_a_search_shows_what_the_server_shows(page: Page, host: Host, address: str) -> None:
    """Word for word and class for class, also of what is off, and of what has no day."""
    listing = """() => document.querySelector("main ol.events").innerText.replace(/\\s+/g, " ")
        + [...document.querySelectorAll("main ol.events li")].map(each => each.className)"""
    for query in ("?q=the&when=all", "?country=FR", "?q=party", "?tag=members"):
        page.goto(f"{address}/search/{query}")
        expected = page.evaluate(listing)
        page.goto(f"{host.address}/search/{query}")
        expect(page.locator("main ol.events li").first).to_be_visible()
        assert page.evaluate(listing) == expected, query


def test_without_scripts_a_search_leads_elsewhere(browser: Browser, host: Host) -> None:
    """To the calendars and to what is over."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}/search/")

    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Archive").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Archive")
    context.close()


@pytest.mark.usefixtures("quiet")
def test_a_choice_gives_the_file_to_commit(page: Page, host: Host, address: str) -> None:
    """The same bytes as on a server, and what is in it; by the keyboard, at an address that gives the same again."""
    page.goto(f"{host.address}/builder/")
    expect(page.get_by_role("heading", name="dates to come")).to_be_visible()
    page.get_by_role("checkbox", name="The Mill").press("Space")
    expect(page.get_by_role("status").first).to_have_text("3 dates to come")
    page.get_by_role("checkbox", name="The Bakery").press("Space")
    page.get_by_role("checkbox", name="open-doors").press("Space")
    page.get_by_role("combobox", name="What is to come").select_option("a year ahead")

    expect(page).to_have_url(f"{host.address}/builder/?organisation=bakery,mill&tag=open-doors&future=P12M")
    expect(page.get_by_role("status").first).to_have_text("1 date to come")
    expect(page.get_by_role("listitem").get_by_role("link", name="Fair of grain and flour")).to_be_visible()
    expect(page.get_by_text("feeds/bakery-mill-open-doors.yaml")).to_be_visible()
    written = page.locator("#code-file").input_value()
    assert page.get_by_label("Address of the calendar").count() == 0
    page.reload()
    expect(page.get_by_role("checkbox", name="open-doors")).to_be_checked()
    expect(page.locator("#code-file")).to_have_value(written)
    page.goto(f"{address}/builder/?organisation=bakery,mill&tag=open-doors&future=P12M")
    expect(page.locator("#code-file")).to_have_value(written)


@pytest.mark.parametrize("page_path", ["search/", "builder/"])
def test_a_list_that_cannot_be_fetched_is_told(page: Page, host: Host, page_path: str) -> None:
    """In a sentence; the form stays."""
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{host.address}/{page_path}?tag=members")

    expect(page.get_by_text("could not be fetched")).to_be_visible()
    expect(
        page.get_by_role("main")
        .get_by_role("button", name="Show")
        .or_(page.get_by_role("button", name="Search"))
    ).to_be_visible()
