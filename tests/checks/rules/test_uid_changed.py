"""UIDs that were published."""

from pathlib import Path

from tests.support.checking import events, places, problems_of

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_a_published_uid_stays(tmp_path: Path) -> None:
    """The line that pins it is the mend."""
    found = problems_of(tmp_path, events(f"{FAIR}, uid: x1"), events(FAIR))

    assert places(found, "uid-changed") == [("calendars/bakery.yaml", 3, 10, 14)]
    assert [each.mend for each in found if each.code == "uid-changed"] == ["uid: fair.bakery@example.coop"]
