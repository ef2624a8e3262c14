"""Building a feed in a real browser: with a script, without one, with the keyboard alone."""

import html

import httpx
from playwright.sync_api import Browser, Page, expect
from tests.support.waiting import PATIENCE


def test_choices_show_at_once(page: Page, address: str) -> None:
    """The page is not loaded anew; its address follows, and the copy button is there again."""
    page.goto(f"{address}/builder/")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="The Mill").check()
    expect(page.get_by_label("Calendar address")).to_have_value(
        "https://valley.example/feeds/all.ics?organisation=mill"
    )
    page.get_by_role("checkbox", name="open-doors").press("Space")
    expect(page.get_by_role("status").get_by_text("1 upcoming date")).to_be_visible()

    expect(page).to_have_url(f"{address}/builder/?organisation=mill&tag=open-doors")
    assert page.evaluate("window.same")
    expect(page.locator("#result").get_by_role("button", name="Copy")).to_have_count(4)
    page.reload()
    expect(page.get_by_role("checkbox", name="The Mill")).to_be_checked()


def test_the_language_of_the_calendar_is_chosen_like_the_rest(page: Page, address: str) -> None:
    """The choice stays, whether it is made in the form or above it."""
    page.goto(f"{address}/builder/")
    page.get_by_role("checkbox", name="The Mill").check()
    page.wait_for_url("**organisation=mill")
    page.get_by_role("radio", name="français").check()
    page.wait_for_url(f"{address}/fr/builder/?organisation=mill")
    french = page.get_by_label("Adresse du calendrier").input_value()
    page.get_by_role("radio", name="la veille à 18 h").check()
    page.wait_for_url("**remind=evening")
    page.locator(".languages summary").click()
    page.get_by_role("navigation").get_by_role("link", name="italiano").click()

    assert french == "https://valley.example/feeds/all.fr.ics?organisation=mill"
    expect(page).to_have_url(f"{address}/it/builder/?organisation=mill&remind=evening")
    expect(page.get_by_role("radio", name="italiano")).to_be_checked()


def test_without_scripts_a_button_shows_it(browser: Browser, address: str) -> None:
    """The same address, the same result."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/builder/")
    page.get_by_role("checkbox", name="The Mill").check()
    page.get_by_role("checkbox", name="open-doors").check()
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(f"{address}/builder/?organisation=mill&tag=open-doors")
    assert page.get_by_label("Calendar address").input_value() == (
        "https://valley.example/feeds/all.ics?organisation=mill&tag=open-doors"
    )
    page.get_by_role("radio", name="Deutsch").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{address}/de/builder/?organisation=mill&tag=open-doors")
    context.close()


def test_the_code_for_a_web_site_follows_what_is_chosen(page: Page, address: str) -> None:
    """It is seen at once, whole, and what is copied asks for the same; the address of the page, too."""
    page.goto(f"{address}/feeds/all/embedding/?organisation=bakery")
    page.evaluate("window.same = true")
    preview = page.frame_locator(".embed-preview")
    expect(preview.get_by_role("heading", name="All of the valley")).to_be_visible()
    page.get_by_label("View", exact=True).select_option("Month")
    expect(preview.locator(".coopcal-caption")).to_have_text("November 2026")
    page.get_by_role("group", name="Views that visitors can switch to").get_by_label("Month").check()
    page.get_by_role("group", name="Views that visitors can switch to").get_by_label("By day").check()
    page.get_by_role("group", name="Filters that visitors can use").get_by_label("Tag").check()
    page.get_by_label("Colours").select_option("for a dark page")
    page.get_by_label("Colour of links").fill("#ffcc00")
    page.get_by_label("Weeks start on").select_option("Sunday")
    page.get_by_label("Links open").select_option("in the whole window")
    expect(preview.locator("thead th").first).to_have_text("Sun")
    expect(preview.get_by_role("navigation", name="Views").get_by_role("link")).to_have_text(
        ["By day", "Month"]
    )
    expect(preview.get_by_role("link", name="Month", exact=True)).to_have_css("color", "rgb(255, 204, 0)")
    expect(preview.get_by_role("combobox", name="Tag")).to_be_visible()
    page.wait_for_function("document.querySelector('.embed-preview').offsetHeight > 500")

    asked = "colours=dark&accent=ffcc00&first-day=sunday&target=_top&views=agenda+month&filters=tag"
    frame = page.get_by_label("As a frame").input_value()
    assert html.unescape(frame) == (
        f'<iframe src="https://valley.example/embed/all/month.en/?organisation=bakery&{asked}" title="All of the valley" width="100%" '
        'height="480" frameborder="0" loading="lazy" style="color-scheme: dark" data-coopcal></iframe>'
    )
    assert page.get_by_label("As an element").input_value() == (
        '<script src="https://valley.example/embed.js" async></script>\n'
        '<coop-calendar feed="all" language="en" organisation="bakery" view="month" colours="dark" accent="ffcc00" first-day="sunday" '
        'target="_top" views="agenda month" filters="tag"><a href="https://valley.example/feeds/all/?organisation=bakery">All of the valley</a></coop-calendar>'
    )
    fragment = page.get_by_label("As a fragment").input_value()
    assert httpx.get(fragment.replace("https://valley.example", address), timeout=PATIENCE).status_code == 200
    assert page.evaluate("window.same")
    page.reload()
    expect(page.get_by_label("Colours")).to_have_value("dark")
    expect(page.get_by_label("As a frame")).to_have_value(frame)


def test_without_scripts_the_code_is_made_by_a_button(browser: Browser, address: str) -> None:
    """In another language; what is no value is told."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/de/feeds/all/embedding/")
    page.get_by_label("Ansicht", exact=True).select_option("Karten")
    page.get_by_label("Höchstzahl der Termine").fill("3")
    page.get_by_label("ohne Überschrift").check()
    page.get_by_role("button", name="Zeigen").click()

    expect(page.frame_locator(".embed-preview").get_by_role("listitem")).to_have_count(3)
    expect(page.frame_locator(".embed-preview").get_by_role("link", name="Abonnieren")).to_have_count(0)
    assert 'view="cards" number="3" chrome="no"' in page.get_by_label("Als Element").input_value()
    page.goto(f"{address}/feeds/all/embedding/?accent=red")
    expect(page.get_by_role("alert")).to_contain_text("“red” isn’t a valid value for “accent”")
    context.close()
