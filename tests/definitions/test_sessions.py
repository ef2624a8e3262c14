"""A session takes place once: a list of dates is told, and none of them is left out in silence."""

from pathlib import Path

import pytest
from tests.support.checking import lay, places, problems_of

from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.reader import read_tree

LISTS = {
    "of days": "[2026-09-14, 2026-09-15]",
    "of one day": "[2026-09-14]",
    "of times": "[14:00/14:30, 15:00/15:30]",
    "of keys": "[{when: 2026-09-14, title: First}, 2026-09-15]",
    "of none": "[]",
}


@pytest.mark.parametrize("dates", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("changed", [False, True], ids=["of an event", "of a changed date"])
def test_a_list_of_dates_in_a_session_is_told(tmp_path: Path, dates: str, *, changed: bool) -> None:
    """Where it stands, with what to write instead, and with no other problem."""
    session = f"sessions: [{{id: tour, title: Tour, when: {dates}}}]"
    keys = (
        "when: 2026-08-14\n    repeats:\n      every: month\n      until: 2026-12-31\n"
        f"      changes:\n        2026-09-14: {{{session}}}\n"
        if changed
        else f"when: 2026-09-14/2026-09-15\n    {session}\n"
    )
    text = f"name: The Bakery\ncountry: BE\nevents:\n  - id: fair\n    title: Fair\n    {keys}"
    line = next(number for number, line in enumerate(text.splitlines(), 1) if dates in line)
    column = text.splitlines()[line - 1].index(dates) + 1

    problems = problems_of(tmp_path, {"calendars/bakery.yaml": text})

    assert places(problems, "bad-when") == [("calendars/bakery.yaml", line, column, column + 1)]
    assert [problem.mend for problem in problems if problem.severity == "error"] == [
        "write a session with an id of its own for each date"
    ]


def test_an_empty_list_of_sessions_is_none(tmp_path: Path) -> None:
    """It is read, and not handed on as it is written."""
    text = "name: The Bakery\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2026-09-14, sessions: []}\n"
    tree, _ = read_tree(lay(tmp_path, {"calendars/bakery.yaml": text}))

    catalogue, problems = decode(tree)

    assert problems == ()
    assert catalogue is not None
    assert [event.details.sessions for event in catalogue.organisations[-1].events] == [()]
