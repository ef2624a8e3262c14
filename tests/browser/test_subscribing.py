"""Subscribing as people do it, in a real browser: on each device, with the keyboard alone, without scripts, on paper."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader
from tests.browser.test_every_page import looked_at
from tests.support import node
from tests.support.browser import shown
from tests.support.waiting import PATIENCE

from coopcal.web.pages.subscribing import HELPED

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
LINUX = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)

PAGE = "/feeds/all/subscribe/"


@contextmanager
def visiting(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    """Open an address as a visitor with such a browser."""
    context = browser.new_context(**how)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


CHROME_OS = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"

OPEN = {
    IPHONE: ["iPhone, iPad, Mac"],
    PIXEL: ["Android"],
    MAC: ["iPhone, iPad, Mac", "Google Calendar, on a computer"],
    WINDOWS: ["Outlook", "Google Calendar, on a computer"],
    LINUX: ["Thunderbird, GNOME, Nextcloud, others", "Google Calendar, on a computer"],
    CHROME_OS: ["Google Calendar, on a computer"],
}
"""The ways that stand open on each device, in order."""

RECOMMENDED = {
    IPHONE: "Subscribe in Calendar",
    PIXEL: "Subscribe with ICSx5",
    MAC: "Subscribe in Calendar",
    WINDOWS: "Outlook.com (personal)",
    LINUX: "Copy the address",
    CHROME_OS: "Copy the address and open Google Calendar",
}


@pytest.mark.parametrize("agent", list(OPEN))
@pytest.mark.parametrize("path", [PAGE, "/feeds/bakery/"])
def test_what_works_on_the_device_comes_first(browser: Browser, address: str, path: str, agent: str) -> None:
    """The page itself is the same for all, as caches keep it; one button is recommended, and all other ways are folded."""
    with visiting(browser, address + path, user_agent=agent) as page:
        ways = page.locator("[data-panel] [data-device]")
        seen = [way.get_by_role("heading").inner_text() for way in ways.all() if way.is_visible()]
        page.locator(".others > summary").click()

        assert seen == OPEN[agent]
        assert page.locator("[data-panel] .button.main").all_inner_texts() == [RECOMMENDED[agent]]
        assert ways.first.locator(".button").first.inner_text() == RECOMMENDED[agent]
        assert all(way.is_visible() for way in ways.all())
        assert ways.count() == 6


@pytest.mark.parametrize("agent", [IPHONE, WINDOWS])
def test_nothing_jumps_when_ways_are_put_in_order(browser: Browser, address: str, agent: str) -> None:
    """The page is painted once it is in order."""
    context = browser.new_context(user_agent=agent, viewport={"width": 390, "height": 800})
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((each) => { moved += each.value; }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page = context.new_page()
    page.goto(address + PAGE, wait_until="networkidle")

    assert page.evaluate("PerformanceObserver.supportedEntryTypes.includes('layout-shift')")
    assert page.evaluate("moved") < 0.01
    context.close()


def test_on_an_iphone_one_button_on_the_first_screen_subscribes(browser: Browser, address: str) -> None:
    """By webcal (clients.md 4.4)."""
    with visiting(browser, address + PAGE, user_agent=IPHONE, viewport={"width": 390, "height": 664}) as page:
        button = page.locator("[data-panel]").get_by_role("link", name="Subscribe in Calendar")

        assert button.get_attribute("href") == "webcal://valley.example/feeds/all.ics"
        assert button.evaluate("each => each.getBoundingClientRect().bottom") < 560
        assert not page.locator(".qr").is_visible()


def test_on_android_it_is_said_plainly_what_does_not_work(browser: Browser, address: str) -> None:
    """Google's app cannot; ICSx5 can, which comes first, as it needs nothing but the phone, or a computer."""
    with visiting(browser, address + PAGE, user_agent=PIXEL, viewport={"width": 360, "height": 740}) as page:
        way = page.locator("[data-device=android]")
        assert way.get_by_text("Google’s Android app can’t subscribe to an address").is_visible()
        buttons = way.locator(".button").all_inner_texts()
        assert buttons == ["Subscribe with ICSx5", "Send the link to my computer"]
        mail = way.get_by_role("link", name="Send the link to my computer").get_attribute("href") or ""
        assert mail.endswith("body=https%3A%2F%2Fvalley.example%2Ffeeds%2Fall%2Fsubscribe%2F")
        assert way.get_by_role("link", name="Subscribe with ICSx5").get_attribute("href") == (
            "webcal://valley.example/feeds/all.ics"
        )
        stores = [
            way.get_by_role("link", name=name).get_attribute("href") for name in ("F-Droid", "Google Play")
        ]
        assert stores == [
            "https://f-droid.org/packages/at.bitfire.icsdroid/",
            "https://play.google.com/store/apps/details?id=at.bitfire.icsdroid",
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


SHARING = """
window.shared = [];
navigator.share = async (what) => { shared.push(what); if (window.refusal) throw new DOMException("", refusal); };
"""


def test_the_link_is_shared_where_the_device_can(browser: Browser, address: str) -> None:
    """With the choice that was made; by mail where sharing fails, and not at all where the visitor thinks better of it."""
    context = browser.new_context(user_agent=PIXEL)
    context.add_init_script(SHARING)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Page.enable")
    led: list[str] = []
    session.on("Page.frameRequestedNavigation", lambda event: led.append(event["url"]))
    page.goto(address + PAGE)
    led.clear()
    page.locator(".choosing summary").click()
    page.get_by_label("Reminder").select_option("evening")
    link = page.get_by_role("link", name="Send the link to my computer")
    mail = link.get_attribute("href")
    link.click()
    page.evaluate("window.refusal = 'AbortError'")
    link.click()
    page.wait_for_function("shared.length === 2")

    assert (
        page.evaluate("shared")
        == [
            {
                "title": "All of the valley",
                "url": "https://valley.example/feeds/all/subscribe/?remind=evening",
            }
        ]
        * 2
    )
    assert led == []
    page.evaluate("window.refusal = 'NotAllowedError'")
    with leading_somewhere(page, led):
        link.click()
    page.evaluate("() => { navigator.share = undefined; }")
    with leading_somewhere(page, led):
        link.click()

    assert led == [mail, mail]
    context.close()


@contextmanager
def leading_somewhere(page: Page, led: list[str]) -> Iterator[None]:
    """Wait until what is done in the block has led somewhere."""
    before, end = len(led), time.monotonic() + PATIENCE
    yield
    while len(led) == before:
        assert time.monotonic() < end, "it led nowhere"
        page.wait_for_timeout(50)


GOOGLE = """<!doctype html><title>Google</title>
<label>URL of calendar <input autofocus></label><button onclick="document.title = document.querySelector('input').value">Add calendar</button>"""


@pytest.mark.parametrize("agent", [WINDOWS, MAC, LINUX, CHROME_OS])
@pytest.mark.parametrize("with_keyboard", [False, True])
def test_google_takes_three_actions_on_a_computer(
    browser: Browser, address: str, agent: str, *, with_keyboard: bool
) -> None:
    """One button copies and opens Google's page beside this one; what is left to do was said before: paste, and add."""
    context = browser.new_context(user_agent=agent)
    context.route(
        "https://calendar.google.com/**", lambda route: route.fulfill(body=GOOGLE, content_type="text/html")
    )
    page = context.new_page()
    page.goto(address + PAGE)
    button = page.get_by_role("link", name="Copy the address and open Google Calendar")
    expect(page.get_by_text("Paste the address there with")).to_be_visible()
    actions = 1
    with context.expect_page() as opened:
        button.press("Enter") if with_keyboard else button.click()
    google = shown(opened.value)
    actions += 1
    google.keyboard.press("ControlOrMeta+V")
    actions += 1
    google.get_by_role("button", name="Add calendar").click()

    assert google.url == "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
    assert google.title() == "https://valley.example/feeds/all.ics"
    assert google.evaluate("opener === null && document.referrer === ''") or google.evaluate("opener") is None
    assert actions <= 3
    assert page.url == address + PAGE
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert page.locator("kbd").first.inner_text() == ("⌘V" if agent == MAC else "Ctrl+V")
    context.close()


def test_the_button_copies_the_address(browser: Browser, address: str) -> None:
    """And says so, to screen readers, too."""
    with visiting(browser, address + PAGE, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="Copy").click()
        page.get_by_role("status").get_by_text("Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "https://valley.example/feeds/all.ics"


def test_what_cannot_be_copied_is_said(browser: Browser, address: str) -> None:
    """The address stands there to be copied by hand."""
    with visiting(browser, address + PAGE) as page:
        page.evaluate(
            "() => { document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
        )
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("status").get_by_text("Copying didn’t work")).to_be_visible()


def test_with_the_keyboard_alone(page: Page, address: str) -> None:
    """The recommended way comes first; what is folded opens; the field gives its address, and the button copies."""
    page.goto(address + PAGE)
    page.locator(".tabs a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == RECOMMENDED[LINUX]
    summary = page.locator(".others > summary")
    for _ in range(8):
        page.keyboard.press("Tab")
        if summary.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("[data-device=android]")).to_be_visible()
    page.get_by_label("Calendar address").focus()
    assert page.evaluate("getSelection().toString()") == "https://valley.example/feeds/all.ics"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Copy"


@pytest.mark.parametrize(
    ("path", "feed"),
    [(PAGE, "all"), ("/feeds/bakery/", "bakery"), ("/organisations/mill/", "mill"), ("/builder/", "all")],
)
def test_without_scripts_everything_is_there(browser: Browser, address: str, path: str, feed: str) -> None:
    """The address can be selected, each way stands open; nothing is offered that needs a script."""
    with visiting(browser, address + path, java_script_enabled=False, user_agent=IPHONE) as page:
        field = page.get_by_label("Calendar address")
        assert field.input_value() == f"https://valley.example/feeds/{feed}.ics"
        assert page.locator("[data-panel]").get_by_role("button", name="Copy").count() == 0
        assert page.locator("[data-panel] .main").count() == 0
        for way in page.locator("[data-device]").all():
            expect(way.get_by_role("link").first).to_be_visible()


def test_without_scripts_a_choice_is_sent(browser: Browser, address: str) -> None:
    """By a form, to the address that says it."""
    with visiting(browser, address + "/feeds/all/", java_script_enabled=False) as page:
        page.locator(".choosing summary").click()
        page.get_by_label("Reminder").select_option("evening")
        page.get_by_role("checkbox", name="The Mill").check()
        page.get_by_role("button", name="Show how to subscribe to this selection").click()

        expect(page).to_have_url(f"{address}{PAGE}?organisation=mill&remind=evening")
        expect(page.get_by_label("Calendar address")).to_have_value(
            "https://valley.example/feeds/all.ics?organisation=mill&remind=evening"
        )
        expect(page.get_by_role("checkbox", name="The Mill")).to_be_checked()


LED = """() => [...document.querySelectorAll("[data-panel] :is(a, img, input[data-copy])")]
  .map((each) => each.getAttribute("href") ?? each.getAttribute("src") ?? each.value)"""


@pytest.mark.parametrize("agent", [WINDOWS, PIXEL])
def test_choosing_leads_everything_where_the_server_would(browser: Browser, address: str, agent: str) -> None:
    """After each choice, and after it is taken back: every link, the code and the address are those of a page that was asked."""
    context = browser.new_context(user_agent=agent)
    page, asked = context.new_page(), context.new_page()
    page.goto(address + PAGE)
    page.locator(".choosing summary").click()
    reminder = page.get_by_label("Reminder")
    mill, bakery, doors = (
        page.get_by_role("checkbox", name=name) for name in ("The Mill", "The Bakery", "open-doors")
    )
    steps: list[tuple[Callable[[], object], str]] = [
        (lambda: reminder.select_option("PT2H"), "?remind=PT2H"),
        (mill.check, "?organisation=mill&remind=PT2H"),
        (doors.check, "?organisation=mill&tag=open-doors&remind=PT2H"),
        (bakery.check, "?organisation=bakery,mill&tag=open-doors&remind=PT2H"),
        (lambda: reminder.select_option(""), "?organisation=bakery,mill&tag=open-doors"),
        (doors.uncheck, "?organisation=bakery,mill"),
    ]
    for choose, query in steps:
        choose()
        expect(page.get_by_role("status").get_by_text("now use your selection")).to_be_visible()
        asked.goto(address + PAGE + query)
        assert asked.url == address + PAGE + query
        assert page.evaluate(LED) == asked.evaluate(LED)
    context.close()


@pytest.mark.parametrize("agent", [IPHONE, PIXEL, WINDOWS])
@pytest.mark.parametrize("language", ["", "/de"])
def test_the_panel_is_accessible_on_each_device(
    browser: Browser, address: str, agent: str, language: str
) -> None:
    """With everything open, in both themes, on a phone and a desktop."""
    node.require(package="axe-core")
    with visiting(
        browser, f"{address}{language}/feeds/all/", user_agent=agent, reduced_motion="reduce"
    ) as page:
        page.evaluate(
            "document.querySelectorAll('[data-panel] details').forEach((each) => { each.open = true; })"
        )
        assert looked_at(page) == []


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("a5", (420, 595))])
def test_the_poster_fills_one_sheet(page: Page, address: str, size: str, points: tuple[int, int]) -> None:
    """Whatever there is on it: title, address in words, the next dates; without what is for the screen."""
    page.goto(f"{address}/fr/feeds/all/poster/?size={size}")
    [sheet] = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = sheet.extract_text()

    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == pytest.approx(points, abs=2)
    assert "All of the valley" in text
    assert "valley.example/fr/feeds/all" in text
    assert "Assemblée générale" in text
    assert "navigateur" not in text


