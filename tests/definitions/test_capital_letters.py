"""Names in capital letters."""

from pathlib import Path

from tests.support.checking import lay, problems_of
from tests.support.trees import NOW

from coopcal.compile.pipeline import check
from coopcal.model.event import Series

HEAD = "name: The Bakery\ncountry: BE\nevents:\n  - id: one\n    title: One\n"


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
