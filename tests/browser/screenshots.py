"""Pictures of every type of page, to be looked at: on a phone, a tablet and a desktop, light, dark and on paper.

make screenshots
"""

import logging
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser
from tests.browser.conftest import NOW, checked, valley
from tests.support.browser import launched
from tests.support.crawl import crawl
from tests.support.serving import served

from coopcal.web.embed.wish import VIEWS

FOLDER = Path("_screenshots")
WIDTHS = {"phone": 360, "tablet": 820, "desktop": 1280}
LANGUAGES = ("", "/fr", "/de", "/es", "/it", "/pt")


def main() -> None:
    """Take them all; each type of page once, in a language that changes from one to the next."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = valley(Path(folder))
        with served(root, NOW, checked) as address, launched(NOW) as browser:
            kinds = {page.kind: page for page in reversed(crawl(address))}
            for number, (kind, page) in enumerate(sorted(kinds.items())):
                _take(browser, f"{address}{LANGUAGES[number % len(LANGUAGES)]}{page.path}", kind)
            for view in VIEWS:
                _take(browser, f"{address}/embed/all/{view}.it/", f"embed-{view}")
    sys.stdout.write(f"{len(list(FOLDER.iterdir()))} pictures are in {FOLDER}/\n")


def _take(browser: Browser, address: str, kind: str) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", kind.replace("*", "x")).strip("-") or "home"
    for device, width in WIDTHS.items():
        for theme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
            shown = context.new_page()
            shown.goto(address)
            shown.screenshot(path=FOLDER / f"{name}-{device}-{theme}.png", full_page=True)
            if (device, theme) == ("desktop", "light"):
                shown.pdf(path=FOLDER / f"{name}.pdf", format="A4", prefer_css_page_size=True)
            context.close()


if __name__ == "__main__":
    main()
