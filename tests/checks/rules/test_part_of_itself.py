"""Organisations that are part of others."""

from pathlib import Path

from tests.support.checking import places, problems_of


def test_a_circle_is_told_once_at_the_reference_that_closes_it(tmp_path: Path) -> None:
    """And the sentence goes round it."""
    found = problems_of(
        tmp_path,
        {
            "calendars/a.yaml": "name: A\npart_of: [b]\n",
            "calendars/b.yaml": "name: B\npart_of: [c]\n",
            "calendars/c.yaml": "name: C\npart_of: [a]\n",
            "calendars/d.yaml": "name: D\npart_of: [a, d]\n",
        },
    )

    assert places(found, "part-of-itself") == [
        ("calendars/c.yaml", 2, 11, 12),
        ("calendars/d.yaml", 2, 14, 15),
    ]
    assert [each.message for each in found if each.code == "part-of-itself"] == [
        "“a” is part of itself: a → b → c → a",
        "“d” is part of itself: d → d",
    ]


def test_two_ways_to_the_same_whole_are_no_circle(tmp_path: Path) -> None:
    """An organisation may be part of several."""
    files = {
        "calendars/a.yaml": "name: A\npart_of: [b, c]\n",
        "calendars/b.yaml": "name: B\npart_of: [c]\n",
        "calendars/c.yaml": "name: C\n",
    }

    assert places(problems_of(tmp_path, files), "part-of-itself") == []
