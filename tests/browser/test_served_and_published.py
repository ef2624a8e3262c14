"""What a site says that is published as files is what it says where it is served: word for word, after scripts have run."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from random import Random

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NOW
from tests.browser.test_every_page import kinds
from tests.support.crawl import crawl
from tests.support.odd_events import LANGUAGES, odd
from tests.support.serving import served
from tests.support.static_hosts import python_host
from tests.support.sweep import sized
from tests.support.trees import compiled
from tests.support.waiting import PATIENCE

from coopcal.publish.aside import Aside
from coopcal.publish.rendering import render_all
from coopcal.site.reader import open_site
from coopcal.views.agenda import Agenda
from coopcal.views.spelling import meant

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
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled tree of odd events."""
    found = odd(tmp_path_factory.mktemp("odd"))
    compiled(found, NOW, first=True)
    return found


@pytest.fixture(scope="module")
def hosts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Return the addresses of a server of a site of odd events, and of a host of its files."""
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
            said.append(page.evaluate(READ, LISTED))
        assert not differing(*said), query


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("?q=heron", "Show 1 past event"), ("?q=guilds&when=past", "Show 1 upcoming event")],
)
def test_what_is_found_at_another_time_alone_is_offered(
    page: Page, hosts: tuple[str, str], asked: str, offered: str
) -> None:
    """Where nothing is found in the period that is asked for."""
    for host in hosts:
        page.goto(f"{host}/search/{asked}")
        expect(page.get_by_role("heading", name="No events found")).to_be_visible()
        page.get_by_role("link", name=offered).click()
        expect(page.get_by_role("heading", name="1 event found")).to_be_visible()
        expect(page.locator("main ol.events > li")).to_have_count(1)
        expect(page.get_by_role("link", name=offered)).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("?q=guids", "guilds"),
        ("?q=reagtta", "regatta"),
        ("?q=the+mraket", "the market"),
        ("?q=guild+harbuor&when=past", "guild harbour"),
        ("?q=qqqqqq", ""),
        ("?q=mraket&tag=nothing", ""),
    ],
)
def test_what_was_probably_meant_is_offered(
    page: Page, hosts: tuple[str, str], asked: str, offered: str
) -> None:
    """Where words are found nowhere, at no time; only what something is found by."""
    for host in hosts:
        page.goto(f"{host}/search/{asked}")
        expect(page.get_by_role("heading", name="No events found")).to_be_visible()
        offers = page.get_by_role("link", name="Did you mean")
        expect(offers).to_have_count(1 if offered else 0)
        if offered:
            expect(offers).to_have_text(f"Did you mean “{offered}”?")
            offers.click()
            expect(page.get_by_label("Search terms")).to_have_value(offered)
            expect(page.get_by_role("heading", name=re.compile(r"\d events? found"))).to_be_visible()
            expect(page.locator("main ol.events > li").first).to_be_visible()
            expect(offers).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("feeds/all/", "Market"),
        ("de/feeds/harbour/", "Markt"),
        ("pt-BR/feeds/harbour/2026-12/", "Feira"),
        ("search/", "Market"),
    ],
)
def test_what_no_field_asks_for_is_called_as_it_is_served(
    page: Page, hosts: tuple[str, str], path: str, tag: str
) -> None:
    """A lone tag, a lone country: by their names, where they are chosen and where that is told."""
    for host in hosts:
        page.goto(f"{host}/{path}?tag=market&country=IE&online=no")
        boxes = page.locator("form label:has(:checked) .words")
        expect(boxes.filter(has_text=re.compile(f"^{tag}$"))).to_have_count(1)
        called = boxes.all_text_contents()
        if path != "search/":
            called += [
                each.split(":")[1].strip(" ×")
                for each in page.locator(".chosen li:not(:last-child) a").all_text_contents()
            ]
            assert tag in called[len(called) // 2 :]
        assert not {"market", "IE"} & {*called}


def test_scripts_mean_the_same_as_a_server(page: Page, hosts: tuple[str, str], root: Path) -> None:
    """Of any word with a slip, and of some with two."""
    known, chance = Agenda(open_site(root / "_site")), Random(5)
    words = [
        slipped(chance, slipped(chance, word) if number % 5 == 0 else word)
        for number, word in enumerate([*known.called] * 4)
    ]
    page.goto(f"{hosts[1]}/search/")
    found = page.evaluate(
        "async (words) => { const index = await published.read('index.json'); return words.map((word) => published.meant(index, { words: [word] })); }",
        words,
    )

    assert found == [meant([word], known) for word in words]
    assert len([word for word in found if word]) > 60


def slipped(chance: Random, word: str) -> str:
    """Return a word in which a letter is wrong, missing, one too many, or changed with its neighbour."""
    at = chance.randrange(len(word))
    letter = chance.choice("aeinrst\N{GREEK SMALL LETTER ALPHA}")
    return chance.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :] or letter,
            word[:at] + letter + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        )
    )


@pytest.mark.parametrize(
    "asked",
    [
        "feeds/all/?tag=market",
        "feeds/all/?q=harbour",
        "feeds/harbour/?q=o",
        "builder/?tag=market",
        "builder/",
    ],
)
def test_what_is_upcoming_is_narrowed_alike(page: Page, hosts: tuple[str, str], asked: str) -> None:
    """Below the same headings, with what is moved or off by itself."""
    said = []
    for host in hosts:
        page.goto(f"{host}/{asked}")
        if asked.startswith("feeds/"):
            expect(page.locator(".fitting")).to_contain_text("matching")
        expect(page.locator(UPCOMING).first).to_be_visible()
        said.append(page.evaluate(READ, UPCOMING))
    assert not differing(*said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_the_same(page: Page, hosts: tuple[str, str], language: str) -> None:
    """Of each type one that files have, but for what only a server can do: forms, and whether calendars were fetched.

    Files have no month of a calendar in which nothing of it is.
    """
    start = "/" if language == LANGUAGES[0] else f"/{language}/"
    pages = [
        page for page in crawl(hosts[0], start) if "?" not in page.path and not page.path.endswith(ELSEWHERE)
    ]
    of_both = [page for page in pages if httpx.get(hosts[1] + page.path, timeout=PATIENCE).is_success]
    assert kinds(of_both).keys() == kinds(pages).keys()
    paths = [*kinds(of_both).values()]
    chosen = paths if language == LANGUAGES[0] else paths[:: sized(1, sample=5)]
    found = []
    for path in chosen:
        said = []
        for host in hosts:
            answer = page.goto(host + path)
            assert answer is not None
            assert answer.ok, path
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            page.evaluate(
                f"document.querySelectorAll({SERVED_ALONE!r}).forEach(each => each.style.display = 'none')"
            )
            said.append(page.evaluate(READ, "body"))
        found += [(path, line) for line in differing(*said)]

    assert len(chosen) > 5
    assert found == []


def differing(served: list[str], published: list[str]) -> list[str]:
    """Return the lines that are in one of two pages alone.

    Whose time it is stands above a list that shares one, and in files at each date, where not all of the site share it.
    """
    served, published = ([WHOSE_TIME.sub("", line) for line in lines] for lines in (served, published))
    return [
        line for line in unified_diff(served, published, n=0, lineterm="") if line[:3] not in ("---", "+++")
    ]


WHOSE_TIME = re.compile(
    r" \((?:Irish Time|irische Zeit|hora irlandesa)\)|(?<=\()(?:Irish Time|irische Zeit|hora irlandesa); "
)
READ = """selector => {
    document.querySelectorAll("main details").forEach(each => each.open = true);
    const shown = [...document.querySelectorAll(selector)].filter(each => each.checkVisibility());
    return shown.flatMap(each => each.innerText.split("\\n")).map(line => line.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
LISTED = "#results, main ol.events > li"
UPCOMING = "[aria-labelledby=upcoming] .chapter, [aria-labelledby=upcoming] ol.events > li, #found .chapter, #found ol.events > li, #result ol.events > li"
ELSEWHERE = ("/health/", "/builder/")
"""What files have not, or have for another end: a calendar of one's own is a file to commit."""
SERVED_ALONE = (
    'main form, main .filters, main .choosing, a[href$="/health/"], .turning, section:has(> .embed-preview)'
)
