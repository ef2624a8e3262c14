"""The parts of a feed: which VEVENTs it is made of, and where each of them stands in its body."""

from datetime import date

import pytest

from coopcal.site.component import END, PARTS, Component, Parts

BODY = b"heading|zone|one|moved|two|date of two|notice|" + END
PARTS_OF_BODY = Parts(
    heading=8,
    zones={"Europe/Brussels": 5},
    components=(
        Component("one", zones=("Europe/Brussels",)),
        Component("moved.one", of="one"),
        Component("two"),
        Component("two", day=date(2026, 9, 8)),
        Component("closed", notice=True),
    ),
    lengths=(4, 6, 4, 12, 7),
)


def events(numbers: list[int]) -> list[bytes]:
    return [event for _, event in PARTS_OF_BODY.events(BODY, numbers)]


def test_events_are_found_by_what_they_go_with() -> None:
    """A word on what was moved goes with its event; the notice of a closed feed stands whatever is asked for."""
    assert events(PARTS_OF_BODY.of_events(frozenset({"one"}))) == [b"one|", b"moved|", b"notice|"]
    assert events(PARTS_OF_BODY.of_events(frozenset({"nobody"}))) == [b"notice|"]


def test_events_are_found_by_their_own_uids() -> None:
    """In the order of the body, an event with the overrides of its dates."""
    assert events(PARTS_OF_BODY.with_uids(["two", "one", "two"])) == [b"one|", b"two|", b"date of two|"]


def test_parts_are_read_as_they_were_written() -> None:
    assert PARTS.loads(Parts, PARTS.dumps(Parts, PARTS_OF_BODY)) == PARTS_OF_BODY


@pytest.mark.parametrize(
    "lengths", [(4, 6, 4, 12), (4, 6, 4, 12, 8), (4, 6, 4, 12, 7, 0), (4, 6, 4, 20, -1), (-1, 6, 4, 12, 12)]
)
def test_what_is_no_list_of_the_parts_of_a_body_is_noticed(lengths: tuple[int, ...]) -> None:
    parts = Parts(8, {"Europe/Brussels": 5}, PARTS_OF_BODY.components, lengths)

    assert PARTS_OF_BODY.fit(len(BODY))
    assert not parts.fit(len(BODY))
