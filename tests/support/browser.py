"""A real browser, the system's Chromium, steered by Playwright.

Where its headless shell is installed, too, pages are opened in that: it is the same engine without the windows, and takes a quarter of the time.
What a profile is kept for is tried in the whole browser.
"""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from tests.support.programs import skip_or_fail

CHROMIUM = Path("/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
PATIENCE = 30_000  # milliseconds
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE)


def missing(chromium: Path = CHROMIUM) -> str | None:
    """Tell what is lacking on this machine, and how to get it; None if nothing is."""
    if chromium.exists():
        return None
    return "Pages were NOT tried in a browser: there is no Chromium here (Debian: apt install chromium)"


def require(chromium: Path = CHROMIUM) -> None:
    """Skip the running test, telling why, if there is no browser; where CI=true, fail it."""
    skip_or_fail(missing(chromium))


@cache
def _playwright() -> Playwright:
    """Return what steers browsers: one a process, as two cannot stand beside each other; it ends with the process."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


def shown(opened: Page) -> Page:
    """Wait until a page that another one opened was painted: Chromium drops keys that are pressed before, and nobody sees it before."""
    opened.wait_for_load_state()
    opened.screenshot()  # which waits for a frame; what pages ask for frames with goes by the clock of the test
    return opened


@contextmanager
def browsing(profile: Path) -> Iterator[BrowserContext]:
    """Return a browser with a profile of its own, until the block ends."""
    require()
    context = _playwright().chromium.launch_persistent_context(
        str(profile), executable_path=str(CHROMIUM), headless=True, args=list(_FLAGS)
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def launched(instant: datetime | None = None) -> Iterator[Browser]:
    """Return a browser whose contexts have no profile, until the block ends; its clock stands at an instant, if given."""
    program = SHELL if SHELL.exists() else CHROMIUM
    require(program)
    browser = _playwright().chromium.launch(executable_path=str(program), headless=True, args=list(_FLAGS))
    if instant is not None:
        opened = browser.new_context

        def new_context(**options: Any) -> BrowserContext:
            context = opened(**options)
            context.clock.set_fixed_time(instant)
            return context

        browser.new_context = new_context  # type: ignore[method-assign]  # so that no test can forget the clock
    try:
        yield browser
    finally:
        browser.close()
