"""Subscribing as people do it, in a real browser: on each device, with the keyboard alone, without scripts, on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

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


@pytest.mark.parametrize(
    ("agent", "first"),
    [
        (IPHONE, "iPhone, iPad, Mac"),
        (MAC, "iPhone, iPad, Mac"),
        (PIXEL, "Android"),
        (WINDOWS, "Outlook"),
        (LINUX, "Google Calendar, on a computer"),
    ],
)
def test_what_suits_the_device_comes_first_and_is_open(
    browser: Browser, address: str, agent: str, first: str
) -> None:
    """The page itself is the same for all, as caches keep it."""
    with visiting(browser, address + PAGE, user_agent=agent) as page:
        ways = page.locator(".ways > details")
        assert ways.first.locator("summary").inner_text() == first
        assert [way.get_attribute("open") is not None for way in ways.all()] == [True] + [False] * 5


def test_on_android_it_is_said_plainly_what_does_not_work(browser: Browser, address: str) -> None:
    """Google's app cannot; a computer, a letter to oneself, ICSx5 or single events can (clients.md 4.1)."""
    with visiting(browser, address + PAGE, user_agent=PIXEL, viewport={"width": 360, "height": 740}) as page:
        way = page.locator("[data-device=android]")
        assert way.get_by_text("Google’s app for Android cannot subscribe to an address.").is_visible()
        mail = way.get_by_role("link", name="Send yourself the link").get_attribute("href") or ""
        assert mail.endswith("body=https%3A%2F%2Fvalley.example%2Ffeeds%2Fall%2Fsubscribe%2F")
        assert way.get_by_role("link", name="Subscribe with ICSx5").get_attribute("href") == (
            "webcal://valley.example/feeds/all.ics"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_button_copies_the_address(browser: Browser, address: str) -> None:
    """And says so, to screen readers, too."""
    with visiting(browser, address + PAGE, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="Copy").click()
        page.get_by_role("status").get_by_text("Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "https://valley.example/feeds/all.ics"


def test_with_the_keyboard_alone(page: Page, address: str) -> None:
    """From the field on: the button copies, each way opens and closes."""
    page.goto(address + PAGE)
    page.get_by_label("Address of the calendar").focus()
    assert page.evaluate("getSelection().toString()") == "https://valley.example/feeds/all.ics"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    expect(page.locator(".ways > details").first).not_to_have_attribute("open", "")


def test_without_scripts_everything_is_there(browser: Browser, address: str) -> None:
    """The address can be selected, each way can be opened; nothing is offered that needs a script."""
    with visiting(browser, address + PAGE, java_script_enabled=False, user_agent=IPHONE) as page:
        field = page.get_by_label("Address of the calendar")
        assert field.input_value() == "https://valley.example/feeds/all.ics"
        assert page.get_by_role("button").count() == 0
        for way in page.locator(".ways > details").all():
            way.locator("summary").click()
            expect(way.get_by_role("link").first).to_be_visible()


def test_reminders_change_every_address(page: Page, address: str) -> None:
    """By links that work without scripts; the address is the canonical one."""
    page.goto(address + PAGE)
    page.get_by_role("link", name="the evening before, at 18:00").click()
    expect(page).to_have_url(f"{address}{PAGE}?remind=evening")
    expect(page.get_by_label("Address of the calendar")).to_have_value(
        "https://valley.example/feeds/all.ics?remind=evening"
    )
    assert page.locator(".choices [aria-current]").inner_text() == "the evening before, at 18:00"


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
