"""Pictures of every type of page, to be looked at: on a phone, a tablet and a desktop, light, dark and on paper.

make screenshots
"""

import logging
import re
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser
from tests.browser.conftest import NOW, checked, valley
from tests.support.browser import launched
from tests.support.crawl import crawl
from tests.support.serving import served

from coopcal.web.embed.options import VIEWS

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
            pages = {
                _name(kind): f"{address}{LANGUAGES[number % len(LANGUAGES)]}{page.path}"
                for number, (kind, page) in enumerate(sorted(kinds.items()))
            }
            pages |= {f"embed-{view}": f"{address}/embed/all/{view}.it/" for view in VIEWS}
            for device, theme in product(WIDTHS, ("light", "dark")):
                _take(browser, pages, device, theme)
    sys.stdout.write(f"{len(list(FOLDER.iterdir()))} pictures are in {FOLDER}/\n")


def _name(kind: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", kind.replace("*", "x")).strip("-") or "home"


def _take(browser: Browser, pages: dict[str, str], device: str, theme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[device], "height": 900}, color_scheme=theme)
    shown = context.new_page()
    for name, address in pages.items():
        shown.goto(address)
        shown.screenshot(path=FOLDER / f"{name}-{device}-{theme}.png", full_page=True)
        if (device, theme) == ("desktop", "light"):
            shown.pdf(path=FOLDER / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    context.close()


if __name__ == "__main__":
    main()
