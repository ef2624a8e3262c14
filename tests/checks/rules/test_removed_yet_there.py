"""What is removed is gone."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_what_is_removed_is_not_there(tmp_path: Path) -> None:
    """Nor is it what another event was formerly."""
    files = events(
        FAIR, "id: ball, title: Ball, when: 2026-09-13, formerly: dance", head="removed: [fair, dance]\n"
    )

    assert places(problems_of(tmp_path, files), "removed-yet-there") == [
        ("calendars/bakery.yaml", 2, 11, 15),
        ("calendars/bakery.yaml", 2, 17, 22),
    ]
