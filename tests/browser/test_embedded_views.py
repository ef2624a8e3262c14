"""What visitors do with a calendar in the page of somebody else: turn months, change views, choose; in any width and zone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.test_embedding import HOST, element, messages
from tests.support.hosting import hosting

from coopcal.web.embed.options import VIEWS

BROKEN = """(root) => [...root.querySelectorAll("a, time, li, th, p, strong, span")].filter((each) => {
    if (!each.checkVisibility() || each.closest(".coopcal-hidden") || [...each.children].some((child) => child.textContent.trim())) return false;
    const range = document.createRange();
    range.selectNodeContents(each);
    const lines = new Set([...range.getClientRects()].map((rectangle) => Math.round(rectangle.top))).size;
    return lines > 1 && each.textContent.trim().length / lines < 4;
}).map((each) => each.textContent.trim())"""
"""Texts of few letters a line, on top of one another."""


@pytest.mark.parametrize("view", VIEWS)
def test_it_fits_the_room_that_it_has(page: Page, address: str, view: str) -> None:
    """A sidebar in a wide window, and everything between: no letters are stacked, nothing overflows."""
    style = "coop-calendar { display: block; width: 240px; font-family: sans-serif }"
    body = element(
        address, f'feed="all" view="{view}" month="2026-12" week="2026-W50" views="list month" filters="tag"'
    )
    with hosting({"/": HOST.format(style=style, body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.locator(".coopcal-event").first).to_be_visible()
        for width in (160, 240, 320, 480, 560, 600, 720, 1100):
            calendar.evaluate("(each, width) => { each.style.width = `${width}px` }", width)
            assert calendar.evaluate(f"each => ({BROKEN})(each.shadowRoot)") == [], width
            assert calendar.evaluate("each => each.scrollWidth <= each.clientWidth"), width


def test_a_month_in_a_sidebar_is_a_list_of_days(page: Page, address: str) -> None:
    """Each with its date and time; in a wide column it is a table."""
    style = "coop-calendar { display: block; width: 240px }"
    with hosting({"/": HOST.format(style=style, body=element(address, 'feed="all" view="month"'))}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        calendar.evaluate("each => each.setAttribute('month', '2026-12')")
        expect(calendar.get_by_text("Sat 5 Dec")).to_be_visible()
        expect(calendar.locator("th").first).to_be_hidden()
        day = calendar.locator("td").filter(has_text="General assembly")
        assert re.sub(r"\s+", " ", day.inner_text()).startswith("Sat 5 Dec 10:00")
        assert day.evaluate("each => each.offsetWidth") > 200
        calendar.evaluate("each => { each.style.width = '594px' }")
        expect(calendar.get_by_role("columnheader", name="Mon")).to_be_visible()
        assert day.evaluate("each => each.offsetWidth") < 90


def test_a_list_of_a_month_has_no_day_of_another(page: Page, address: str) -> None:
    """What comes before and after stands in the table alone, on another ground; the way on is in one line."""
    style = "coop-calendar { display: block; width: 240px; font-family: sans-serif }"
    body = element(address, 'feed="all" view="month" month="2026-11"')
    page.clock.set_fixed_time(datetime(2026, 11, 2, 9, tzinfo=UTC))
    with hosting({"/": HOST.format(style=style, body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        outside = calendar.locator(".coopcal-outside:has(li)")
        expect(calendar.locator(".coopcal-cell:has(li):not(.coopcal-outside)").first).to_be_visible()
        assert outside.count()
        assert not any(each.is_visible() for each in outside.all())
        turns = [each.bounding_box() for each in calendar.locator(".coopcal-turns > *").all()[:3]]
        middles = [box["y"] + box["height"] / 2 for box in turns if box]
        assert max(middles) - min(middles) < 5
        calendar.evaluate("each => { each.style.width = '700px' }")
        expect(outside.first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_list_of_this_month_begins_today(browser: Browser, address: str, *, scripts: bool) -> None:
    """What was before is folded, in a frame, with scripts and without; in a wide frame the table has it; another month has all of its days."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 320, "height": 900})
    if scripts:
        context.clock.set_fixed_time(datetime(2026, 11, 25, 9, tzinfo=UTC))
    page = context.new_page()
    page.goto(f"{address}/embed/all/month.en/")
    past, ahead = (
        page.locator("[data-day='2026-11-10'] ul"),
        page.locator(".coopcal-cell:not(.coopcal-past) ul"),
    )
    fold = page.locator("summary", has_text="Past events")
    expect(past).to_be_attached()
    expect(past).to_be_hidden()
    expect(page.locator("[data-day='2026-11-25']")).to_be_visible()
    fold.press("Enter")
    expect(past).to_be_visible()
    page.set_viewport_size({"width": 900, "height": 900})
    expect(fold).to_be_hidden()
    expect(past).to_be_visible()
    for month in ("2026-10", "2026-12"):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(f"{address}/embed/all/month.en/?month={month}")
        expect(fold).to_be_hidden()
        expect(ahead.first).to_be_visible()
    context.close()


