"""How much the long tests look at: a sample while somebody waits, and all of it with ``SWEEP=1``."""

import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

import pytest

Case = TypeVar("Case")

SWEEPING = os.environ.get("SWEEP", "") not in ("", "0")
"""Whether all is looked at."""


def sized(total: int, *, sample: int) -> int:
    """Return how many are looked at."""
    return total if SWEEPING else sample


def some(cases: Sequence[Case], *, sample: int) -> Sequence[Case]:
    """Return all, or a sample of them."""
    return cases if SWEEPING else spread(cases, sample)


def spread(cases: Sequence[Case], count: int) -> list[Case]:
    """Return so many, evenly apart and in order; all where there are fewer."""
    if count >= len(cases):
        return list(cases)
    return [cases[number * len(cases) // count] for number in range(count)]


def sampled(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests without those cases of a ``sweep(cases=…)`` that are not of its sample."""
    kept: list[pytest.Item] = []
    for _, cases in groupby(items, key=lambda item: item.nodeid.partition("[")[0]):
        together = list(cases)
        marker = together[0].get_closest_marker("sweep")
        count = marker.kwargs.get("cases") if marker else None
        kept += together if count is None else spread(together, count)
    return kept
