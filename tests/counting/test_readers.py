"""Readers are told as far as fetches can tell: the truth is never outside of what is said."""

from hypothesis import given
from hypothesis import strategies as st

from coopcal.counting.family import HABITS, Family
from coopcal.counting.readers import Readers, readers, readers_of_day

DAY = 24 * 60


@given(
    st.sampled_from([family for family in Family if HABITS[family].soonest]),
    st.lists(st.integers(1, DAY), min_size=1, max_size=40),
    st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_those_who_fetch_for_themselves_are_never_more_nor_fewer(
    family: Family, intervals: list[int], which: list[bool]
) -> None:
    """Programs that look at their own interval, through two days, or through the second alone."""
    shortest = HABITS[family].soonest
    assert shortest is not None
    kept = [max(minutes, int(shortest.total_seconds()) // 60) for minutes in intervals]
    days = {1: 0, 2: 0}
    for minutes, both in zip(kept, which, strict=False):
        times = DAY // minutes
        days[2] += times
        days[1] += times if both else 0
    told = readers(family, {day: fetches for day, fetches in days.items() if fetches})

    assert told.most is not None
    assert told.least <= len(kept) <= told.most


def test_who_fetches_once_for_many_is_at_least_one() -> None:
    assert readers(Family.GOOGLE, {1: 6, 2: 4}) == Readers(1, None)
    assert readers(Family.GOOGLE, {}) == Readers(0, None)


def test_many_fetches_are_no_single_reader() -> None:
    assert readers_of_day(Family.APPLE, 1_000) == Readers(4, 1_000)
    assert readers(Family.ICSX5, {1: 24, 2: 960}) == Readers(10, 984)