def test_an_element_of_this_month_begins_on_the_day_of_the_visitor(page: Page, address: str) -> None:
    """In a narrow sidebar; what was before is folded, and opens by the keyboard."""
    page.clock.set_fixed_time(datetime(2026, 11, 26, 9, tzinfo=UTC))
    style = "coop-calendar { display: block; width: 240px }"
    with hosting({"/": HOST.format(style=style, body=element(address, 'feed="all" view="month"'))}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        past = calendar.locator("[data-day='2026-11-10'] ul")
        expect(calendar.locator("[data-day='2026-11-25']")).to_have_class("coopcal-cell coopcal-past")
        expect(past).to_be_hidden()
        calendar.locator("summary").press("Enter")
        expect(past).to_be_visible()
        page.clock.set_fixed_time(datetime(2026, 12, 1, 9, tzinfo=UTC))
        page.goto(host)
        expect(past).to_be_visible()
        expect(calendar.locator("summary")).to_be_hidden()


@pytest.mark.parametrize(
    ("view", "after", "before", "now", "names"),
    [
        ("month", "Next month", "Previous month", "This month", ["November 2026", "December 2026", "January 2027"]),
        ("week", "Next week", "Previous week", "This week", ["Week 48, November 2026", "Week 49, December 2026", "Week 50, December 2026"]),
    ],
)  # fmt: skip
def test_it_is_turned_in_its_place(
    page: Page, address: str, view: str, after: str, before: str, now: str, names: list[str]
) -> None:
    """With the mouse and with the keyboard: the page stays, so does the focus, and what is shown is said aloud."""
    with hosting({"/": HOST.format(style="", body=element(address, f'feed="all" view="{view}"'))}) as host:
        page.goto(host)
        page.evaluate("window.same = true")
        calendar = page.locator("coop-calendar")
        expect(calendar.locator(".coopcal-caption")).to_have_text(names[0])
        expect(calendar.get_by_role("link", name=now)).to_have_count(0)
        calendar.get_by_role("link", name=after).click()
        expect(calendar.locator(".coopcal-caption")).to_have_text(names[1])
        expect(calendar.get_by_role("status")).to_have_text(re.compile(rf"{names[1]} Dates: \d"))
        expect(calendar.get_by_role("link", name=after)).to_be_focused()
        page.keyboard.press("Enter")
        expect(calendar.locator(".coopcal-caption")).to_have_text(names[2])
        expect(calendar.get_by_role("link", name=after)).to_be_focused()
        calendar.get_by_role("link", name=before).click()
        expect(calendar.locator(".coopcal-caption")).to_have_text(names[1])
        calendar.get_by_role("link", name=now).press("Enter")
        expect(calendar.locator(".coopcal-caption")).to_have_text(names[0])
        assert page.evaluate("window.same")
        assert page.url.rstrip("/") == host


def test_at_the_end_of_what_can_be_turned_the_focus_stays_inside(page: Page, address: str) -> None:
    """The way on is gone; that back is there."""
    body = element(address, 'feed="all" view="month" month="2029-11"')
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        calendar.get_by_role("link", name="Next month").press("Enter")
        expect(calendar.locator(".coopcal-caption")).to_have_text("December 2029")
        expect(calendar.get_by_role("link", name="Next month")).to_have_count(0)
        expect(calendar.get_by_role("link", name="Previous month")).to_be_focused()


def test_views_are_tabs_that_the_page_chooses(page: Page, address: str) -> None:
    """The first of them shows first; a narrowed calendar stays narrowed."""
    body = element(address, 'feed="all" views="cards, month agenda" tag="assembly"')
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        views = calendar.get_by_role("navigation", name="Views")
        expect(views.get_by_role("link")).to_have_text(["Cards", "Month", "By day"])
        expect(views.get_by_role("link", name="Cards")).to_have_attribute("aria-current", "true")
        views.get_by_role("link", name="Month").click()
        expect(calendar.get_by_role("table")).to_be_visible()
        expect(views.get_by_role("link", name="Month")).to_be_focused()
        calendar.get_by_role("link", name="Next month").click()
        expect(calendar.get_by_role("listitem")).to_have_count(1)
        views.get_by_role("link", name="By day").click()
        expect(calendar.get_by_role("heading", name="Saturday 5 December 2026")).to_be_visible()
        expect(calendar.locator(".coopcal-event")).to_have_count(1)


def test_a_visitor_chooses_among_what_the_page_has_fixed(page: Page, address: str) -> None:
    """At once, and it stays so in another view; what the page has fixed cannot be chosen away."""
    body = element(
        address,
        'feed="all" organisation="bakery" filters="tag organisation" views="list month" month="2026-12"',
    )
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        tags = calendar.get_by_role("combobox", name="Tag")
        expect(calendar.get_by_role("link", name="General assembly")).to_be_visible()
        tags.select_option("members")
        expect(calendar.get_by_role("link", name="General assembly")).to_have_count(0)
        expect(calendar.get_by_role("link", name="Members' evening").first).to_be_visible()
        expect(tags).to_be_focused()
        expect(tags).to_have_value("members")
        calendar.get_by_role("link", name="Month", exact=True).click()
        expect(calendar.get_by_role("listitem")).to_have_count(1)
        tags.select_option("All")
        expect(calendar.get_by_role("link", name="General assembly")).to_be_visible()
        expect(calendar.get_by_role("link", name="Entries for the prize")).to_have_count(0)
        expect(calendar.get_by_role("button", name="Show")).to_have_count(0)


@pytest.mark.parametrize("kind", ["element", "frame"])
def test_times_are_told_in_the_visitors_zone_too(browser: Browser, address: str, kind: str) -> None:
    """In New York and, where clocks show the same, not at all."""
    body = element(address, 'feed="all" view="month" month="2026-12"')
    if kind == "frame":
        body = f'<iframe title="Dates" width="900" height="900" src="{address}/embed/all/month.en/?month=2026-12"></iframe>'
    for zone, local in (
        ("America/New_York", "(04:00 GMT-5)"),
        ("Asia/Tokyo", "(18:00 GMT+9)"),
        ("Europe/Paris", ""),
    ):
        context = browser.new_context(timezone_id=zone, viewport={"width": 1000, "height": 900})
        page = context.new_page()
        with hosting({"/": HOST.format(style="", body=body)}) as host:
            page.goto(host)
            inside = page.frame_locator("iframe") if kind == "frame" else page.locator("coop-calendar")
            item = inside.get_by_role("listitem").filter(has_text="General assembly")
            expect(item.locator("time")).to_have_text(re.compile(r"^10:00"))
            expect(item.locator("time")).to_have_text(f"10:00 {local}".strip())
        context.close()


def test_weeks_begin_on_the_day_that_is_asked_for(page: Page, address: str) -> None:
    """In months and weeks; a language has one of its own."""
    body = element(address, 'feed="all" view="month" month="2026-12"')
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.get_by_role("columnheader").first).to_have_text("Mon")
        calendar.evaluate("each => each.setAttribute('first-day', 'sunday')")
        expect(calendar.get_by_role("columnheader").first).to_have_text("Sun")
        for first, days in (
            ("saturday", ["Sat 5 Dec", "Fri 11 Dec"]),
            ("sunday", ["Sun 6 Dec", "Sat 12 Dec"]),
            ("monday", ["Mon 7 Dec", "Sun 13 Dec"]),
            ("thursday", ["Thu 3 Dec", "Wed 9 Dec"]),
        ):
            calendar.evaluate(
                "(each, first) => { each.setAttribute('view', 'week'); each.setAttribute('week', '2026-W50'); each.setAttribute('first-day', first) }",
                first,
            )
            expect(calendar.get_by_role("heading", level=4).first).to_have_text(days[0])
            expect(calendar.get_by_role("heading", level=4).last).to_have_text(days[1])
            expect(calendar.locator(".coopcal-caption")).to_have_text("Week 50, December 2026")


