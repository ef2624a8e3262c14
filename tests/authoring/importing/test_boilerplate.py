"""Feeds of coopcal come back as what was written, without the words that it adds itself."""

from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.importing import FILE, imported
from tests.support.trees import NOW

from coopcal.authoring.edit import values_of
from coopcal.authoring.importing import boilerplate
from coopcal.authoring.text import Value
from coopcal.compile.pipeline import check, compile_site
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.parse import parse
from coopcal.model.problem import has_errors
from coopcal.site.reader import open_site

LANGUAGES = ("en", "fr", "es", "it", "pt", "de")
SITE = f"title: T\nuid_domain: example.coop\ntimezone: Europe/Brussels\nlanguages: [{', '.join(LANGUAGES)}]\n"
MILL = """name: The Mill and Sons
country: BE
events:
  - id: assembly
    title: Assembly
    when: 2026-09-12 19:00/22:00
    where: The mill, Ghent
    online: https://meet.example.org/x
    description: Come and see.
    links: [{label: Programme, url: https://example.org/p}]
    documents: [{label: Agenda, url: https://example.org/a.pdf}]
    contact: {name: Ana, email: ana@example.org, phone: +32 2 123 45 67}
    hashtag: mill
    registration: {url: https://example.org/r}
    status: cancelled
    reason: The hall is flooded.
  - id: market
    title: Market
    when: 2026-10-03
    hours: 10:00/18:00
    status: postponed
  - id: elsewhere
    title: Elsewhere
    when: 2026-10-05
    hours: 10:00/18:00
    where: {city: Kyoto, country: JP}
  - id: maybe
    title: Maybe
    when: 2026-11-03 10:00/11:00
    timezone: America/New_York
    status: tentative
  - id: walk
    title: Walk
    when: 2026-10-04 10:00/11:00
    repeats:
      every: week
      count: 5
      changes:
        2026-10-11: {when: 2026-10-12 12:00/13:00}
        2026-10-18: {status: cancelled, reason: Rain}
"""


def feed(folder: Path, show: str, mill: str = MILL) -> bytes:
    root = lay(
        folder,
        {
            "coopcal.yaml": SITE,
            "calendars/mill.yaml": mill,
            "feeds/mill.yaml": f"show: {{{show}}}\nwindow: everything\n",
        },
    )
    assert compile_site(root, root / "_site", NOW).published
    return open_site(root / "_site").feeds["mill"].bodies["identity"].content


def events(root: Path) -> dict[str, dict[str, Value]]:
    """Return the events of the bakery by id, without their ids and UIDs."""
    node, _ = parse((root / FILE).read_text(encoding="utf-8"), FILE)
    assert isinstance(node, Keys)
    values = values_of(node)
    assert isinstance(values, dict)
    return {
        each["id"]: {key: value for key, value in each.items() if key not in ("id", "uid")}
        for each in values["events"]
    }


@pytest.mark.parametrize("language", [*LANGUAGES, "[fr, en]", "[de, it, es]"])
@pytest.mark.parametrize("more", ["cancelled: mark", "organisation: prefix"])
def test_a_feed_comes_back_as_it_was_written(tmp_path: Path, language: str, more: str) -> None:
    """In each language, and in several side by side."""
    data = feed(tmp_path / "mill", f"language: {language}, {more}")
    root = lay(tmp_path / "bakery", {})
    outcome = imported(root, data)
    found = events(root)

    assert not has_errors(check(root, NOW).problems)
    assert found["assembly"] == {
        "title": "Assembly",
        "when": "2026-09-12 19:00/22:00",
        "where": "The mill, Ghent",
        "online": "https://meet.example.org/x",
        "description": "Come and see.",
        "links": [{"label": "Programme", "url": "https://example.org/p"}],
        "documents": [{"label": "Agenda", "url": "https://example.org/a.pdf"}],
        "contact": {"name": "Ana", "email": "ana@example.org", "phone": "+32 2 123 45 67"},
        "status": "cancelled",
        "shows_as": "free",
        "reason": "The hall is flooded.",
        "registration": {"url": "https://example.org/r"},
        "hashtag": "mill",
    }
    assert found["market"] == {
        "title": "Market",
        "when": "2026-10-03",
        "status": "postponed",
        "hours": "10:00/18:00",
    }
    assert found["elsewhere"]["hours"] == "10:00/18:00"
    assert "description" not in found["elsewhere"]
    assert found["maybe"] == {
        "title": "Maybe",
        "when": "2026-11-03 10:00/11:00",
        "timezone": "America/New_York",
        "status": "tentative",
    }
    assert found["walk"]["repeats"] == {
        "every": "week",
        "until": "2026-11-01",
        "changes": {
            "2026-10-11": {"when": "2026-10-12 12:00/13:00"},
            "2026-10-18": {"status": "cancelled", "shows_as": "free", "reason": "Rain"},
        },
    }
    assert found.keys() == {"assembly", "elsewhere", "market", "maybe", "walk"}
    assert {loss.code for loss in outcome.losses} <= {"own-words", "technical", "contact"}


def test_what_no_key_takes_stays_a_text(tmp_path: Path) -> None:
    """Nothing is lost of it."""
    mill = "name: The Mill\nevents:\n  - id: x\n    title: X\n    when: 2026-09-12\n    description: 'One: two'\n    practical: {bring: Boots}\n"
    root = lay(tmp_path / "bakery", {})
    imported(root, feed(tmp_path / "mill", "language: en", mill))

    assert str(events(root)["x"]["description"]) == "One: two\n\nPlease bring: Boots\n"


def test_words_of_others_stay(tmp_path: Path) -> None:
    """They are known in coopcal's own feeds alone."""
    data = feed(tmp_path / "mill", "language: en").replace(
        b"PRODID:-//coopcal//coopcal//EN", b"PRODID:-//x//EN"
    )
    root = lay(tmp_path / "bakery", {})
    outcome = imported(root, data)

    assert "Organised by" in str(events(root)["cancelled-assembly"]["description"])
    assert "own-words" not in {loss.code for loss in outcome.losses}


@pytest.mark.parametrize(
    "said", ["Cancelled", "Annulé / Cancelled", "Moved to Monday 12 October 2026, 12:00", "Zeit: 10:00 (MEZ)"]
)
def test_own_words_are_known(said: str) -> None:
    """In any language, in several."""
    assert boilerplate.known(said) is not None


@pytest.mark.parametrize(
    "said", ["Cancelled show", "Annulé / Show", "Moved", "Cancelled / Postponed", "Party"]
)
def test_other_words_are_not(said: str) -> None:
    """Also where they begin like them."""
    assert boilerplate.known(said) is None
