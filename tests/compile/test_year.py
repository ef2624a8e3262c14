"""The year of a small cooperative, as its people write it; ``tests/golden/feeds/year`` holds what members see of it."""

from pathlib import Path

from tests.support.trees import NOW

from coopcal.compile.pipeline import check

GOLDEN = Path(__file__).parents[1] / "golden/feeds/year"
YEAR = (
    "shop-shift", "assembly", "preserving", "board-meeting", "general-meeting-2027", "motions-2027", "open-day",
    "cheap-and-good", "harvest-fair", "tenth-birthday", "new-years-party", "spring-market",
)  # fmt: skip


def test_a_year_is_written_without_a_complaint_that_is_not_true() -> None:
    """The twelve events are there, and all that is said of them is that the board's is readable in its file."""
    checked = check(GOLDEN / "source", NOW)

    assert checked.catalogue is not None
    written = [one.events for one in checked.catalogue.organisations if one.id == "corner"]
    assert {event.path[0] for event in written[0]} == set(YEAR)
    assert [(problem.code, problem.position.path) for problem in checked.problems] == [
        ("files-are-not-hidden", "calendars/corner/regular.yaml")
    ]


def test_members_see_nothing_of_the_board_but_when_it_meets() -> None:
    """Its title, papers and contact are in no feed, and what is noted for those who keep the file is in none either."""
    feeds = [path.read_bytes().replace(b"\r\n ", b"") for path in (GOLDEN / "expected").glob("*.ics")]

    assert len(feeds) == 5
    assert sum(b"DTSTART;TZID=Europe/Brussels:20260921T193000" in feed for feed in feeds) == 3
    for word in (b"Board meeting", b"Accounts to August", "Comptes à fin août".encode(), b"minutes until"):
        assert not any(word in feed for feed in feeds)
