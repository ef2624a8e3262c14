"""A site that is published as files, on hosts that serve nothing but files, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from tests.browser.conftest import files_of_valley
from tests.browser.test_embedding import HOST, element, messages
from tests.browser.test_every_page import invalid, kinds, looked_at, violations
from tests.support.crawl import Crawled, crawl
from tests.support.hosting import hosting
from tests.support.static_hosts import nginx_host, python_host
from tests.support.waiting import PATIENCE


@dataclass(frozen=True)
class Host:
    """A host of files: its ``origin``, and the ``address`` of the site there."""

    origin: str
    address: str


@pytest.fixture(scope="session", params=["", "/our/calendar"], ids=["root", "below"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a host of the valley's site: Python's own at its root, nginx below a path."""
    path: str = request.param
    folder = files_of_valley(tmp_path_factory, path)
    own = tmp_path_factory.mktemp("nginx")
    with nginx_host(folder, own) if path else python_host(folder) as origin:
        yield Host(origin, origin + path)


@pytest.fixture
def quiet(page: Page) -> Iterator[None]:
    """Listen to the console of the page; at the end of a test it has said nothing wrong."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


@pytest.mark.usefixtures("quiet")
def test_what_is_searched_for_is_found(page: Page, host: Host) -> None:
    """By any case and accent, in the language of the page; the number is told, and the address asks the same again."""
    page.goto(f"{host.address}/fr/search/")
    page.get_by_label("Texte à rechercher").fill("ASSEMBLEE")
    page.get_by_label("Texte à rechercher").press("Enter")
    item = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Assemblée générale"))

    expect(page.get_by_role("heading", name="1 événement trouvé")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("1 événement trouvé")
    expect(item).to_contain_text("samedi 5 décembre 2026, 10:00–16:00")
    expect(item.locator(".leaf")).to_have_text("sam. 5 déc.")
    assert page.url == f"{host.address}/fr/search/?q=ASSEMBLEE"
    page.get_by_role("navigation", name="Langue").locator("summary").click()
    expect(page.get_by_role("link", name="English")).to_have_attribute(
        "href", f"{host.address}/search/?q=ASSEMBLEE"
    )
    item.get_by_role("link", name="Assemblée générale").click()
    expect(page.get_by_role("heading", name="Assemblée générale", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Texte à rechercher")).to_have_value("ASSEMBLEE")
    expect(item).to_be_visible()


@pytest.mark.usefixtures("quiet")
def test_a_search_is_narrowed_and_turned_back(page: Page, host: Host) -> None:
    """What has an address of its own is there again with it, and by the browser's way back."""
    page.goto(f"{host.address}/search/?organisation=bakery&when=past")
    expect(page.get_by_role("heading", name="2 events found")).to_be_visible()
    expect(page.get_by_role("link", name="Last year's market")).to_be_visible()
    expect(page.get_by_role("radio", name="past")).to_be_checked()

    page.locator("summary", has_text="Filter (1)").click()
    page.get_by_label("The Bakery").uncheck()
    page.get_by_label("The Mill").check()
    page.get_by_role("radio", name="coming").check()
    expect(page.get_by_role("heading", name="3 events found")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Congress").locator(".leaf")).to_have_text("? 2027")
    page.get_by_role("searchbox").fill("zzz")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="No events found")).to_be_visible()
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


