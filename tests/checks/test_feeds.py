"""Feeds: what they select, and where closed ones point."""

from pathlib import Path

from tests.support.checking import places, problems_of

BAKERY = "name: The Bakery\nevents:\n  - {id: fair, title: Fair, when: 2026-09-12, tags: [market]}\n"


def test_the_feed_of_an_organisation_and_all_do_not_select(tmp_path: Path) -> None:
    """They hold what they hold; the key is marked."""
    files = {
        "feeds/all.yaml": "title: All\nselect: {tags: [market]}\n",
        "feeds/bakery.yaml": "title: Bread\nwindow: auto\nselect: {tags: [market]}\n",
        "feeds/markets.yaml": "title: Markets\nselect: {tags: [market]}\n",
    }
    found = problems_of(tmp_path, {"calendars/bakery.yaml": BAKERY, **files})

    assert places(found, "own-feed-selects") == [("feeds/all.yaml", 2, 1, 7), ("feeds/bakery.yaml", 3, 1, 7)]


def test_a_feed_that_nothing_fits_is_noted(tmp_path: Path) -> None:
    """A tag that no event has is perhaps misspelt."""
    files = {
        "feeds/markets.yaml": "select: {tags: [markett]}\n",
        "feeds/italy.yaml": "title: Italy\nselect: {countries: [IT]}\n",
        "feeds/past.yaml": "select: {tags: [market]}\nwindow: {past: 1 day, future: 1 day}\n",
    }
    found = problems_of(tmp_path, {"calendars/bakery.yaml": BAKERY, **files})

    assert places(found, "nothing-selected") == [
        ("feeds/italy.yaml", 2, 1, 7),
        ("feeds/markets.yaml", 1, 1, 7),
    ]
    assert [each.mend for each in found if each.code == "nothing-selected"][1] == (
        "no event has the tag “markett”; did you mean “market”?"
    )


def test_a_feed_is_not_called_empty_while_something_is_unread(tmp_path: Path) -> None:
    """What is missing may only be unread."""
    files = {"feeds/italy.yaml": "select: {countries: [IT]}\n", "calendars/mill.yaml": "name: [\n"}

    assert places(problems_of(tmp_path, {"calendars/bakery.yaml": BAKERY, **files}), "nothing-selected") == []


def test_what_is_closed_points_to_another_feed(tmp_path: Path) -> None:
    """Organisations' own feeds, ``all`` and addresses are places to go as well."""
    files = {
        "feeds/old.yaml": "title: Old\nclosed: {on: 2026-01-01, see: bakry}\n",
        "feeds/self.yaml": "title: Self\nclosed:\n  on: 2026-01-01\n  see: self\n",
        "feeds/good.yaml": "closed: {on: 2026-01-01, see: bakery}\n",
        "feeds/well.yaml": "closed: {on: 2026-01-01, see: all}\n",
        "feeds/away.yaml": 'closed: {on: 2026-01-01, see: "https://example.org/"}\n',
    }
    found = problems_of(tmp_path, files)

    assert places(found, "unknown-feed") == [("feeds/old.yaml", 2, 31, 36), ("feeds/self.yaml", 4, 8, 12)]
    assert next(each.mend for each in found if each.code == "unknown-feed") == "did you mean “bakery”?"
