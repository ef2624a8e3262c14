"""Importing, and importing again: what is written, what is left, what is told."""

import json
import os
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.importing import FILE, calendar, event, imported, kinds
from tests.support.steps import steps
from tests.support.trees import NOW, compiled

from coopcal.compile.pipeline import check
from coopcal.model.ids import NewIds
from coopcal.model.problem import has_errors

PARTY = event("DTSTART;TZID=Europe/Brussels:20260912T190000", "DTEND;TZID=Europe/Brussels:20260912T220000")
WALK = event("DTSTART;VALUE=DATE:20261003", uid="b@example.org", title="Walk")
OWN = (
    "name: The Bakery  # ours\ncountry: BE\nevents:\n  - id: party\n    title: Party\n    when: 2025-09-13\n"
)


def test_new_events_go_behind_the_others_and_every_other_byte_stays(tmp_path: Path) -> None:
    """Ids are made of titles, with the year where they are taken."""
    root = lay(tmp_path, {FILE: OWN})
    outcome = imported(root, calendar(*PARTY, *WALK))

    assert kinds(outcome) == [("new", "party-2026"), ("new", "walk")]
    assert (root / FILE).read_text(encoding="utf-8") == OWN + (
        "\n  - id: party-2026\n    title: Party\n    when: 2026-09-12 19:00/22:00\n    uid: a@example.org\n"
        "\n  - id: walk\n    title: Walk\n    when: 2026-10-03\n    uid: b@example.org\n"
    )
    assert not has_errors(check(root, NOW).problems)


def test_the_same_again_writes_nothing(tmp_path: Path) -> None:
    """Neither the sources nor the memory change a byte."""
    root = lay(tmp_path, {FILE: OWN})
    imported(root, calendar(*PARTY, *WALK))
    before = {path: path.read_bytes() for path in root.rglob("*.*")}
    outcome = imported(root, calendar("X-PUBLISHED-TTL:PT1H", *PARTY, *WALK))

    assert kinds(outcome) == [("unchanged", "party-2026"), ("unchanged", "walk")]
    assert outcome.files == []
    assert {path: path.read_bytes() for path in root.rglob("*.*")} == before


def test_what_changed_in_the_source_is_taken_over_and_what_staff_wrote_stays(tmp_path: Path) -> None:
    """Key by key; the comment at the end of the file stays, too."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*PARTY, *WALK))
    file = root / FILE
    edited = file.read_text(encoding="utf-8").replace("title: Party\n", "title: Summer party\n")
    file.write_text(edited + "\n# The end\n", encoding="utf-8")
    moved = [line.replace("20260912", "20260919") for line in PARTY]
    outcome = imported(root, calendar(*moved, *WALK))

    assert kinds(outcome) == [("updated", "party"), ("unchanged", "walk")]
    assert file.read_text(encoding="utf-8") == edited.replace("09-12", "09-19") + "\n# The end\n"


def test_what_changed_on_both_sides_is_told_and_left(tmp_path: Path) -> None:
    """At each import, until both are alike."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*PARTY))
    file = root / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("19:00/22:00", "18:00/22:00"), encoding="utf-8")
    before = file.read_bytes()
    moved = calendar(*[line.replace("T190000", "T200000") for line in PARTY])
    for _ in range(2):
        outcome = imported(root, moved)

        assert kinds(outcome) == [("both-changed", "party")]
        assert outcome.steps[0].said.startswith("when: ")
        assert file.read_bytes() == before

    agreed = calendar(*[line.replace("T190000", "T180000") for line in PARTY])

    assert kinds(imported(root, agreed)) == [("unchanged", "party")]


def test_what_is_gone_is_told_and_what_was_taken_out_stays_out(tmp_path: Path) -> None:
    """Nothing is deleted; another source tells nothing of it."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*PARTY, *WALK))
    before = (root / FILE).read_bytes()

    assert kinds(imported(root, calendar(*WALK), "other.ics")) == [("unchanged", "walk")]

    imported(root, calendar(*PARTY, *WALK))
    outcome = imported(root, calendar(*WALK))

    assert kinds(outcome) == [("unchanged", "walk"), ("gone", "party")]
    assert "removed: [party]" in outcome.steps[1].said
    assert (root / FILE).read_bytes() == before

    (root / FILE).write_text("name: The Bakery\n", encoding="utf-8")

    assert kinds(imported(root, calendar(*WALK))) == [("deleted-here", "walk")]
    assert (root / FILE).read_text(encoding="utf-8") == "name: The Bakery\n"


def test_a_lost_memory_brings_nothing_twice(tmp_path: Path) -> None:
    """UIDs tell what is there; what differs is told."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    imported(root, calendar(*PARTY, *WALK))
    (root / "imports/bakery.json").unlink()
    moved = [line.replace("20260912", "20260919") for line in PARTY]

    assert kinds(imported(root, calendar(*moved, *WALK))) == [
        ("both-changed", "party"),
        ("unchanged", "walk"),
    ]


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    """It says what would be written."""
    root = lay(tmp_path, {FILE: OWN})
    outcome = imported(root, calendar(*PARTY), dry=True)

    assert outcome.files == [FILE, "imports/bakery.json"]
    assert (root / FILE).read_text(encoding="utf-8") == OWN
    assert not (root / "imports").exists()


def test_an_event_that_would_bring_an_error_is_left_out(tmp_path: Path) -> None:
    """Here the UID is that of another organisation's event; all others come over."""
    other = (
        "name: The Mill\nevents:\n  - id: party\n    title: Party\n    when: 2026\n    uid: a@example.org\n"
    )
    root = lay(tmp_path, {"calendars/mill.yaml": other})
    outcome = imported(root, calendar(*PARTY, *WALK))

    assert kinds(outcome) == [("new", "walk"), ("left-out", "a@example.org")]
    assert "mill/party" in outcome.steps[1].said
    assert not has_errors(check(root, NOW).problems)