@pytest.mark.parametrize(
    ("target", "rel"), [("_blank", "noopener"), ("_top", None), ("_self", None), ("", None)]
)
def test_links_open_where_they_are_asked_to(page: Page, address: str, target: str, rel: str | None) -> None:
    """Those that lead out; those that turn the calendar stay in it."""
    said = f' target="{target}"' if target else ""
    body = element(address, f'feed="all" view="month" month="2026-12"{said}')
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        link = calendar.get_by_role("link", name=re.compile("General assembly"))
        expect(link).to_be_visible()
        assert link.get_attribute("target") == (target or None)
        assert link.get_attribute("rel") == rel
        assert ("opens in a new tab" in (link.text_content() or "")) is (target == "_blank")
        assert calendar.get_by_role("link", name="Next month").get_attribute("target") is None


def test_an_event_stands_by_itself(page: Page, address: str) -> None:
    """When, where, and a way to register; in an element and in a frame."""
    body = element(address, 'event="bakery/assembly" language="fr"')
    frame = f'<iframe title="Date" width="500" height="400" src="{address}/embed/events/bakery/assembly.en/"></iframe>'
    with hosting({"/": HOST.format(style="", body=body + frame)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.get_by_role("heading", name="Assemblée générale")).to_be_visible()
        expect(calendar.get_by_text("samedi 5 décembre 2026")).to_be_visible()
        expect(
            calendar.get_by_role("link", name="S’inscrire").or_(
                calendar.get_by_role("link", name="S'inscrire")
            )
        ).to_have_attribute("href", "https://bakery.example.coop/r")
        inside = page.frame_locator("iframe")
        expect(inside.get_by_role("heading", name="General assembly")).to_be_visible()
        expect(inside.get_by_text("The shop, 1 Mill Lane")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-scripts allow-popups"', " sandbox"])
def test_a_frame_is_turned_and_chosen_in(
    browser: Browser, address: str, sandbox: str, *, scripts: bool
) -> None:
    """In a sandbox and without scripts, too, as far as forms are allowed there."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    said = messages(page)
    frame = f'<iframe{sandbox} title="Dates" width="100%" height="800" frameborder="0" src="{address}/embed/all/month.en/?views=month,list&filters=tag&organisation=bakery"></iframe>'
    policy = f"default-src 'none'; frame-src {address}"
    with hosting({"/": HOST.format(style="", body=frame)}, policy) as host:
        page.goto(host)
        inside = page.frame_locator("iframe")
        expect(inside.locator(".coopcal-caption")).to_have_text("November 2026")
        inside.get_by_role("link", name="Next month").click()
        expect(inside.locator(".coopcal-caption")).to_have_text("December 2026")
        expect(inside.get_by_role("link", name="General assembly")).to_be_visible()
        runs = scripts and sandbox != " sandbox"
        if runs or not sandbox:
            inside.get_by_role("combobox", name="Tag").select_option("members")
            if not runs:
                inside.get_by_role("button", name="Show").click()
            expect(inside.get_by_role("link", name="General assembly")).to_have_count(0)
            expect(inside.locator(".coopcal-caption")).to_have_text("December 2026")
            inside.get_by_role("link", name="List").click()
            expect(inside.get_by_role("combobox", name="Tag")).to_have_value("members")
            expect(inside.get_by_role("link", name="Members' evening").first).to_be_visible()
            expect(inside.get_by_role("link", name="Entries for the prize")).to_have_count(0)
    assert [
        each
        for each in said
        if "favicon" not in each and "style" not in each and "404" not in each and "sandbox" not in each
    ] == []
    context.close()


def test_links_open_whole_pages_from_a_sandbox(page: Page, address: str) -> None:
    """A page that was opened from a sandbox stays in it, and is shown there as elsewhere."""

    def from_here(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("https://valley.example", address)))

    page.context.route("https://valley.example/**", from_here)
    frame = f'<iframe sandbox="allow-popups" title="Dates" width="400" height="800" src="{address}/embed/all/list.en/"></iframe>'
    with hosting({"/": HOST.format(style="", body=frame)}) as host:
        page.goto(host)
        inside = page.frame_locator("iframe")
        for link in ("Subscribe", "General assembly"):
            with page.expect_popup() as popped:
                inside.get_by_role("link", name=link).first.click()
            opened = popped.value
            expect(opened.get_by_role("heading", name=link).first).to_be_visible()
            expect(opened.locator("header.site > .page")).to_have_css("display", "flex")
            opened.close()
