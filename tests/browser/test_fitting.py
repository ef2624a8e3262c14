"""Words, and what is touched, at every width: no word is broken, and nothing is too small for a finger."""

import pytest
from playwright.sync_api import Page

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
