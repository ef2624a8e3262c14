"""Feeds that select nothing."""

from pathlib import Path

from tests.support.checking import places, problems_of

BAKERY = "name: The Bakery\nevents:\n  - {id: fair, title: Fair, when: 2026-09-12, tags: [market]}\n"


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
