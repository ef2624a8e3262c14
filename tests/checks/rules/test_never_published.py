"""What is removed was published once."""

from datetime import UTC, datetime
from pathlib import Path

from tests.support.checking import events, lay, places, problems_of

from coopcal.compile.pipeline import compile_site

FAIR = "id: fair, title: Fair, when: 2026-09-12"


def test_what_is_removed_was_published(tmp_path: Path) -> None:
    """Said only where it is known what was published."""
    files = events(FAIR, head="removed: [bal, walk]\n")
    before = events(FAIR, "id: walk, title: Walk, when: 2026-09-14")

    assert places(problems_of(tmp_path / "one", files), "never-published") == []
    assert places(problems_of(tmp_path / "two", files, before), "never-published") == [
        ("calendars/bakery.yaml", 2, 11, 14)
    ]


FILE = "calendars/bakery.yaml"


HEAD = "name: The Bakery\ncountry: BE\n"


NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_what_a_renamed_organisation_removed_was_published(tmp_path: Path) -> None:
    """Until its former id is told, that alone is asked for."""
    text = HEAD + "removed: [old, typo]\nevents: []\n"
    out = tmp_path / "site"
    for day, listed in enumerate(("  - {id: old, title: Old, when: 2026-09-12}\n", "  []\n")):
        head = HEAD + ("removed: [old]\n" if day else "") + "events:\n"
        root = lay(tmp_path / f"{day}", {FILE: head + listed})
        assert compile_site(root, out, NOW).published
    root = lay(tmp_path / "now", {"calendars/oven.yaml": text})
    (root / FILE).unlink()

    from_check = [
        each.message for each in compile_site(root, out, NOW).problems if each.code == "never-published"
    ]

    assert from_check == ["No event “typo” was ever published"]
