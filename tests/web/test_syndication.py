"""Atom and RSS: valid by the grammar, and read by a reader that we did not write."""

import html
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from tests.support import node
from tests.support.trees import compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "grammars/atom.rng"))

BODY = """\
name: The Bakery & Co
country: BE
events:
  - {id: gone, title: Gone, when: 2026-03-01}
  - id: evening
    title: {en: "Evening <open> & free", fr: Soirée}
    when: 2026-06-30 19:00/21:00
    where: {name: The shop, city: Ghent, country: BE}
    description: {en: "Come [here](https://bakery.example.coop/).", fr: Venez.}
    tags: [education]
    repeats: {every: week, count: 3, changes: {2026-07-07: {status: cancelled, reason: Ill}}}
  - {id: fair, title: Fair, when: 2026-07-01/2026-07-03, status: postponed}
  - {id: some, title: Some time, when: 2026-09}
  - {id: board, title: Secret, when: 2026-07-03 09:00/10:00, visibility: members}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a small site."""
    found = lay(
        tmp_path_factory.mktemp("syndication"),
        {"calendars/bakery.yaml": BODY, "calendars/empty.yaml": "name: E\n"},
    )
    compiled(found)
    return found


@pytest.fixture(scope="module")
def reader(root: Path) -> Client:
    """Return a client in June 2026."""
    return Client(create_app(LiveSite(root / "_site"), lambda: datetime(2026, 6, 10, 12, 30, tzinfo=UTC)))


@pytest.mark.parametrize("path", ["bakery.atom", "all.fr.atom", "empty.atom", "all.atom?tag=education"])
def test_atom_is_valid(reader: Client, path: str) -> None:
    """By the grammar of RFC 4287."""
    answer = reader.get(f"/feeds/{path}")
    document = etree.fromstring(answer.data)

    assert GRAMMAR.validate(document), GRAMMAR.error_log
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_the_grammar_refuses_what_is_not_atom() -> None:
    """An entry without ``updated``, a link without an address."""
    for broken in ("<entry><id>x:y</id><title>t</title></entry>", '<link rel="self"/>'):
        feed = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>x:y</id><title>t</title>'
            f"<updated>2026-01-01T00:00:00Z</updated>{broken}</feed>"
        )

        assert not GRAMMAR.validate(etree.fromstring(feed)), broken


@pytest.mark.parametrize("ending", ["atom", "rss", "upcoming.rss"])
def test_a_reader_reads_it_without_complaint(reader: Client, ending: str) -> None:
    """With titles as they are, and addresses that lead to pages."""
    found = feedparser.parse(reader.get(f"/feeds/bakery.{ending}").data)

    assert not found.bozo
    assert found.feed.title == "The Bakery & Co"
    assert found.feed.link == "https://calendars.example.coop/feeds/bakery/"
    assert any(html.unescape(entry.title).endswith("Evening <open> & free") for entry in found.entries)
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    for entry in found.entries:
        path = entry.link.removeprefix("https://calendars.example.coop")
        assert reader.get(path).status_code == 200, path
    assert "Secret" not in reader.get(f"/feeds/bakery.{ending}").text


def test_upcoming_begins_with_the_date_and_the_soonest(reader: Client) -> None:
    """Each date of a series by itself; nothing that is over."""
    found = feedparser.parse(reader.get("/feeds/bakery.fr.upcoming.rss").data)

    assert [entry.title for entry in found.entries] == [
        "mardi 30 juin 2026, 19:00 : Soirée",
        "mercredi 1er juillet 2026 : Reporté : Fair",
        "mardi 7 juillet 2026, 19:00 : Annulé : Soirée",
        "mardi 14 juillet 2026, 19:00 : Soirée",
        "Date non précisée : septembre 2026 : Some time",
    ]


def test_an_entry_keeps_its_id_and_tells_its_change(root: Path, tmp_path: Path) -> None:
    """Another title is the same entry, updated; a new one stands first."""
    body = BODY.replace("title: Fair", "title: The fair")
    tree = lay(tmp_path, {"calendars/bakery.yaml": body, "calendars/empty.yaml": "name: E\n"})
    compiled(tree, previous=str(root / "_site"), now=datetime(2026, 6, 9, tzinfo=UTC))
    before, after = (
        {
            entry.id: entry
            for entry in feedparser.parse(
                Client(create_app(LiveSite(each / "_site"))).get("/feeds/bakery.atom").data
            ).entries
        }
        for each in (root, tree)
    )
    changed = [id_ for id_ in before if after[id_].title != before[id_].title]

    assert before.keys() == after.keys()
    assert len(changed) == 1
    assert next(iter(after)) == changed[0]
    assert after[changed[0]].updated == "2026-06-09T00:00:00Z"


def test_what_changed_is_valid_atom_too(root: Path, tmp_path: Path) -> None:
    """By the same grammar, and read without complaint; with an entry for the event that was changed."""
    body = BODY.replace("title: Fair", "title: The fair & more")
    tree = lay(tmp_path, {"calendars/bakery.yaml": body, "calendars/empty.yaml": "name: E\n"})
    compiled(tree, previous=str(root / "_site"), now=datetime(2026, 6, 9, tzinfo=UTC))
    for path in ("bakery/changes.atom", "all/changes.fr.atom"):
        said = Client(create_app(LiveSite(tree / "_site"))).get(f"/feeds/{path}").data
        found = feedparser.parse(said)

        assert GRAMMAR.validate(etree.fromstring(said)), GRAMMAR.error_log
        assert not found.bozo
        assert len(found.entries) == 1


@pytest.mark.parametrize(
    "path", ["bakery.atom", "bakery.rss", "bakery.upcoming.rss", "all.fr.atom", "empty.rss"]
)
def test_a_second_reader_reads_the_same(reader: Client, path: str) -> None:
    """@rowanmanning/feed-parser and feedparser agree on titles, addresses and ids."""
    content = reader.get(f"/feeds/{path}").data
    first = feedparser.parse(content)
    [second] = node.ask_about_feeds([content.decode()])

    assert second["title"] == first.feed.title
    assert [(each["id"], each["url"]) for each in second["items"]] == [
        (entry.id, entry.link) for entry in first.entries
    ]
    assert [html.unescape(each["title"]) for each in second["items"]] == [
        html.unescape(entry.title) for entry in first.entries
    ]


def test_a_second_reader_reads_what_changed(reader: Client) -> None:
    """Also where nothing has."""
    [found] = node.ask_about_feeds([reader.get("/feeds/bakery/changes.atom").text])

    assert (found["type"], found["version"]) == ("atom", "1.0")
