"""Today is the day of whoever looks, also where it is another one at the calendar's home."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.test_embedding import HOST, element
from tests.browser.test_whose_time import DAIRY, SITE
from tests.support.hosting import hosting
from tests.support.serving import served
from tests.support.trees import lay

from coopcal.compile.pipeline import compile_site

MONDAY = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
"""In Ireland; in Brazil it is Sunday still, which stands in another week."""
MARKED = """() => [document, ...[...document.querySelectorAll("coop-calendar")].map((each) => each.shadowRoot)]
    .flatMap((root) => [...root.querySelectorAll(".today, .coopcal-today")])
    .map((cell) => `${cell.dataset.day}${cell.querySelector(".badge") ? ` ${cell.querySelector(".badge").textContent}` : ""}`)"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a site in Ireland."""
    root = lay(tmp_path_factory.mktemp("dairy"), {"coopcal.yaml": SITE, "calendars/bakery.yaml": DAIRY})
    assert compile_site(root, root / "_site", MONDAY, first=True).published
    with served(root, MONDAY) as address:
        yield address


@pytest.mark.parametrize(
    ("zone", "day", "week"),
    [("Europe/Dublin", "2026-11-30", "2026-W49"), ("America/Sao_Paulo", "2026-11-29", "2026-W48")],
)
def test_today_is_the_day_of_the_visitor(browser: Browser, home: str, zone: str, day: str, week: str) -> None:
    """In months, weeks and years, and in those in the pages of others; in no other week or month."""
    context = browser.new_context(timezone_id=zone)
    context.clock.set_fixed_time(MONDAY)
    page = context.new_page()
    other = {"2026-W48": "2026-W49", "2026-W49": "2026-W48"}[week]
    marked = {}
    for path in (
        "feeds/all/2026-11/", f"feeds/all/{week}/", f"feeds/all/{other}/", "feeds/all/2026-10/", "feeds/all/2026/", "embed/all/month.en/",
        f"embed/all/week.en/?week={week}", f"embed/all/week.en/?week={other}",
    ):  # fmt: skip
        page.goto(f"{home}/{path}")
        marked[path] = page.evaluate(MARKED)
    body = element(home, 'feed="all" view="month" language="en"')
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        expect(page.locator("coop-calendar .coopcal-cell").first).to_be_attached()
        marked["element"] = page.evaluate(MARKED)
        parts = page.locator("coop-calendar .coopcal-today").get_attribute("part")

    assert list(marked.values()) == [
        [f"{day} Today"],
        [f"{day} Today"],
        [],
        [],
        [day],
        [day],
        [day],
        [],
        [day],
    ]
    assert parts == "cell today"
    context.close()
