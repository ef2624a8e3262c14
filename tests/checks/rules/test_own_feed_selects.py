"""Feeds that hold what they hold."""

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
