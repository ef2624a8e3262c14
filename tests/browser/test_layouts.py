"""How pages are laid out at each width: rows are filled, nothing is cut by half, and no column is left empty."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import NOW
from tests.browser.test_embedding import HOST, element
from tests.support.hosting import hosting
from tests.support.serving import served
from tests.support.trees import lay

from coopcal.compile.pipeline import compile_site

CROWDED = """\
name: The Bakery
country: BE
events:
""" + "".join(
    f"  - {{id: e{number}, title: An evening of stories about bread and flour number {number}, when: 2027-05-{day:02} 1{number % 5}:00/19:00, online: https://meet.example.coop/e}}\n"
    for number, day in enumerate([3, 4, 4, *[5] * 3, *[6] * 5, *[12] * 9])
)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of a site with days that have one to nine long titles."""
    root = lay(tmp_path_factory.mktemp("crowded"), {"calendars/bakery.yaml": CROWDED})
    outcome = compile_site(root, root / "_site", NOW, first=True)
    assert outcome.published, outcome.problems
    with served(root, NOW) as address:
        yield address


def columns(page: Page, selector: str) -> int:
    """Return in how many columns things stand."""
    lefts: list[float] = page.locator(selector).evaluate_all(
        "all => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().left)))]"
    )
    return len(lefts)


@pytest.mark.parametrize(
    ("width", "expected"), [(320, 1), (360, 1), (480, 2), (768, 3), (1280, 4), (1920, 4)]
)
def test_twelve_months_fill_their_rows(page: Page, address: str, width: int, expected: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/feeds/all/2026/")

    assert columns(page, ".small-month") == expected
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_on_a_phone_a_year_leads_to_this_month(page: Page, address: str) -> None:
    """With the keyboard as well; other years, and wide windows, have nothing to lead to."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/feeds/all/2026/")
    month = page.locator(".small-month.now")
    expect(month).not_to_be_in_viewport()
    page.get_by_role("link", name="This month: November 2026").press("Enter")

    expect(month).to_be_in_viewport()
    expect(month.locator("caption")).to_have_text("November 2026")
    page.goto(f"{address}/feeds/all/2027/")
    assert page.locator(".jump, .now").count() == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/feeds/all/2026/")
    expect(page.locator(".jump")).to_be_hidden()


def test_a_year_tells_what_is_not_known_by_the_day(page: Page, address: str) -> None:
    page.goto(f"{address}/feeds/all/2027/")

    expect(page.get_by_role("region", name="The day isn’t known yet")).to_contain_text(
        "Some time in autumn 2027"
    )


@pytest.mark.parametrize(("width", "expected"), [(360, 1), (800, 1), (1100, 7), (1280, 7)])
@pytest.mark.parametrize("language", ["", "/de", "/pt"])
def test_a_week_uses_the_width_that_there_is(
    page: Page, address: str, width: int, expected: int, language: str
) -> None:
    """Seven days beside each other where there is room for them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}{language}/feeds/all/2026-W50/")

    assert columns(page, ".week > li") == expected
    assert page.locator(".week > li, .week h2, .week .placed li").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"
    ) == []  # fmt: skip
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


CUT = """() => [...document.querySelectorAll(".sheet-day")].flatMap((day) => {
  const bottom = day.getBoundingClientRect().bottom + 0.5;
  return [...day.querySelectorAll("time, li")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > bottom).map((one) => one.textContent.trim());
})"""
"""What stands in a day of a printed month and reaches below its edge."""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("month", ["2027-05", "2027-06"])
def test_no_line_of_a_printed_month_is_cut(page: Page, crowded: str, month: str, media: str) -> None:
    """Of six weeks or five; with one long title on a day, or more than there is room for."""
    page.set_viewport_size({"width": 1047, "height": 711})
    page.emulate_media(media="print" if media == "print" else "screen")
    page.goto(f"{crowded}/feeds/all/{month}/sheet/")

    assert page.evaluate(CUT) == []
    assert month != "2027-05" or page.locator(".sheet-day .more").all_inner_texts() == [
        "and 2 more",
        "and 6 more",
    ]


@pytest.mark.parametrize("width", [1000, 1280])
def test_a_poster_lies_beside_what_it_is_printed_with(page: Page, address: str, width: int) -> None:
    """As wide as paper, not as a screen."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/feeds/bakery/poster/")
    poster, choice = (page.locator(part).bounding_box() for part in (".poster", ".poster-choice"))

    assert poster
    assert choice
    assert poster["x"] + poster["width"] <= choice["x"]
    assert abs(poster["y"] - choice["y"]) < 40
    assert poster["width"] <= 780


LOCAL = """calendar => [...calendar.shadowRoot.querySelectorAll(".coopcal-local")].filter((one) => one.checkVisibility()).map((one) => {
  const item = one.closest("li").getBoundingClientRect();
  const { right, height } = one.getBoundingClientRect();
  one.style.whiteSpace = "nowrap";
  const { width, height: line } = one.getBoundingClientRect();
  one.style.whiteSpace = "";
  return { within: right <= item.right + 0.5, isOneLine: height < 1.5 * line, fits: width <= item.width };
})"""
"""Of each time on the visitor's clock: whether it is within its day, in one line, and would be."""