@pytest.mark.usefixtures("quiet")
def test_subscribing_leads_to_files_alone(page: Page, host: Host) -> None:
    """Reminders that a calendar is offered with are links to addresses of their own; there is no form that nobody answers."""
    base = f"https://valley.example{host.address.removeprefix(host.origin)}"
    page.goto(f"{host.address}/feeds/open/subscribe/")
    page.locator(".choosing summary").click()
    page.get_by_role("link", name="the evening before").click()
    expect(page).to_have_url(f"{host.address}/feeds/open/subscribe/evening/")
    field = page.get_by_label("Calendar address")
    file = field.input_value()
    led = page.locator("[data-device] a").evaluate_all(
        "each => each.map((link) => decodeURIComponent(link.href))"
    )

    assert file == f"{base}/feeds/open/remind/evening.ics"
    assert b"BEGIN:VALARM" in httpx.get(file.replace(base, host.address), timeout=PATIENCE).content
    assert [link for link in led if "/feeds/open" in link and "evening" not in link] == []
    assert page.locator("[data-panel] .button.main").count() == 1
    expect(page.locator("form.choosing")).to_have_count(0)
    page.locator(".qr img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.qr img').naturalWidth > 0")
    page.goto(f"{host.address}/feeds/all/subscribe/")
    expect(page.locator(".choosing")).to_have_count(0)