def test_a_change_that_would_bring_an_error_is_left_out(tmp_path: Path) -> None:
    """Here an event that took place would become next year's under its old id."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    past = [line.replace("20260912", "20260301") for line in PARTY]
    imported(root, calendar(*past))
    compiled(root)
    before = (root / FILE).read_bytes()
    outcome = imported(root, calendar(*[line.replace("20260912", "20261201") for line in PARTY], *WALK))

    assert kinds(outcome) == [("new", "walk"), ("left-out", "party")]
    assert (root / FILE).read_bytes().startswith(before)
    assert not has_errors(check(root, NOW, out=root / "_site").problems)


def test_errors_that_were_there_stay_and_hinder_nothing(tmp_path: Path) -> None:
    """They are not the import's."""
    root = lay(tmp_path, {FILE: OWN.replace("2025-09-13", "2025-09-31")})

    assert kinds(imported(root, calendar(*WALK))) == [("new", "walk")]


def test_a_folder_takes_new_events_in_a_file_of_their_own(tmp_path: Path) -> None:
    """Later ones go behind them."""
    root = lay(tmp_path, {"calendars/bakery/organisation.yaml": "name: The Bakery\n"})
    (root / FILE).unlink()
    imported(root, calendar(*PARTY))
    imported(root, calendar(*PARTY, *WALK))
    text = (root / "calendars/bakery/imported.yaml").read_text(encoding="utf-8")

    assert text.index("id: party") < text.index("id: walk")
    assert (root / "calendars/bakery/organisation.yaml").read_text(encoding="utf-8") == "name: The Bakery\n"


def test_a_table_that_was_imported_is_known_by_title_and_beginning(tmp_path: Path) -> None:
    """A row without a UID is not brought twice."""
    root = lay(tmp_path, {FILE: "name: The Bakery\n"})
    table = b"Subject,Start Date,Start Time\nParty,2026-09-12,19:00\n"

    assert kinds(imported(root, table, "x.csv")) == [("new", "party")]
    assert kinds(imported(root, table, "x.csv")) == [("unchanged", "party")]
    assert "uid" not in (root / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    ["{", '{"format": 2}', '{"format": 1, "events": {"a": 1}}', "[]", "", "[" * 200_000, '{"a":' * 200_000],
)
def test_a_damaged_memory_stops_the_import(tmp_path: Path, content: str) -> None:
    """Without it, everything would be taken for new."""
    root = lay(tmp_path, {"imports/bakery.json": content})
    outcome = imported(root, calendar(*PARTY))

    assert outcome.refusal is not None
    assert "imports/bakery.json" in outcome.refusal


@pytest.mark.parametrize("link", ["imports/bakery.json", "imports"])
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, link: str, *, there: bool) -> None:
    """Where the memory would be behind a link that leads out, whether it leads to something or not."""
    root = lay(tmp_path / "tree", {})
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside / "x" if link.endswith(".json") else outside
    if there and link.endswith(".json"):
        target.write_text('{"format": 1, "events": {}}', encoding="utf-8")
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(target)
    before = sorted((path, path.is_file() and path.read_bytes()) for path in outside.iterdir())
    source = (root / FILE).read_bytes()
    outcome = imported(root, calendar(*PARTY))

    assert outcome.refusal is not None
    assert "leads out of the folder" in outcome.refusal
    assert sorted((path, path.is_file() and path.read_bytes()) for path in outside.iterdir()) == before
    assert (root / FILE).read_bytes() == source


def test_a_memory_that_is_no_file_is_told(tmp_path: Path) -> None:
    """A pipe would never end."""
    root = lay(tmp_path, {"imports/x.json": ""})
    os.mkfifo(root / "imports/bakery.json")
    outcome = imported(root, calendar(*PARTY))

    assert outcome.refusal == "imports/bakery.json is not a regular file"


def test_many_of_one_title_and_day_get_ids_of_their_own() -> None:
    """The thousandth costs no more than the tenth."""

    def ids(count: int) -> list[str]:
        given = NewIds(())
        return [given.new("party", "2026", "2026-09-12") for _ in range(count)]

    assert ids(5) == ["party", "party-2026", "party-2026-09-12", "party-2026-09-12-2", "party-2026-09-12-3"]
    assert len(set(ids(1000))) == 1000
    assert steps(lambda: ids(1000)) < 12 * steps(lambda: ids(100))


def test_the_memory_holds_no_text(tmp_path: Path) -> None:
    """Digests alone, an event a line."""
    root = lay(tmp_path, {})
    imported(root, calendar(*event("DTSTART;VALUE=DATE:20261003", "DESCRIPTION:A secret")))
    said = (root / "imports/bakery.json").read_text(encoding="utf-8")

    assert "secret" not in said
    assert json.loads(said)["events"]["a@example.org"]["event"] == "party"


def test_defaults_move_no_event_to_another_zone(tmp_path: Path) -> None:
    """The zone is written with each event then."""
    root = lay(tmp_path, {FILE: "name: The Bakery\ndefaults: {where: {city: New York, country: US}}\n"})
    imported(root, calendar(*PARTY))

    assert "    timezone: Europe/Brussels\n" in (root / FILE).read_text(encoding="utf-8")


def test_a_file_between_brackets_is_refused(tmp_path: Path) -> None:
    """Nothing is written then."""
    root = lay(tmp_path, {FILE: "{name: The Bakery, country: BE}\n"})
    outcome = imported(root, calendar(*PARTY))

    assert outcome.refusal is not None
    assert not (root / "imports").exists()
