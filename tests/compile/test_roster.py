"""Rosters of feeds: after changes of some portions, the one that knows the last is that of a look at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from coopcal.compile.portion import Members, Portion, Shown
from coopcal.compile.roster import Holder, Roster, roster
from coopcal.selection.until import Turns

KEY = "en"


def holder(name: str, sizes: list[int], chance: Random) -> Holder:
    """Return a holder of entries of these sizes, at days by chance."""
    lines = tuple(
        (chance.randrange(50), 1, f"{name}-{number}", chance.randrange(50)) for number in range(len(sizes))
    )
    order = tuple(sorted(range(len(lines)), key=lambda number: lines[number]))
    entries = {
        number: ((), (("Europe/Paris", 2020 + lines[number][0]),), size) for number, size in enumerate(sizes)
    }
    shown = Shown(lines, {"all": Members(order, {})}, {KEY: entries})
    made = Portion(
        frozenset({name}),
        tuple(line[2] for line in lines),
        {},
        (),
        frozenset(),
        {},
        Turns(datetime(2026, 1, 1, tzinfo=UTC)),
        len(lines),
        is_new=False,
        shown=lambda: shown,
        written=lambda: pytest.fail("nobody looks at it"),
    )
    return Holder(made, repr((lines, sizes)).encode(), lambda members: members.standing)


def some(chance: Random) -> list[int]:
    return [chance.randrange(1, 100) for _ in range(chance.randrange(6))]


def unread(holders: Mapping[str, Holder]) -> dict[str, Holder]:
    """Return the same holders, which nobody may look at."""
    return {
        name: replace(one, portion=replace(one.portion, shown=lambda: pytest.fail("it is as it was")))
        for name, one in holders.items()
    }


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("most", [None, 400])
def test_one_that_knows_the_last_is_the_same(seed: int, most: int | None) -> None:
    """Of what is bounded it lists at least what fits, in order, and counts all."""
    chance = Random(seed)
    holders = {name: holder(name, some(chance), chance) for name in "abcdef"}
    known = roster("all", KEY, holders, most)
    for _ in range(10):
        changed = {name: holder(name, some(chance), chance) for name in chance.sample("abcdefgh", 2)}
        gone = chance.choice("abcdefgh")
        known = roster("all", KEY, {**unread(holders), **changed}, most, known)
        holders |= changed
        whole = roster("all", KEY, holders, None)

        assert known.shares == whole.shares
        assert known.standing == from_the_floor(whole, known)
        assert known.floor is not None or known.count == len(known.standing)
        if holders.pop(gone, None):
            known = roster("all", KEY, unread(holders), most, known)


def from_the_floor(whole: Roster, known: Roster) -> list[object]:
    return [one for one in whole.standing if known.floor is None or one.end >= known.floor]


def test_of_another_rendering_nothing_is_known() -> None:
    chance = Random(1)
    holders = {name: holder(name, [1, 2, 3], chance) for name in "ab"}
    other = replace(roster("all", KEY, holders, None), key="fr", shares={}, standing=())

    assert roster("all", KEY, holders, None, other) == roster("all", KEY, holders, None)


def test_it_lists_what_ended_last_and_no_more_bytes_than_asked_for() -> None:
    chance = Random(2)
    listed = roster("all", KEY, {"a": holder("a", [100] * 9, chance)}, 450)

    assert sum(one.size for one in listed.standing) == 400
    assert (listed.count, listed.shares["a"].entries) == (9, 9)
    assert listed.floor == min(one.end for one in listed.standing)
