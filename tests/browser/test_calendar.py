"""The calendar in a real browser: on a phone, and on paper."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect
from pypdf import PdfReader
from tests.support.serving import served
from tests.support.trees import lay

from coopcal.compile.pipeline import compile_site

TODAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_on_a_phone_a_month_is_a_list_of_the_days_with_something(browser: Browser, address: str) -> None:
    """And is a table still to those who hear it."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}/feeds/all/2026-12/")

    assert page.get_by_role("table").count() == 1
    assert [cell.inner_text().split("\n")[0] for cell in page.get_by_role("cell").all() if cell.is_visible()] == [
        "Sat 5 December", "Wed 9 December", "Thu 10 December", "Sat 19 December",
    ]  # fmt: skip
    context.close()


def _box(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box is not None
    return box


@pytest.mark.parametrize("width", [768, 1280])
def test_a_bar_lies_over_the_days_that_something_takes(browser: Browser, address: str, width: int) -> None:
    """One after another without a gap, in one line, with its words over all of them; each is a link that can be reached."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/feeds/all/2027-05/")
    cells = [cell for cell in page.get_by_role("cell").all() if cell.locator(".bar").count()]
    bars = [_box(cell.get_by_role("link", name="Fair of grain and flour")) for cell in cells]
    label = _box(page.locator(".bar .label").first)

    assert [cell.locator("> time").get_attribute("datetime") for cell in cells] == [
        "2027-05-01",
        "2027-05-02",
        "2027-05-03",
    ]
    assert bars[0]["y"] == bars[1]["y"] < bars[2]["y"]
    assert bars[0]["x"] + bars[0]["width"] == pytest.approx(bars[1]["x"], abs=2)
    assert min(bar["height"] for bar in bars) >= 24
    assert label["width"] > 1.6 * bars[0]["width"]
    assert label["x"] + label["width"] <= bars[1]["x"] + bars[1]["width"]
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_address_of_a_poster_breaks_at_slashes_alone(browser: Browser, address: str, width: int) -> None:
    """Whoever types it would take a hyphen at the end of a line for none."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/feeds/all/poster/")
    page.locator(".poster-address span").last.evaluate(
        "part => part.textContent = '/open-doors-of-the-valley'"
    )

    lines = page.locator(".poster-address span").evaluate_all(
        "parts => parts.map((part) => { const all = document.createRange(); all.selectNodeContents(part); return all.getClientRects().length; })"
    )
    assert lines == [1, 1, 1]
    context.close()


@pytest.mark.parametrize("month", ["2026-12", "2027-05", "2027-08"])
def test_a_month_to_print_is_one_sheet_with_two_sides(page: Page, address: str, month: str) -> None:
    """A4 across: in front the month, behind what is on."""
    page.goto(f"{address}/feeds/all/{month}/sheet/")
    front, back = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert (round(front.mediabox.width), round(front.mediabox.height)) == pytest.approx((842, 595), abs=2)
    assert "Wednesday" in front.extract_text()
    assert back.extract_text().startswith("Events")
    assert "browser" not in front.extract_text() + back.extract_text()


def test_search_with_the_keyboard_alone(page: Page, address: str) -> None:
    """From the first page on."""
    page.goto(address)
    page.get_by_role("link", name="Search").press("Enter")
    page.get_by_label("Search terms").press_sequentially("sourdough")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="1 event found")).to_be_visible()
    expect(page.get_by_role("link", name="Webinar on sourdough")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    ("view", "other", "day"),
    [
        ("feeds/all/2026-11/", "feeds/all/2026-10/", "2026-11-10"),
        ("feeds/all/2026-W48/", "feeds/all/2026-W46/", "2026-11-24"),
        ("embed/all/week.en/", "embed/all/week.en/?week=2026-W46", "2026-11-24"),
    ],
)
def test_on_a_phone_a_list_of_days_begins_today(
    browser: Browser, tmp_path: Path, view: str, other: str, day: str, *, scripts: bool
) -> None:
    """What was before is folded, opens by the keyboard, and stands there where the page has room; a past week or month has all of its days."""
    events = "".join(
        f"  - {{id: e{number}, title: Meeting {number}, when: 2026-{when} 19:00/21:00}}\n"
        for number, when in enumerate(("10-10", "11-10", "11-24", "11-25", "11-26"))
    )
    text = f"name: The Bakery\ncountry: BE\nevents:\n{events}"
    root = lay(tmp_path, {"calendars/bakery.yaml": text})
    assert compile_site(root, root / "_site", TODAY, first=True).published
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 800})
    if scripts:
        context.clock.set_fixed_time(TODAY)
    page = context.new_page()
    with served(root, TODAY) as address:
        page.goto(f"{address}/{view}")
        fold = page.locator("summary", has_text="Past events")
        past = page.locator(f"[data-day='{day}']")
        expect(page.locator("[data-day='2026-11-25']")).to_be_visible()
        expect(past).to_be_hidden()
        fold.press("Enter")
        expect(past).to_be_visible()
        page.set_viewport_size({"width": 1200, "height": 800})
        expect(fold).to_be_hidden()
        page.reload()
        expect(past).to_be_visible()
        page.set_viewport_size({"width": 360, "height": 800})
        expect(past).to_be_hidden()
        if "W48" in view:
            page.goto(f"{address}/{view}#d{day}")
            expect(past).to_be_visible()
        page.goto(f"{address}/{other}")
        expect(fold).to_be_hidden()
        expect(page.locator("[data-day]").filter(has_text="Meeting").first).to_be_visible()
    context.close()