def test_without_scripts_a_search_leads_elsewhere(browser: Browser, host: Host) -> None:
    """To the calendars and to what is over."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}/search/")

    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Archive").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Past events")
    context.close()


@pytest.mark.usefixtures("quiet")
def test_a_choice_gives_the_file_to_commit(page: Page, host: Host, address: str) -> None:
    """The same bytes as on a server, and what is in it; by the keyboard, at an address that gives the same again."""
    page.goto(f"{host.address}/builder/")
    expect(page.get_by_role("heading", name="upcoming dates")).to_be_visible()
    page.get_by_role("checkbox", name="The Mill").press("Space")
    expect(page.get_by_role("status").first).to_have_text("3 upcoming dates")
    page.get_by_role("checkbox", name="The Bakery").press("Space")
    page.get_by_role("checkbox", name="open-doors").press("Space")
    page.get_by_role("combobox", name="Upcoming events").select_option("only the next twelve months")

    expect(page).to_have_url(f"{host.address}/builder/?organisation=bakery,mill&tag=open-doors&future=P12M")
    expect(page.get_by_role("status").first).to_have_text("1 upcoming date")
    expect(page.get_by_role("listitem").get_by_role("link", name="Fair of grain and flour")).to_be_visible()
    expect(page.get_by_text("feeds/bakery-mill-open-doors.yaml")).to_be_visible()
    written = page.locator("#code-file").input_value()
    assert page.get_by_label("Calendar address").count() == 0
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


ATTRIBUTES = (
    'feed="all"',
    'feed="all" number="2"',
    'feed="all" view="agenda" tag="members" number="3"',
    'feed="all" organisation="mill" chrome="no"',
    'feed="all" view="agenda" country="fr" level="5"',
    'feed="all" role="partner" organisation="bakery"',
    'feed="all" future="P1M"',
    'feed="all" future="20"',
    'feed="all" view="next-event" tag="open-doors"',
    'feed="all" tag="none-has-it"',
    'feed="all" view="month"',
    'feed="all" view="month" month="2027-01" tag="members"',
    'feed="all" view="month" past="no" chrome="no"',
    'feed="open" language="fr"',
    'feed="all" views="list month" filters="tag organisation" target="_blank"',
    'feed="all" view="week" week="2026-W50" language="de"',
    'feed="all" view="cards" city="ghent" online="no"',
    'feed="all" q="assembly" spoken="fr"',
)
"""What elements ask for; a server answers it, of files the script shows it."""

LOOK = """() => {
    const root = document.querySelector("coop-calendar").shadowRoot;
    return [...root.querySelectorAll("h1, h2, h3, h4, h5, h6, li, td, p, caption")]
        .filter(each => each.checkVisibility())
        .map(each => `${each.localName}.${each.getAttribute("part")} ${each.innerText.replace(/\\s+/g, " ").trim()}`);
}"""


@pytest.mark.parametrize("host", ["/our/calendar"], indirect=True)
@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.usefixtures("quiet")
def test_an_element_shows_of_files_what_it_shows_of_a_server(
    page: Page, host: Host, address: str, attributes: str
) -> None:
    """In a page of somebody else; the script is the same."""
    looks = []
    for origin in (address, host.address):
        with hosting({"/": HOST.format(style="", body=element(origin, attributes))}) as other:
            page.goto(other)
            page.wait_for_function(
                "document.querySelector('coop-calendar').shadowRoot.querySelector('section')"
            )
            looks.append(page.evaluate(LOOK))

    assert looks[1] == looks[0]
    assert looks[0]


@pytest.mark.parametrize("host", ["/our/calendar"], indirect=True)
@pytest.mark.parametrize(
    "attributes", ['feed="none"', 'feed="all" number="many"', 'feed="all" view="month" month="2035-01"']
)
def test_what_is_inside_an_element_stays_where_no_file_is(page: Page, host: Host, attributes: str) -> None:
    """A value that is none is refused as a server does."""
    said = messages(page)
    with hosting({"/": HOST.format(style="", body=element(host.address, attributes))}) as other:
        page.goto(other)
        page.wait_for_function("!document.querySelector('coop-calendar').hasAttribute('aria-busy')")
        expect(page.get_by_role("link", name="All dates")).to_be_visible()
    assert any("coop-calendar:" in each for each in said)


@pytest.mark.parametrize("host", ["/our/calendar"], indirect=True)
def test_mistyped_attributes_are_told_of_files_too(page: Page, host: Host) -> None:
    """Above the calendar; what others make use of is none of them."""
    attributes = 'feed="all" nmber="2" colors="dark" language="nl" class="wide" hidden-if="" data-x="1"'
    with hosting({"/": HOST.format(style="", body=element(host.address, attributes))}) as other:
        page.goto(other)
        expect(page.get_by_text("There is no attribute “nmber”. Did you mean “number”?")).to_be_visible()
        expect(page.get_by_text("There is no attribute “colors”. Did you mean “colours”?")).to_be_visible()
        expect(page.get_by_text("isn’t available in the language “nl”")).to_be_visible()
        expect(page.locator("coop-calendar .coopcal-wrong:visible")).to_have_count(3)


@pytest.mark.parametrize(
    "query",
    ["", "?number=2", "?tag=members&number=3&colours=dark", "?organisation=mill&chrome=no", "?future=P1M"],
)
@pytest.mark.usefixtures("quiet")
def test_a_frame_shows_of_files_what_it_shows_of_a_server(
    page: Page, host: Host, address: str, query: str
) -> None:
    """In a page of somebody else, and as high as what is in it."""
    looks = []
    for origin in (address, host.address):
        frame = f'<script src="{origin}/embed.js" async></script><iframe data-coopcal title="Dates" width="500" height="100" src="{origin}/embed/all/list.en/{query}"></iframe>'
        with hosting({"/": HOST.format(style="", body=frame)}) as other:
            page.goto(other)
            inner = page.frame_locator("iframe")
            expect(inner.get_by_role("listitem").first).to_be_visible()
            page.wait_for_function("parseInt(document.querySelector('iframe').style.height) > 100")
            looks.append(
                (
                    inner.locator("body").inner_text(),
                    inner.locator("html").get_attribute("class"),
                    inner.get_by_role("heading").all_inner_texts(),
                )
            )

    assert looks[1] == looks[0]


@pytest.mark.usefixtures("quiet")
def test_a_month_in_a_frame_is_turned_and_stays_narrowed(page: Page, host: Host) -> None:
    """Each month stands at an address of its own; what was asked for is asked of the next one, too."""
    page.goto(f"{host.address}/embed/all/month.en/?month=2026-12&tag=members")
    expect(page.locator(".coopcal-caption")).to_have_text("December 2026")
    expect(page.get_by_role("link", name="Members' evening")).to_be_visible()
    expect(page.get_by_role("link", name="General assembly")).to_have_count(0)
    page.get_by_role("link", name="Next month").click()

    expect(page.locator(".coopcal-caption")).to_have_text("January 2027")
    assert page.url == f"{host.address}/embed/all/month.en/2027-01/?tag=members"
    expect(page.get_by_role("link", name="Members' evening")).to_be_visible()


@pytest.mark.parametrize("host", ["/our/calendar"], indirect=True)
@pytest.mark.usefixtures("quiet")
def test_an_element_of_files_is_turned_and_chosen_in(page: Page, host: Host) -> None:
    """Within the months that there are; under a strict policy that allows the host of the files alone."""
    policy = f"default-src 'none'; script-src {host.origin}; connect-src {host.origin}; require-trusted-types-for 'script'; trusted-types coopcal"
    body = element(host.address, 'feed="all" views="month week list" filters="tag" organisation="bakery"')
    with hosting({"/": HOST.format(style="", body=body).replace("<style></style>", "")}, policy) as other:
        page.goto(other)
        calendar = page.locator("coop-calendar")
        expect(calendar.locator(".coopcal-caption")).to_have_text("November 2026")
        calendar.get_by_role("link", name="Next month").click()
        expect(calendar.locator(".coopcal-caption")).to_have_text("December 2026")
        expect(calendar.get_by_role("link", name="Next month")).to_be_focused()
        calendar.get_by_role("combobox", name="Tag").select_option("members")
        expect(calendar.get_by_role("listitem")).to_have_count(1)
        calendar.get_by_role("link", name="List").click()
        expect(calendar.get_by_role("link", name="Members' evening").first).to_be_visible()
        expect(calendar.get_by_role("link", name="General assembly")).to_have_count(0)
        calendar.get_by_role("link", name="Week", exact=True).click()
        calendar.get_by_role("link", name="Next week").click()
        expect(calendar.locator(".coopcal-caption")).to_have_text("Week 49, December 2026")
        calendar.evaluate("each => each.setAttribute('month', '2027-05')")
        calendar.evaluate("each => each.setAttribute('view', 'month')")
        expect(calendar.locator(".coopcal-caption")).to_have_text("May 2027")
        expect(calendar.get_by_role("link", name="Next month")).to_have_count(0)


def test_without_scripts_a_frame_shows_as_many_as_usual(browser: Browser, host: Host) -> None:
    """Of those that stand in the file."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}/embed/all/next-event.en/")

    expect(page.get_by_role("listitem")).to_have_count(1)
    assert page.locator("li").count() > 1
    context.close()


