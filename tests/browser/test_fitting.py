"""Words, and what is touched, at every width: no word is broken, and nothing is too small for a finger."""

import pytest
from playwright.sync_api import Browser, Page, expect

WIDTHS = range(320, 1281, 40)
BROKEN = """selector => {
  const broken = [];
  for (const part of document.querySelectorAll(selector)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[^\\s\\u00ad\\u2010\\/-]+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter(one => one.width).map(one => Math.round(one.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""Words of parts of a page that stand on two lines; those with hyphens may."""


def broken(page: Page, selector: str) -> dict[int, list[str]]:
    """Return at which widths words are broken, and which."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        words = page.evaluate(BROKEN, selector)
        if words:
            found[width] = words
    return found


@pytest.mark.parametrize("language", ["en", "de", "pt"])
def test_no_word_of_the_filters_is_broken(page: Page, address: str, language: str) -> None:
    """Neither a choice nor the number of its dates."""
    prefix = "" if language == "en" else f"/{language}"
    for path in ("/feeds/all/", "/search/"):
        page.goto(f"{address}{prefix}{path}")
        page.locator(".filters summary").click()
        assert page.locator(".filters fieldset label").count() > 1
        assert broken(page, ".filters fieldset, .filters label") == {}


@pytest.mark.parametrize("language", ["en", "de", "fr", "pt"])
def test_no_word_of_the_header_is_broken(page: Page, address: str, language: str) -> None:
    """The name of the site, the menu, and what leads to subscribing; the menu of few words takes one line."""
    page.goto(f"{address}{'' if language == 'en' else f'/{language}'}/")

    assert broken(page, "header.site") == {}
    page.set_viewport_size({"width": 320, "height": 900})
    lines = page.evaluate(
        "new Set([...document.querySelectorAll('.sections li')].map(one => Math.round(one.getBoundingClientRect().top))).size"
    )
    assert lines == 1 or language != "en"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_name_longer_than_a_telephone_is_broken_rather_than_cut(page: Page, address: str) -> None:
    """And nothing scrolls sideways."""
    page.goto(f"{address}/")
    page.locator("header.site .home span").evaluate("one => { one.textContent = 'Genossenschaft'.repeat(6) }")
    page.set_viewport_size({"width": 320, "height": 900})

    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.checkVisibility() && !one.closest(".skip, .hidden, .prose, .description, .month, .small-month, form p.quiet"))
  .filter((one) => !(one.matches("input") && one.closest("label")))
  .map((one) => [one.textContent.trim().slice(0, 40) || one.name, Math.max(...[...one.getClientRects()].map((part) => part.height))])
  .filter(([, height]) => height < 23.9)"""
"""What a finger has to meet that is lower than 24 px, but for links within running text."""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/feeds/all/", "/organisations/bakery/", "/events/bakery/assembly/", "/check/"),
        *("/feeds/all/subscribe/", "/search/?q=members&when=all", "/help/", "/nothing/"),
    ],
)
def test_nothing_to_touch_is_lower_than_a_finger_needs(
    page: Page, address: str, path: str, width: int
) -> None:
    """At least 24 px."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

    assert page.evaluate(SMALL) == []


def test_an_address_that_scripts_would_copy_is_led_to_without_them(browser: Browser, address: str) -> None:
    """Wherever it is said that the address is to be copied first."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("/feeds/all/subscribe/", "/feeds/all/"):
        page.goto(address + path)
        asked = page.get_by_text("First copy the address below.")
        assert asked.count() == 2
        for number in range(2):
            asked.nth(number).click()
            assert page.url.endswith("#address")
            assert page.locator(":target").get_attribute("value") == "https://valley.example/feeds/all.ics"
    context.close()


def test_the_address_is_copied_in_place(page: Page, address: str) -> None:
    """Where the calendar of a computer may not know webcal, a click copies, says so, and leads nowhere."""
    page.goto(f"{address}/feeds/all/subscribe/")
    button = page.get_by_role("link", name="Copy the address", exact=True)
    button.click()

    expect(page.locator("[data-device=other] .said")).to_have_text("Copied")
    assert page.url == f"{address}/feeds/all/subscribe/"


def test_organisations_with_something_to_come_stand_first(page: Page, address: str) -> None:
    """The others say that nothing is planned; none has an empty box."""
    page.goto(f"{address}/")
    told = page.locator(".organisations > li .small").all_inner_texts()

    assert len(told) == page.locator(".organisations > li").count() == 3
    assert [each.startswith("Next:") for each in told] == [True, True, False]
    assert told[2] == "Nothing planned at present"


def test_times_on_the_clock_of_the_visitor_stand_beside_links(browser: Browser, address: str) -> None:
    """Neither they nor the blank before them are part of a link."""
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    for path in ("/", "/feeds/all/", "/events/bakery/evening/"):
        page.goto(address + path)
        expect(page.locator(".local").first).to_be_attached()
        assert page.locator("a .local").count() == 0
        assert (
            page.evaluate(
                "[...document.querySelectorAll('a')].filter((one) => /[ ]$/.test(one.textContent)).length"
            )
            == 0
        )
    context.close()


@pytest.mark.parametrize("path", ["/feeds/all/subscribe/", "/check/"])
def test_wide_pages_use_their_width(page: Page, address: str, path: str) -> None:
    """What is read or filled in reaches to the right of the middle."""
    page.goto(address + path)
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('#main h2, #main li, #main textarea')].map("
        "(one) => one.checkVisibility() ? one.getBoundingClientRect().right : 0))"
    )

    assert right > 1000
