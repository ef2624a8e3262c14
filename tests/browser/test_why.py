"""The page that tells why a calendar does not update, in a browser: with all programs there are, in languages, themes, widths."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.test_every_page import looked_at
from tests.support.hosting import running
from tests.support.trees import NOW
from werkzeug.serving import make_server

from coopcal.counting.counts import Counts
from coopcal.counting.family import Family
from coopcal.counting.keeper import Keeper
from coopcal.counting.ledger import Ledger
from coopcal.site.reader import LiveSite
from coopcal.web import counted, create_app

HOUR = int(NOW.timestamp()) // 3600


@pytest.fixture
def counting(root: Path, tmp_path: Path) -> Iterator[str]:
    """Serve a site that every family fetches; return the server's address."""
    ledger = Ledger(tmp_path)
    fetches = Counter({("all", str(family), HOUR): 3_000 for family in Family})
    ledger.add(Counts(fetches=fetches), HOUR * 3600)
    extras = [counted.pages(Keeper(ledger, NOW.timestamp), "")]
    app = create_app(LiveSite(root / "_site"), lambda: NOW, extras)
    with running(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield address


def test_it_is_accessible_and_fits_everywhere(axe: Page, counting: str) -> None:
    found = []
    for prefix in ("", "/de", "/pt"):
        axe.goto(f"{counting}{prefix}/feeds/all/health/")
        found += looked_at(axe)

    assert found == []


def test_what_is_counted_is_told_by_the_keyboard_alone(page: Page, counting: str) -> None:
    page.goto(f"{counting}/feeds/all/health/")
    page.locator("summary", has_text="What is counted").focus()
    page.keyboard.press("Enter")

    assert page.get_by_text("No address and no name of anybody is kept.").is_visible()