@pytest.mark.parametrize("host", [""], indirect=True)
def test_published_pages_are_accessible(axe: Page, host: Host) -> None:
    """One of each type that links lead to; what scripts show, in both themes, on a phone and a desktop."""
    found = []
    for path in kinds(crawl(host.address)).values():
        axe.goto(host.address + path)
        found += violations(axe)
    for path in (
        "search/?country=FR&when=all",
        "search/?q=zzz",
        "builder/?organisation=mill",
        "fr/builder/?tag=zzz",
    ):
        axe.goto(f"{host.address}/{path}")
        expect(axe.get_by_role("status").first).not_to_be_empty()
        found += looked_at(axe)
    for path in ("list.en/?number=3&chrome=no", "agenda.fr/?tag=members", "month.en/2026-12/?colours=dark"):
        axe.goto(f"{host.address}/embed/all/{path}")
        found += looked_at(axe)

    assert found == []


def test_published_pages_that_scripts_fill_are_valid(tmp_path: Path, host: Host) -> None:
    """The Nu HTML checker finds no error."""
    paths = (
        "/search/",
        "/builder/",
        "/fr/builder/",
        "/embed/all/list.en/",
        "/embed/all/month.fr/",
        "/404.html",
    )
    pages = [Crawled(path, httpx.get(host.address + path, timeout=PATIENCE).content) for path in paths]

    assert invalid(tmp_path, pages) == []
