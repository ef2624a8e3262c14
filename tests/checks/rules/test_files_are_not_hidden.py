"""Events that are not for everybody."""

from pathlib import Path

from tests.support.checking import events, places, problems_of


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
