"""Building a feed in a real browser: with a script, without one, with the keyboard alone."""

from playwright.sync_api import Browser, Page, expect


def test_choices_show_at_once(page: Page, address: str) -> None:
    """The page is not loaded anew; its address follows, and the copy button is there again."""
    page.goto(f"{address}/builder/")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="The Mill").check()
    expect(page.get_by_label("Address of the calendar")).to_have_value(
        "https://valley.example/feeds/all.ics?organisation=mill"
    )
    page.get_by_role("checkbox", name="open-doors").press("Space")
    expect(page.get_by_role("status").get_by_text("1 date to come")).to_be_visible()

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
    assert page.get_by_label("Address of the calendar").input_value() == (
        "https://valley.example/feeds/all.ics?organisation=mill&tag=open-doors"
    )
    page.get_by_role("radio", name="Deutsch").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{address}/de/builder/?organisation=mill&tag=open-doors")
    context.close()