@pytest.mark.parametrize("view", ["month", "week"])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_local_times_in_days_are_one_line_wherever_they_fit(
    browser: Browser, address: str, view: str, zone: str
) -> None:
    """And never wider than their day."""
    context = browser.new_context(timezone_id=zone, viewport={"width": 1300, "height": 900})
    page = context.new_page()
    body = element(address, f'feed="all" view="{view}" month="2026-12" week="2026-W50"')
    with hosting({"/": HOST.format(style="coop-calendar { font-family: sans-serif }", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.locator(".coopcal-local").first).to_be_attached()
        for width in (240, 560, 580, 600, 704, 720, 800, 1200):
            calendar.evaluate("(each, width) => { each.style.width = `${width}px` }", width)
            times = calendar.evaluate(LOCAL)
            assert times, width
            assert all(time["within"] and time["isOneLine"] == time["fits"] for time in times), (width, times)
    context.close()


def lines(page: Page, selector: str) -> list[int]:
    """Return on how many lines each of some texts stands."""
    counts: list[int] = page.locator(selector).evaluate_all(
        """all => all.filter((one) => one.checkVisibility()).map((one) => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return new Set([...words.getClientRects()].map((part) => Math.round(part.top))).size;
        })"""
    )
    return counts


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_times_from_one_clock_to_another_stand_on_one_line(page: Page, address: str, width: int) -> None:
    """In lists, on the page of a series, on posters, and in weeks."""
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        "/",
        "/fr/feeds/all/",
        "/events/bakery/evening/",
        "/feeds/bakery/poster/",
        "/feeds/all/2026-W50/",
    ):
        page.goto(address + path)
        counts = lines(page, ".range")
        assert counts, path
        assert set(counts) == {1}, path


def test_a_calendar_of_ones_own_tells_a_series_once_beside_what_is_chosen(page: Page, address: str) -> None:
    """The choices stay in sight while what comes of them is read."""
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{address}/builder/?organisation=bakery")
    titles = page.locator("#result .events .title").all_inner_texts()

    assert titles.count("Members' evening") == 3  # moved, as usual, cancelled
    page.get_by_role("heading", name="As a calendar of this site").scroll_into_view_if_needed()
    expect(page.locator(".builder legend").first).to_be_in_viewport()


def test_the_code_for_a_web_site_stands_beside_what_it_is_made_of(page: Page, address: str) -> None:
    """On a desktop; on a phone below it, and each date of what recurs can be asked for."""
    page.goto(f"{address}/feeds/all/embedding/?dates=all")
    choices, result = (page.locator(part).bounding_box() for part in (".embed-builder", "#result"))

    assert choices
    assert result
    assert choices["x"] + choices["width"] < result["x"]
    assert 'dates="all"' in page.get_by_label("As an element").input_value()
    assert page.get_by_label("Show events with several dates").input_value() == "all"
    page.set_viewport_size({"width": 360, "height": 740})
    assert columns(page, ".embed-builder, #result") == 1
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_what_is_known_of_an_event_without_a_description_takes_its_place(page: Page, address: str) -> None:
    page.goto(f"{address}/events/mill/fair/")
    facts, copying = (page.locator(part).bounding_box() for part in (".event-about .facts", ".copying"))

    assert facts
    assert copying
    assert facts["x"] + facts["width"] <= copying["x"]
    assert abs(facts["y"] - copying["y"]) < 30
    assert page.locator(".facts").count() == 1


@pytest.mark.parametrize("width", [160, 360, 768, 1200])
def test_cards_hold_what_is_in_them(page: Page, address: str, width: int) -> None:
    """Nothing reaches over the edge of a card, or of the calendar."""
    body = element(address, 'feed="all" view="cards"')
    with hosting({"/": HOST.format(style=f"coop-calendar {{ width: {width}px }}", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.locator(".coopcal-picture").first).to_be_attached()

        over = calendar.evaluate(
            """calendar => [...calendar.shadowRoot.querySelectorAll(".coopcal-event > *")].filter((one) => {
              const card = one.closest("li").getBoundingClientRect();
              return one.checkVisibility() && !one.matches(".coopcal-hidden") && one.getBoundingClientRect().right > card.right;
            }).map((one) => one.className)"""
        )
        assert over == []
        assert calendar.evaluate("each => each.scrollWidth <= each.clientWidth")


@pytest.mark.parametrize(("width", "together"), [(360, False), (768, True), (1280, True)])
def test_a_search_asks_on_one_line_where_there_is_room(
    page: Page, address: str, width: int, *, together: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/search/")
    words, period = (page.locator(part).bounding_box() for part in ("[role=search] > .words", ".period"))

    assert words
    assert period
    assert (words["x"] + words["width"] <= period["x"]) == together
