"""Line ends and signs of direction in any value: refused, or published without harm; nothing breaks."""

import copy
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support import lint
from tests.support.pictures import content
from tests.support.trees import NOW, lay
from werkzeug.test import Client

from coopcal.compile.pipeline import compile_site
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import create_app

TREE = {
    "coopcal.yaml": """\
title: Example
uid_domain: example.coop
base_url: https://calendars.example.coop
languages: [en, fr]
timezone: Europe/Brussels
tags: {food: {en: Food, fr: Cuisine}}
legal: [{label: Imprint, url: "https://example.coop/"}]
""",
    "calendars/bakery.yaml": """\
name: {en: The Bakery, fr: La boulangerie}
full_name: The Bakery of Ghent
url: https://bakery.example.coop/
email: office@bakery.example.coop
phone: +32 2 543 10 33
address: Mill Street 1
country: BE
places: {shop: {name: The shop, address: Mill Street 2, city: Ghent, country: BE, access: Ring twice}}
contacts: {office: {name: The office, email: office@bakery.example.coop, phone: +32 2 543 10 33}}
events:
  - id: fair
    title: {en: Fair, fr: Foire}
    when: 2026-09-12 10:00/17:00
    where: shop
    online: https://meet.example.coop/
    partners: [{name: Friends, url: "https://friends.example/"}]
    description: Come
    tags: [food]
    links: [{label: More, url: "https://example.coop/more", rel: video}]
    documents: [{label: Plan, file: files/plan.pdf}, {label: Map, url: "https://example.coop/map"}]
    registration: {url: "https://example.coop/r", closes: 2026-09-01 12:00, places: 40, price: 10 euros}
    practical: {bring: An apron}
    contact: office
    hashtag: Fair2026
    image: {file: files/fair.png, alt: A stall}
    series: fairs
    status: tentative
    languages: [en]
    sessions: [{id: tea, title: Tea, when: 10:00/11:00}]
  - {id: off, title: Off, when: 2026-09-13, status: cancelled, reason: Flood, uid: 123@elsewhere.example}
  - id: weekly
    title: Weekly
    when: 2026-09-14 19:00/20:00
    repeats: {every: week, count: 3, except: [{date: 2026-09-21, reason: Holidays}]}
""",
    "feeds/both.yaml": "title: Both\ndescription: All\nshow: {language: [en, fr]}\n",
}
FILES = ("plan.pdf", "fair.png", "plan\n.pdf", "plan\u202e.pdf", "fair\n.png", "fair\u202e.png")
PAGES = ("/", "/feeds/both/", "/organisations/bakery/", "/events/bakery/fair/", "/search/?q=fair")
FORMATS = ("ics", "atom", "rss", "json", "csv", "txt", "md", "jcal")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return where each text is."""
    if isinstance(value, str):
        yield path
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from leaves(inner, (*path, key))


SOURCES = {path: yaml.load(text, yaml.BaseLoader) for path, text in TREE.items()}
PLACES = [(path, *leaf) for path, source in SOURCES.items() for leaf in leaves(source)]


def with_sign(place: tuple[Any, ...], sign: str) -> dict[str, str]:
    """Return the tree with a sign inside one value; JSON is YAML."""
    sources = copy.deepcopy(SOURCES)
    holder: Any = sources
    for step in place[:-1]:
        holder = holder[step]
    said = holder[place[-1]]
    middle = said.rfind(".") if said.startswith("files/") else len(said) // 2
    holder[place[-1]] = said[:middle] + sign + said[middle:]
    return {path: json.dumps(source) for path, source in sources.items()}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a tree with its files."""
    made = tmp_path_factory.mktemp("signs")
    (made / "calendars/files").mkdir(parents=True)
    for name in FILES:
        (made / "calendars/files" / name).write_bytes(content(name, "x"))
    return made


def test_the_tree_is_sound_without_them(root: Path, tmp_path: Path) -> None:
    assert compile_site(lay(root, with_sign(PLACES[0], "")), tmp_path / "site", NOW).published


@pytest.mark.sweep(cases=30)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(map(str, place)))
def test_a_line_end_is_refused_or_does_no_harm(place: tuple[Any, ...], root: Path, tmp_path: Path) -> None:
    outcome = compile_site(lay(root, with_sign(place, "\n")), tmp_path / "site", NOW)

    assert outcome.published or outcome.problems
    for feed in open_site(tmp_path / "site").feeds.values() if outcome.published else ():
        assert lint.faults(feed.bodies["identity"].content) == []


def left_open(text: str) -> list[str]:
    """Return the lines in which a sign of direction is not closed, or closes nothing."""
    return [line for line in text.splitlines() if not _is_closed(line)]


def _is_closed(line: str) -> bool:
    opened: list[str] = []
    for each in line:
        kind = unicodedata.bidirectional(each)
        if kind in ("LRE", "RLE", "LRO", "RLO"):
            opened.append("PDF")
        elif kind in ("LRI", "RLI", "FSI"):
            opened.append("PDI")
        elif kind in ("PDF", "PDI") and (not opened or opened.pop() != kind):
            return False
    return not opened


@pytest.mark.sweep(cases=15)
@pytest.mark.parametrize(
    "place", [each for each in PLACES if each[-1] != "uid"], ids=lambda place: "-".join(map(str, place))
)
def test_a_sign_of_direction_does_not_reach_beyond_its_text(
    place: tuple[Any, ...], root: Path, tmp_path: Path
) -> None:
    """A UID from elsewhere stays as it is, as it is read by programs alone."""
    outcome = compile_site(lay(root, with_sign(place, "\u202e")), tmp_path / "site", NOW)
    assert outcome.published or outcome.problems
    if not outcome.published:
        return
    client = Client(create_app(LiveSite(tmp_path / "site"), lambda: NOW))
    for address in (*PAGES, *(f"/feeds/both.{ending}" for ending in FORMATS)):
        text = client.get(address).text.replace("\r\n ", "").replace("\\n", "\n")
        assert left_open(text) == [], address
