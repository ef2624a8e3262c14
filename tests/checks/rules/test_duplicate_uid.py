"""UIDs of two events."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_no_two_events_share_a_uid(tmp_path: Path) -> None:
    """Return whether pinned, or made of what was formerly."""
    files = events(
        f"{FAIR}, uid: x1",
        "id: ball, title: Ball, when: 2026-09-13, uid: x1",
        "id: walk, title: Walk, when: 2026-09-14, uid: run.bakery@example.coop",
        "id: run, title: Run, when: 2026-09-15",
    )

    assert places(problems_of(tmp_path, files), "duplicate-uid") == [
        ("calendars/bakery.yaml", 4, 10, 14),
        ("calendars/bakery.yaml", 6, 10, 13),
    ]
