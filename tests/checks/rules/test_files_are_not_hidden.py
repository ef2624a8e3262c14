"""Events that are not for everybody."""

from pathlib import Path

import pytest
from tests.support.checking import events, places, problems_of
from tests.support.copies import URL, copy, event, include


def test_visibility_is_explained_once(tmp_path: Path) -> None:
    """At the first event that is not public."""
    files = events(
        "id: a, title: A, when: 2026",
        "id: b, title: B, when: 2026, visibility: members",
        "id: c, title: C, when: 2026, visibility: members",
    )

    assert places(problems_of(tmp_path, files), "files-are-not-hidden") == [
        ("calendars/bakery.yaml", 4, 10, 11)
    ]


@pytest.mark.parametrize("visibility", ["", "members"])
def test_what_others_hide_in_their_feeds_does_not_stand_for_it(tmp_path: Path, visibility: str) -> None:
    """It stands in no file of staff, and must not take the place of the first event that does."""
    hidden = event("a-00000001", "a@example.org", visibility="members")
    files = {
        "calendars/arts.yaml": "name: The Arts\ncountry: BE\n",
        "feeds/valley.yaml": "title: Valley\n" + include((URL, "arts")),
        **dict([copy(hidden, organisation="arts")]),
        **events(f"id: b, title: B, when: 2026, visibility: {visibility or 'public'}"),
    }
    told = places(problems_of(tmp_path, files), "files-are-not-hidden")

    assert [path for path, *_ in told] == (["calendars/bakery.yaml"] if visibility else [])
