"""What browsers put on paper: whole dates, within the sheet, and as few sheets as are needed."""

from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

PAPERS: list[dict[str, Any]] = [
    {"prefer_css_page_size": True},
    {"format": "A4"},
    {"format": "Letter"},
    {"format": "A4", "landscape": True},
]


MANY = """(list, count) => {
  const dates = [...list.children];
  for (let number = 0; number < count; number += 1) {
    list.append(dates[number % dates.length].cloneNode(true));
  }
  [...list.children].forEach((date, number) => date.querySelector(".poster-what").prepend(`[${number}] `));
  list.querySelectorAll(".hidden").forEach((word) => word.remove());
}"""
"""What gives a poster more dates than there is room for, each with a number, and takes away what is only heard."""


def _sheets(page: Page, paper: dict[str, Any]) -> list[PageObject]:
    return list(PdfReader(BytesIO(page.pdf(**paper))).pages)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _right_ends(sheet: PageObject) -> list[float]:
    """Return how far to the right each piece of text begins, in points."""
    found: list[float] = []

    def visit(text: str, moved: list[float], placed: list[float], *_: Any) -> None:
        if text.strip():
            found.append(placed[4] * moved[0] + moved[4])

    sheet.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("paper", PAPERS, ids=str)
@pytest.mark.parametrize("size", ["a4", "a5"])
@pytest.mark.parametrize(("language", "further"), [("", 0), ("/de", 9), ("/fr", 30)])
def test_a_poster_has_whole_dates_or_none_of_them(
    page: Page, address: str, size: str, language: str, further: int, paper: dict[str, Any]
) -> None:
    """As many as there is room for, the next one first; nothing of the others is drawn, nor anything in the margin."""
    page.goto(f"{address}{language}/feeds/all/poster/?size={size}")
    page.locator(".poster-dates").evaluate(MANY, further)
    dates = page.locator(".poster-dates li").all()
    told = [_squeezed(one.text_content() or "") for one in dates]
    sheet = _sheets(page, paper)[0]
    printed = _squeezed(sheet.extract_text())
    shown = [f"[{number}]" in printed for number in range(len(told))]

    assert shown == sorted(shown, reverse=True)
    assert 2 <= sum(shown) < len(told) or not further
    assert [one for one, is_shown in zip(told, shown, strict=True) if is_shown and one not in printed] == []
    assert max(_right_ends(sheet)) < float(sheet.mediabox.width) * 0.9


@pytest.mark.parametrize("paper", PAPERS[:3], ids=str)
@pytest.mark.parametrize("month", ["2026-12", "2027-05", "2027-08"])
def test_a_month_is_printed_on_one_sheet(page: Page, address: str, month: str, paper: dict[str, Any]) -> None:
    """With its address and without what can only be clicked; of six weeks, too."""
    page.goto(f"{address}/feeds/all/{month}/")
    [sheet] = _sheets(page, paper)
    printed = sheet.extract_text()

    assert f"/feeds/all/{month}/" in printed
    for word in ("Printable", "Subscribe", "kept up to date", "Filter", "Previous"):
        assert word not in printed
    page.emulate_media(media="print")
    ends = page.locator(".month-table").evaluate(
        "table => [table.parentElement.getBoundingClientRect().right, table.getBoundingClientRect().right]"
    )
    assert ends[0] - ends[1] >= 1


def test_whose_time_all_are_in_is_printed_once(page: Page, address: str) -> None:
    """Above the month, and above its events."""
    page.goto(f"{address}/feeds/bakery/2026-12/sheet/")
    front, back = (one.extract_text() for one in _sheets(page, PAPERS[0]))

    assert front.count("Time") == back.count("Time") <= 1
