"""What a site says that is published as files is what it says where it is served: word for word, after scripts have run."""

from collections.abc import Iterator
from difflib import unified_diff

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NOW
from tests.support.odd_events import LANGUAGES, odd
from tests.support.serving import served
from tests.support.static_hosts import python_host
from tests.support.trees import compiled

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all

QUERIES = (
    "?q=market",
    "?q=o&when=all",
    "?q=the+hall",
    "?q=market+spring",
    "?tag=market&q=harbour",
    "?organisation=bakery",
    "?q=regatta&when=past",
    "?online=yes",
)
"""What a search is asked for; in further languages the first ones."""


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Return the addresses of a server of a site of odd events, and of a host of its files."""
    root = odd(tmp_path_factory.mktemp("odd"))
    compiled(root, NOW, first=True)
    files = tmp_path_factory.mktemp("files")
    render_all(root / "_site", NOW, Aside(files))
    with served(root, NOW) as server, python_host(files) as host:
        yield server, host


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_of_files_gives_the_lines_of_a_served_one(
    page: Page, hosts: tuple[str, str], language: str
) -> None:
    """How what was found recurs, from when on it is otherwise, whose it is, where, and what else is told of it."""
    for query in QUERIES if language == LANGUAGES[0] else QUERIES[:3]:
        said = []
        for host in hosts:
            page.goto(f"{host}{'' if language == LANGUAGES[0] else f'/{language}'}/search/{query}")
            expect(page.locator("main ol.events > li").first).to_be_visible()
            said.append(page.evaluate(LISTED))
        assert not differing(*said), query


def differing(served: list[str], published: list[str]) -> list[str]:
    """Return the lines that are in one of two pages alone."""
    return [
        line for line in unified_diff(served, published, n=0, lineterm="") if line[:3] not in ("---", "+++")
    ]


LISTED = """() => {
    document.querySelectorAll("main details").forEach(each => each.open = true);
    return [...document.querySelectorAll("#results, main ol.events:not([hidden]) > li")]
        .map(each => each.className.trim() + " " + each.innerText.replace(/\\s+/g, " ").trim());
}"""
