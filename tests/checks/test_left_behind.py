"""Sessions left behind, notes, tables beside the sources, names in capital letters, keys without effect yet."""

from pathlib import Path

import pytest
from tests.support.checking import lay, places, problems_of
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.model.event import Series

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


@pytest.mark.parametrize(
    ("keys", "sessions", "mends"),
    [
        ("when: 2026-09-14 15:00/17:00", ["14:00/14:30", "14:30/15:30"], ["when: 15:00/15:30", "when: 15:30/16:30"]),
        ("when: 2026-09-14 15:00/17:00", ["15:00/16:00", "16:30/17:30"], [None]),
        ("when: 2026-09-14 15:00", ["14:00/14:30", "20:00"], []),
        ("when: 2026-09-14 15:00/17:00\n    moved_from: 2026-09-14 14:00/16:00", ["14:30/15:00", "15:00/16:00"], ["when: 15:30/16:00"]),
        ("when: 2026-09-21 14:00/16:00", ["2026-09-14 14:00/14:30", "2026-09-14 15:00/PT1H"],
         ["when: 2026-09-21 14:00/14:30", "when: 2026-09-21 15:00/16:00"]),
        ("when: 2026-09-21/2026-09-22", ["2026-09-14 14:00/14:30", "2026-09-15"], ["when: 2026-09-21 14:00/14:30", "when: 2026-09-22"]),
        ("when: 2026-09-21", ["2026-09-14 22:00/2026-09-15 01:00"], [None]),
        ("when: 2026-09-14 15:00/17:00", ["15:00/16:00", "16:00/17:00"], []),
        ("when: 2026-09-14 15:00/17:00", ["2026-09-14"], []),
        ("when: 2026-09", ["2026-09-14", "2026-10-02"], [None]),
    ],
)  # fmt: skip
def test_sessions_that_are_left_behind_are_told(
    tmp_path: Path, keys: str, sessions: list[str], mends: list[str | None]
) -> None:
    """With each line as it would be if the session had moved along, where that is told; with it nothing is left to say."""
    lines = [f"      - {{id: s{at}, title: S, when: {when}}}\n" for at, when in enumerate(sessions)]
    text = HEAD + f"    {keys}\n    sessions:\n" + "".join(lines)

    found = [
        each
        for each in problems_of(tmp_path / "a", {"calendars/bakery.yaml": text})
        if each.code == "session-outside"
    ]

    assert [each.mend for each in found] == mends
    if mends and all(mends):
        mended = text.splitlines()
        for each in found:
            line = mended[each.place.line - 1]
            mended[each.place.line - 1] = line[: line.index("when: ")] + f"{each.mend}}}"
        again = problems_of(tmp_path / "b", {"calendars/bakery.yaml": "\n".join(mended) + "\n"})
        assert places(again, "session-outside") == []
        assert [each for each in again if each.severity == "error"] == []


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


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("calendars/mill.csv", "coopcal import calendars/mill.csv --organisation mill"),
        ("calendars/Termine.CSV", "coopcal import calendars/Termine.CSV --organisation ID"),
        ("calendars/fair.ics", "coopcal import calendars/fair.ics --organisation ID"),
        ("calendars/school/events.json", "coopcal import calendars/school/events.json --organisation school"),
        ("calendars/mill.xlsx", "coopcal import mill.csv --organisation mill"),
        ("calendars/mill.ods", "coopcal import mill.csv --organisation mill"),
        ("calendars/.hidden.csv", None),
        ("calendars/readme.txt", None),
        ("feeds/x.csv", None),
    ],
)
def test_a_table_beside_the_sources_is_told(tmp_path: Path, name: str, mend: str | None) -> None:
    """With the command that brings its events in; of a spreadsheet, with what to do before."""
    files = {
        "calendars/mill.yaml": "name: The Mill\n",
        "calendars/school/organisation.yaml": "name: The School\n",
        name: "title,start\n",
    }

    found = [each for each in problems_of(tmp_path, files) if each.code == "not-imported"]

    assert [(each.place.path, each.severity) for each in found] == ([(name, "warning")] if mend else [])
    assert all(mend and mend in (each.mend or "") for each in found)


