"""Every page of a site: accessible in both themes and all languages, valid HTML, light, and at nobody else's."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import node
from tests.support.crawl import Crawled, crawl
from tests.support.sweep import some
from tests.support.waiting import PATIENCE

from coopcal.web.embed.options import VIEWS

LANGUAGES = ("en", "de", "es", "fr", "it", "pt")
WIDTHS = (320, 1280)
THEMES = ("light", "dark")
PARTS = 4
"""Into which the pages are parted, so that they can be looked at beside one another."""
AXE = node.READERS / "node_modules/axe-core/axe.min.js"
VALIDATOR = node.READERS / "node_modules/vnu-jar/build/dist/vnu.jar"
ANSWERS = (
    "/search/?q=members&when=all",
    "/search/?q=zzz",
    "/builder/?organisation=mill&tag=open-doors",
    "/builder/?tag=zzz",
    "/feeds/all/?tag=members",
    "/feeds/all/subscribe/?remind=evening",
    "/feeds/all/1999/",
    "/feeds/all/?nonsense=1",
    "/nothing/",
)
"""Paths that no link leads to."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def pages(address: str) -> list[Crawled]:
    """Return every page in the site's first language."""
    return crawl(address)


def violations(page: Page) -> list[str]:
    """Ask axe what is wrong with the page as it is shown."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{page.url}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}"
        for each in found["violations"]
    ]


def kinds(pages: list[Crawled]) -> dict[str, str]:
    """Return one path of each type of page."""
    return {page.kind: page.path for page in reversed(pages)}


def invalid(folder: Path, pages: list[Crawled]) -> list[str]:
    """Ask the Nu HTML checker what is wrong with pages, which are put into a folder."""
    node.require(package="vnu-jar")
    if shutil.which("java") is None:
        reason = "HTML was NOT checked: there is no Java here (Debian: apt install default-jre-headless)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    names = {}
    for number, page in enumerate(pages):
        names[f"{number}.html"] = page.path
        (folder / f"{number}.html").write_bytes(page.body)
    done = subprocess.run(
        ["java", "-jar", VALIDATOR, "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return [
        f"{names[each['url'].rsplit('/', 1)[1]]}:{each.get('lastLine')}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
        if each["type"] == "error"
    ]


def test_there_is_a_page_of_each_type(pages: list[Crawled]) -> None:
    """So that the sweeps below mean something."""
    assert {
        "/",
        "/organisations/*/",
        "/events/*/*/",
        "/events/*/*/*/",
        "/feeds/*/",
        "/feeds/*/subscribe/",
        "/feeds/*/poster/",
        "/help/",
        "/help/*/",
        "/check/",
    } <= kinds(pages).keys()


def looked_at(axe: Page) -> list[str]:
    """Return what is wrong with the page that is open, in both themes, on a phone and a desktop."""
    found = []
    for width in WIDTHS:
        axe.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            axe.emulate_media(color_scheme=theme)
            found += [f"{theme}, {width}: {each}" for each in violations(axe)]
        if axe.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{axe.url} scrolls sideways at {width}")
    return found


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_type_of_page_is_accessible(
    axe: Page, address: str, pages: list[Crawled], language: str
) -> None:
    """To WCAG 2.2 AA as far as axe can tell."""
    prefix = "" if language == "en" else f"/{language}"
    found = []
    for path in kinds(pages).values():
        axe.goto(address + prefix + path)
        found += looked_at(axe)

    assert found == []


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_link_leads_to_is_accessible(axe: Page, address: str, language: str) -> None:
    """Answers to forms, narrowed pages, pages that are not there, and what stands in the frames of others."""
    prefix = "" if language == "en" else f"/{language}"
    found = []
    for path in ANSWERS:
        axe.goto(address + prefix + path)
        found += looked_at(axe)
    for framed in (*(f"{view}.{language}/" for view in VIEWS), f"list.{language}/?chrome=no"):
        axe.goto(f"{address}/embed/all/{framed}")
        found += looked_at(axe)
    axe.goto(f"{address}{prefix}/check/")
    axe.locator("textarea").fill("name: The Bakery\nevents:\n  - {id: a, titel: A, when: 2026-13-01}\n")
    axe.locator("main button").click()
    expect(axe.locator("main pre").first).to_be_visible()
    found += looked_at(axe)

    assert found == []


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible(axe: Page, address: str, pages: list[Crawled], part: int) -> None:
    """Each once."""
    found = []
    for page in some(pages[part::PARTS], sample=4):
        axe.goto(address + page.path)
        found += violations(axe)

    assert found == []


@pytest.mark.sweep
def test_every_page_is_valid(tmp_path: Path, address: str, pages: list[Crawled]) -> None:
    """The Nu HTML checker finds no error, in no language."""
    for language in some(LANGUAGES[1:], sample=1):
        pages = [*pages, *crawl(address, f"/{language}/")]
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        more = [*ANSWERS, *(f"/embed/all/{view}.fr/" for view in VIEWS)]
        pages = [*pages, *(Crawled(path, client.get(path).content) for path in more)]
    assert invalid(tmp_path, pages) == []


def test_nothing_runs_that_stands_in_a_page(pages: list[Crawled]) -> None:
    """No script and no style inline; data for search engines runs nothing."""
    for page in pages:
        text = page.body.decode()
        assert not re.search(r"<script(?![^>]*(?: src=\"/static/|type=\"application/ld\+json\"))", text), (
            page.path
        )
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), page.path


def test_no_page_asks_another_host(page: Page, address: str, pages: list[Crawled]) -> None:
    """Nobody learns who reads what; the policy refuses nothing that a page wants."""
    asked, said = set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in kinds(pages).values():
        page.goto(address + path)

    assert {url for url in asked if not url.startswith(address)} == set()
    assert said == []


def test_the_first_page_is_light(page: Page, address: str) -> None:
    """At most 30 kB come over the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")

    assert len(sizes) >= 3
    assert sum(sizes) <= 30_000


PHONES = ((360, 640), (320, 568))


@pytest.mark.parametrize("size", PHONES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_subscribing_is_on_the_first_screen_of_every_type_of_page(
    browser: Browser, address: str, pages: list[Crawled], size: tuple[int, int]
) -> None:
    """Of a small phone, whole, in every language, and it leads to something; nothing runs over the edge."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    found = []
    paths = [*kinds(pages).values(), "/nothing/", "/feeds/all/?nonsense=1"]
    for number, path in enumerate(paths):
        language = LANGUAGES[number % len(LANGUAGES)]
        page.goto(address + ("" if language == "en" else f"/{language}") + path)
        box = page.locator("header.site .button").bounding_box()
        if (
            box is None
            or box["x"] < 0
            or box["x"] + box["width"] > width
            or box["y"] + box["height"] > height / 3
        ):
            found.append(f"{page.url}: {box}")
        page.locator("header.site .button").click()
        if page.locator("#subscribe").count() != 1:
            found.append(f"{page.url}: there is nothing to subscribe to")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} scrolls sideways")
    context.close()

    assert found == []
