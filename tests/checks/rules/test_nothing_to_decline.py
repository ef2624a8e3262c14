"""What an organisation declines."""

from pathlib import Path

from tests.support.checking import events, places, problems_of


def test_what_is_declined_is_an_event_that_names_the_organisation(tmp_path: Path) -> None:
    """All else has no effect, which is a warning."""
    files = events("id: fair, title: Fair, when: 2026-09-12, partners: [dairy], formerly: [market]")
    files["calendars/dairy.yaml"] = (
        "name: The Dairy\ndeclined:\n  - bakery/fair\n  - bakery/fare\n  - bakry/fair\n  - bakery/market\n  - dairy/milk\n"
        "events: [{id: milk, title: Milk, when: 2026}]\n"
    )
    files["calendars/mill.yaml"] = "name: The Mill\ndeclined: [bakery/fair]\n"
    found = problems_of(tmp_path, files)

    assert places(found, "unknown-event") == [
        ("calendars/dairy.yaml", 4, 5, 16),
        ("calendars/dairy.yaml", 5, 5, 15),
        ("calendars/dairy.yaml", 6, 5, 18),
    ]
    assert {each.mend for each in found if each.code == "unknown-event"} == {"did you mean “bakery/fair”?"}
    assert places(found, "nothing-to-decline") == [
        ("calendars/dairy.yaml", 7, 5, 15),
        ("calendars/mill.yaml", 2, 12, 23),
    ]


def test_declining_an_event_of_one_with_errors_is_held_back(tmp_path: Path) -> None:
    """The event may be the one that could not be read."""
    files = events("id: fair, title: Fair, when: soon")
    files["calendars/dairy.yaml"] = "name: The Dairy\ndeclined: [bakery/fair]\n"

    assert [each.code for each in problems_of(tmp_path, files)] == ["not-known-yet"]