def test_a_table_that_is_published_is_none_of_these(tmp_path: Path) -> None:
    """Documents stand beside the sources, too."""
    text = (
        HEAD
        + "    when: 2026-09-12\n    documents: [{label: Prices, file: {en: prices.csv, fr: prix.csv}}]\n"
    )
    files = {"calendars/bakery.yaml": text, "calendars/prices.csv": "x", "calendars/prix.csv": "x"}

    assert places(problems_of(tmp_path, files), "not-imported") == []


def test_what_has_a_name_is_found_in_capital_letters(tmp_path: Path) -> None:
    """Places, contacts, breaks and organisations; with blanks, too."""
    text = """\
name: The Bakery
country: BE
places:
  laden: {name: Der Laden, city: Ghent}
  main-hall: {name: The hall}
contacts: {office: {name: The office, email: office@example.org}}
breaks: {summer: 2026-07-01/2026-08-31}
events:
  - id: one
    title: One
    when: 2026-06-09 19:00/21:00
    where: [Laden, LADEN , Main Hall]
    contact: Office
    partners: [Mill]
    repeats: {every: week, until: 2026-09-30, except: Summer}
"""
    tree = lay(tmp_path, {"calendars/bakery.yaml": text, "calendars/mill.yaml": "name: The Mill\n"})
    checked = check(tree, NOW)
    assert [each for each in checked.problems if each.severity == "error"] == []
    assert checked.catalogue is not None
    event = checked.catalogue.organisations[0].events[0]

    assert [each.name and each.name.say("en") for each in event.details.locations] == [
        "Der Laden",
        "Der Laden",
        "The hall",
    ]
    assert event.details.contact is not None
    assert event.details.contact.email == "office@example.org"
    assert event.details.parties[-1].organisation == "mill"
    assert isinstance(event, Series)
    assert len(event.recurrence.exception_dates) == 8


def test_a_group_in_capital_letters_is_told_with_a_certain_mend(tmp_path: Path) -> None:
    """Who may see something is not guessed."""
    text = HEAD + "    when: 2026-09-12\n    visibility: Members\n"

    (found,) = [
        each for each in problems_of(tmp_path, {"calendars/bakery.yaml": text}) if each.severity == "error"
    ]

    assert found.code == "unknown-group"
    assert found.fix is not None
    assert getattr(found.fix, "text", "") == "members"


FACE = {
    "also_at": "[https://old.example.coop]", "description": "{en: All events, fr: Tout}", "colour": '"#aa3311"',
    "logo": "{file: logo.png, alt: L}", "image": "{url: https://example.org/i.png, alt: I}", "reminders": "[evening, morning, PT2H]",
}  # fmt: skip


@pytest.mark.parametrize("key", FACE)
def test_keys_of_the_site_that_do_nothing_yet_are_noted_once(tmp_path: Path, key: str) -> None:
    """They are no unknown keys, and what is wrong in them is told."""
    site = f"title: T\nuid_domain: example.coop\n{key}: {FACE[key]}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each for each in found if each.severity == "error"] == []
    assert [(each.place.line, each.severity) for each in found if each.code == "no-effect-yet"] == [
        (3, "note")
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [("colour: red", "bad-colour"), ("reminders: [noon]", "bad-duration"), ("image: [x]", "not-keys"), ("logo: {alt: L}", "file-or-url")],
)  # fmt: skip
def test_what_is_wrong_in_them_is_told(tmp_path: Path, line: str, code: str) -> None:
    """As elsewhere."""
    site = f"title: T\nuid_domain: example.coop\n{line}\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site})

    assert [each.code for each in found if each.severity == "error"] == [code]


def test_legal_links_and_an_organisation_have_theirs(tmp_path: Path) -> None:
    """What is in every footer has an effect; image and description of an organisation have none yet."""
    site = "title: T\nuid_domain: example.coop\nlegal: [{label: Privacy, url: https://example.coop/}]\n"
    own = "name: The Bakery\ndescription: We bake.\nimage: https://example.org/i.png\n"

    found = problems_of(tmp_path, {"coopcal.yaml": site, "calendars/bakery.yaml": own})

    assert [(each.place.path, each.place.line) for each in found if each.code == "no-effect-yet"] == [
        ("calendars/bakery.yaml", 2), ("calendars/bakery.yaml", 3),
    ]  # fmt: skip
