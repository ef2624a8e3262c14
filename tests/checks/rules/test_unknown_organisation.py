"""Organisations that are named."""

from pathlib import Path

from tests.support.checking import places, problems_of

EVENT = "name: The Bakery\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12\n"


def test_an_unknown_organisation_is_told_where_it_stands_with_the_nearest(tmp_path: Path) -> None:
    """In an event, in ``part_of`` and in what a feed selects."""
    found = problems_of(
        tmp_path,
        {
            "calendars/bakery.yaml": EVENT + "    partners: [brewery, breweri]\n",
            "calendars/brewery.yaml": "name: The Brewery\npart_of: bakry\n",
            "feeds/both.yaml": "select:\n  organisations:\n    - bakery\n    - brewry\n",
        },
    )

    assert places(found, "unknown-organisation") == [
        ("calendars/bakery.yaml", 6, 25, 32),
        ("calendars/brewery.yaml", 2, 10, 15),
        ("feeds/both.yaml", 4, 7, 13),
    ]
    assert [each.mend for each in found if each.code == "unknown-organisation"] == [
        "did you mean “brewery”?",
        "did you mean “bakery”?",
        "did you mean “brewery”?",
    ]


def test_one_that_nothing_resembles_is_perhaps_no_organisation_of_the_site(tmp_path: Path) -> None:
    """Then the mend says how an outsider is written."""
    found = problems_of(tmp_path, {"calendars/bakery.yaml": EVENT + "    hosts: town-hall\n"})

    (problem,) = (each for each in found if each.code == "unknown-organisation")
    assert problem.mend == (
        "write calendars/town-hall.yaml, or {name: …} here for one that is not in the system"
    )


def test_a_former_id_is_told_to_be_one(tmp_path: Path) -> None:
    """Names in the sources are those of today."""
    found = problems_of(
        tmp_path,
        {
            "calendars/bakery.yaml": EVENT + "    hosts: beer\n",
            "calendars/brewery.yaml": "name: The Brewery\nformerly: [beer]\n",
        },
    )

    assert [each.mend for each in found if each.code == "unknown-organisation"] == [
        "it is now called “brewery”"
    ]


def test_an_organisation_whose_file_is_broken_is_not_unknown(tmp_path: Path) -> None:
    """What a syntax error elsewhere alone causes is held back; so is what a wrong ending causes."""
    found = problems_of(
        tmp_path,
        {
            "calendars/bakery.yaml": EVENT + "    partners: [brewery, dairy, mill]\n",
            "calendars/brewery.yaml": 'name: "The Brewery\n',
            "calendars/dairy.yml": "name: The Dairy\n",
            "calendars/mill/organisation.yaml": "name: The Mill\nname: The Mill\n",
            "feeds/all.yaml": "closed: {on: 2027-01-01, see: brewery}\n",
        },
    )

    assert sorted({each.code for each in found}) == ["duplicate-key", "unclosed-quote", "wrong-ending"]


def test_what_an_event_with_errors_names_is_looked_at_all_the_same(tmp_path: Path) -> None:
    """All problems come out at once."""
    files = {"calendars/bakery.yaml": EVENT.replace("2026-09-12", "12.9.2026") + "    hosts: nobody-here\n"}
    found = problems_of(tmp_path, files)

    assert {"bad-date", "unknown-organisation"} <= {each.code for each in found}


def test_an_organisation_that_defaults_or_an_event_name_is_told_once(tmp_path: Path) -> None:
    """Sessions inherit it from the event, and the event from the defaults."""
    text = (
        "name: The Bakery\ndefaults: {partners: [nobody]}\nevents:\n  - id: fair\n    title: Fair\n    when: 2026-09-12\n"
        "    sessions: [{id: one, title: One, when: 10:00}]\n"
    )
    found = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert places(found, "unknown-organisation") == [("calendars/bakery.yaml", 2, 23, 29)]


def test_the_mend_is_of_the_place_at_which_it_is_told(tmp_path: Path) -> None:
    """An event alone may name somebody who is not in the system, whoever else is named so elsewhere."""
    text = EVENT.replace("events:", "part_of: [nobody]\nevents:") + "    partners: [nobody]\n"
    problems = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert [problem.mend for problem in problems if problem.code == "unknown-organisation"] == [
        "write calendars/nobody.yaml",
        "write calendars/nobody.yaml, or {name: …} here for one that is not in the system",
    ]
