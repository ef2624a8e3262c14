"""Files of one event."""

from pathlib import Path

from tests.support.checking import events, places, problems_of


def test_files_of_an_event_have_names_of_their_own(tmp_path: Path) -> None:
    """They are published beside each other; the image is one of them."""
    files = events(
        "id: fair, title: Fair, when: 2026-09-12, documents: [{label: A, file: a/plan.png}], image: b/plan.png"
    )
    for folder in ("a", "b"):
        files[f"calendars/{folder}/plan.png"] = "picture"
        files[f"calendars/{folder}/organisation.yaml"] = f"name: {folder}\n"

    assert places(problems_of(tmp_path, files), "same-file-name") == [("calendars/bakery.yaml", 3, 10, 14)]
