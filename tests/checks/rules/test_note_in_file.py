"""Notes of those who keep the files."""

from pathlib import Path

from tests.support.checking import places, problems_of

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


def test_a_note_is_told_once(tmp_path: Path) -> None:
    """Where it stands at an event for everybody; the other is told of as such."""
    noted = "    when: 2026-09-12\n    note: Ask Ana.\n"
    hidden = noted + "    visibility: members\n"
    second = "  - id: two\n    title: Two\n" + noted

    found = problems_of(tmp_path / "a", {"calendars/bakery.yaml": HEAD + noted + second})
    assert places(found, "note-in-file") == [("calendars/bakery.yaml", 7, 11, 19)]
    assert {each.severity for each in found if each.code == "note-in-file"} == {"note"}
    found = problems_of(tmp_path / "b", {"calendars/bakery.yaml": HEAD + hidden})
    assert places(found, "note-in-file") == []
    off = "title: T\nuid_domain: example.coop\nchecks: {note-in-file: off}\n"
    found = problems_of(tmp_path / "c", {"coopcal.yaml": off, "calendars/bakery.yaml": HEAD + noted})
    assert places(found, "note-in-file") == []
    date = "    when: [2026-09-12, {when: 2026-09-13, note: Ask Ana.}]\n"
    found = problems_of(tmp_path / "d", {"calendars/bakery.yaml": HEAD + date})
    assert [each[1] for each in places(found, "note-in-file")] == [6]
