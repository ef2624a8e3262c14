"""Every type of page with scripts off, and with the keyboard alone."""

from collections import Counter

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support.crawl import crawl

ADDED = (
    ".said, .copied button, [data-copy] + button, [data-print-label] > button, .others > summary,"
    "[data-by-hand], [data-copies], [data-filters] button, [data-all-in]"
)
"""What scripts add beside times on the visitor's clock: buttons that copy and print; and what they do, or say, in another's place."""

LINES = f"""() => {{
  for (const each of document.querySelectorAll({ADDED!r})) each.remove();
  for (const local of document.querySelectorAll(".local")) {{
    const time = local.previousElementSibling.closest("time") ?? local.previousElementSibling.querySelector("time");
    const [, zone] = /^[(](.*); /.exec(local.textContent) ?? [];
    if (zone && !time.dataset.named) local.replaceWith(`(${{zone}})`);
    else local.remove();
  }}
  for (const each of document.querySelectorAll("details")) each.open = true;
  return document.body.innerText.split("\\n").map((line) => line.trim()).filter(Boolean);
}}"""

CAN_BE_REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden" && each.tabIndex >= 0).length"""
"""What can be used on a page; of radio buttons with one name the keyboard reaches one."""

REACHED_BY_POINTER_ALONE = """() => [...document.querySelectorAll(":is(a, button, input, select, textarea, summary)[tabindex='-1']")]
  .filter((each) => each.checkVisibility() && !(each.ariaHidden === "true" && each.href
    && each.closest("li, article").querySelector(`a[href="${each.getAttribute("href")}"]:not([tabindex])`)))
  .map((each) => each.outerHTML.slice(0, 120))"""
"""What Tab leaves out though it is no second way to where a link of the same entry leads."""


@pytest.fixture(scope="session")
def paths(address: str) -> list[str]:
    """Return one path of each type of page."""
    return list({page.kind: page.path for page in reversed(crawl(address))}.values())


def lines(page: Page, address: str) -> Counter[str]:
    """Return the lines of text of a page, whatever their order."""
    page.goto(address)
    return Counter(page.evaluate(LINES))


@pytest.mark.parametrize("language", ["", "/fr"])
def test_no_page_loses_a_line(browser: Browser, address: str, paths: list[str], language: str) -> None:
    """All that stands on a page with scripts stands there without."""
    scripted, plain = browser.new_context(), browser.new_context(java_script_enabled=False)
    one, other = scripted.new_page(), plain.new_page()
    for path in paths:
        with_scripts = lines(one, f"{address}{language}{path}")

        assert with_scripts
        assert lines(other, f"{address}{language}{path}") == with_scripts, path
    scripted.close()
    plain.close()


def test_all_can_be_reached_with_the_keyboard(page: Page, address: str, paths: list[str]) -> None:
    """Tab comes by everything that can be used, each with a ring that shows, and leaves the page again."""
    page.emulate_media(reduced_motion="reduce")
    for path in paths:
        page.goto(address + path)
        assert page.evaluate(REACHED_BY_POINTER_ALONE) == [], path
        wanted = page.evaluate(CAN_BE_REACHED)
        names = "document.querySelectorAll('input[type=radio]').length"
        groups = "new Set([...document.querySelectorAll('input[type=radio]')].map((each) => each.name)).size"
        wanted -= page.evaluate(f"{names} - {groups}")
        page.evaluate("window.reached = new Set(); window.bare = []")
        page.evaluate("""() => addEventListener("focusin", ({target}) => {
          reached.add(target);
          const style = getComputedStyle(target);
          if (style.outlineStyle === "none" && target.id !== "main") bare.push(target.outerHTML.slice(0, 120));
        })""")
        inside = sum(frame.evaluate(CAN_BE_REACHED) for frame in page.frames[1:])
        for _ in range(wanted + inside + 1):
            page.keyboard.press("Tab")

        assert page.evaluate("reached.size") == wanted, path
        assert page.evaluate("bare") == [], path


def test_a_file_is_checked_without_scripts(browser: Browser, address: str) -> None:
    """By its form alone."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/check/")
    page.locator("textarea").fill("name: The Bakery\nevents:\n  - {id: a, title: A, when: 2026-13-01}\n")
    page.locator("main button").press("Enter")

    expect(page.get_by_text("2026-13-01").first).to_be_visible()
    context.close()