OVERFLOWING = """() => [...document.querySelectorAll(".picture-of-steps g")].flatMap((group) => {
  const rect = group.querySelector("rect")?.getBoundingClientRect();
  const picture = group.closest("svg").getBoundingClientRect();
  return [...group.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    const inside = (outer) => box.left >= outer.left - 1 && box.right <= outer.right + 1 && box.top >= outer.top - 3 && box.bottom <= outer.bottom + 3;
    return !inside(rect) || !inside(picture);
  }).map((text) => text.textContent);
})"""


@pytest.mark.parametrize("language", ["", "/de", "/es", "/fr", "/it", "/pt"])
def test_words_in_pictures_have_room(page: Page, address: str, language: str) -> None:
    """Each within what it is written on, in every language, on a phone and a desktop."""
    seen = 0
    for program in HELPED:
        page.goto(f"{address}{language}/help/{program}/")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOWING) == [], (program, width)
        seen += page.locator(".picture-of-steps").count()

    assert seen >= 20


@pytest.mark.parametrize(
    ("agent", "program"),
    [(IPHONE, "apple"), (PIXEL, "android"), (WINDOWS, "outlook"), (LINUX, "thunderbird")],
)
def test_how_to_unsubscribe_is_told_for_the_device(
    browser: Browser, address: str, agent: str, program: str
) -> None:
    """At the place where it stands in the help for it."""
    with visiting(browser, f"{address}/fr{PAGE}", user_agent=agent) as page:
        page.get_by_role("link", name="Comment se désabonner").click()
        page.wait_for_url(f"**/fr/help/{program}/#leave")
        expect(page.locator("#leave")).to_be_in_viewport()


def test_what_is_on_is_seen_before_the_script_of_the_panel_has_come(page: Page, address: str) -> None:
    """The panel stands below what is on, and is arranged when its script is there; nobody waits for that to read."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/subscribe.*.js", hold)
    page.goto(f"{address}/feeds/all/", wait_until="commit")
    page.screenshot()
    expect(page.get_by_role("link", name="General assembly").first).to_be_visible()
    assert len(held) == 1
    assert page.locator(".others").count() == 0

    held[0].continue_()

    expect(page.locator("[data-panel] .others > summary")).to_be_visible()
