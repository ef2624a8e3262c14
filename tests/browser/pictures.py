"""Pictures for the README and the docs, of the calendars in this repository: a part of `make screenshots`."""

import html
import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from playwright.sync_api import Browser
from tests.support.browser import launched
from tests.support.hosting import running
from tests.support.serving import served
from tests.support.terminal import coopcal
from tests.support.trees import lay
from werkzeug.serving import make_server

from coopcal.compile.pipeline import compile_site

HERE = Path(__file__).parents[2]
FOLDER = HERE / "docs" / "pictures"
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
PUBLIC = "https://calendars.coopcal.example"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15"
SIDE = (1200, 800)
PHONE = (390, 800)


@dataclass(frozen=True)
class Picture:
    """A picture of a page: the address below the site, and the size in pixels of what is shown of it."""

    path: str
    size: tuple[int, int] = SIDE
    dark: bool = False


PICTURES: Mapping[str, Picture] = {
    "home": Picture("/"),
    "home-phone": Picture("/", PHONE, dark=True),
    "feed": Picture("/feeds/millbrook-example/"),
    "event": Picture("/events/millbrook-example/general-meeting-2027/"),
    "month": Picture("/feeds/all/2026-12/"),
}

EMBED = Picture("/", (1200, 900))
TERMINAL_SIZE = (1080, 480)

WEBMASTER = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>The Old Mill</title>
<style>
  body {{ margin: 0; font: 17px/1.6 Georgia, serif; color: #22303c; background: #f7f4ee; }}
  header {{ background: #24424a; color: #fff; padding: 1.2rem 3rem; font-size: 1.6rem; }}
  main {{ display: grid; grid-template-columns: 1fr 24rem; gap: 3rem; padding: 1.4rem 3rem; }}
  aside {{ background: #fff; padding: 1rem 1.4rem; border-radius: 8px; align-self: start; }}
  h1, h2 {{ line-height: 1.2; margin-block: 0 0.6rem; }}
</style>
<header>The Old Mill: a page of somebody else</header>
<main><article><h1>Bread that belongs to those who bake it</h1>
<p>Forty members, two ovens, one shop. The calendar on this page is no copy: it is the calendar itself,
put here by two lines of HTML, in the type of this page, and it keeps itself up to date.</p>
<coop-calendar feed="millbrook-example" view="cards" number="4"></coop-calendar></article>
<aside><h2>What is on</h2>
<coop-calendar feed="millbrook-example" views="list month" number="5"></coop-calendar></aside></main>
<script src="{address}/embed.js" async></script></html>
"""

MISTAKEN = {
    "coopcal.yaml": "title: Cooperatives of the valley\nuid_domain: valley.example\ntimezone: Europe/Brussels\n",
    "calendars/bakery.yaml": """\
        name: The Bakery
        country: BE
        places:
          shop: {name: The shop, address: 1 Mill Lane, city: Ghent}
        events:
          - id: assembly
            title: General assembly
            when: Sun 2026-12-05 10:00/16:00
            where: shop
          - id: open-day
            title: Open day
            wehn: 2026-12-12
            where: shp
    """,
}

TERMINAL = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>A terminal</title>
<style>
  body {{ margin: 0; background: #16202a; color: #e6edf3; }}
  pre {{ font: 17px/1.5 "DejaVu Sans Mono", monospace; padding: 1.6rem 2rem; margin: 0; }}
  .bold {{ font-weight: 700; }} .dim {{ color: #9fb0c0; }} .red {{ color: #ff8a80; }} .yellow {{ color: #ffd479; }}
</style><pre>$ coopcal check
{printed}</pre></html>
"""
CLASSES = {"1": "bold", "2": "dim", "31": "red", "33": "yellow"}


def main() -> None:
    """Take all of them."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched(NOW) as browser:
        with _own_site(Path(folder) / "own") as address:
            for name, picture in PICTURES.items():
                _take(browser, name, f"{address}{picture.path}", picture)
            with _page_of(WEBMASTER.format(address=address)) as page:
                _take(browser, "embed", page, EMBED, address)
        root = lay(Path(folder) / "mistaken", MISTAKEN)
        with _page_of(TERMINAL.format(printed=coloured(checked(root)))) as page:
            _take(browser, "check", page, Picture("/", TERMINAL_SIZE))
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures are in docs/pictures/\n")


@contextmanager
def _own_site(root: Path) -> Iterator[str]:
    """Serve the calendars of this repository."""
    for name in ("calendars", "feeds", "files"):
        shutil.copytree(HERE / name, root / name)
    settings = (HERE / "coopcal.yaml").read_text(encoding="utf-8")
    (root / "coopcal.yaml").write_text(f"{settings}base_url: {PUBLIC}\n", encoding="utf-8")
    outcome = compile_site(root, root / "_site", NOW, first=True)
    assert outcome.published, outcome.problems
    with served(root, NOW) as address:
        yield address


@contextmanager
def _page_of(content: str) -> Iterator[str]:
    """Serve one page from an origin of its own."""

    def application(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [content.encode()]

    with running(make_server("127.0.0.1", 0, application, threaded=True)) as address:
        yield f"{address}/"


def _take(browser: Browser, name: str, address: str, picture: Picture, public: str = "") -> None:
    """Take a picture of a page; what it loads from the public address is at ``public``."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        user_agent=MAC,
    )
    context.route(
        f"{PUBLIC}/**",
        lambda route: route.fulfill(response=route.fetch(url=route.request.url.replace(PUBLIC, public))),
    )
    shown = context.new_page()
    shown.goto(address, wait_until="networkidle")
    shown.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def checked(root: Path) -> str:
    """Return what `coopcal check` prints on a terminal, with its colours."""
    terminal = coopcal(root, "--language", "en", "check", "--now", "2026-11-27")
    terminal.end()
    return terminal.said.replace("\r\n", "\n")


def coloured(printed: str) -> str:
    """Return what was printed as HTML, its colours as classes."""
    parts = re.split(r"\x1b\[([\d;]*)m", printed)
    written = [html.escape(parts[0])]
    for codes, text in zip(parts[1::2], parts[2::2], strict=True):
        names = " ".join(CLASSES[code] for code in codes.split(";") if code in CLASSES)
        written.append(f'<span class="{names}">{html.escape(text)}</span>' if names else html.escape(text))
    return "".join(written)


if __name__ == "__main__":
    main()
