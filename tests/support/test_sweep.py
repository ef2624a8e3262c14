"""A sample of a long search stands for all of it."""

import pytest
from tests.support.sweep import spread


@pytest.mark.parametrize(
    ("total", "count", "sample"),
    [(9, 3, [0, 3, 6]), (10, 4, [0, 2, 5, 7]), (3, 3, [0, 1, 2]), (2, 5, [0, 1]), (0, 1, [])],
)
def test_a_sample_is_spread_over_all_in_order(total: int, count: int, sample: list[int]) -> None:
    assert spread(range(total), count) == sample
