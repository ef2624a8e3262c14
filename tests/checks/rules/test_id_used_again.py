"""Ids of removed events."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_the_id_of_a_removed_event_is_not_used_again(tmp_path: Path) -> None:
    """Even when it is no longer said to be removed."""
    before = events("id: ball, title: Ball, when: 2026-09-13", head="removed: [fair]\n")
    files = events(FAIR, "id: ball, title: Ball, when: 2026-09-13")

    assert places(problems_of(tmp_path, files, before), "id-used-again") == [
        ("calendars/bakery.yaml", 3, 10, 14)
    ]
