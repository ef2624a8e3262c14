"""What is kept at hand is bounded in bytes, and threads may share it."""

import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from coopcal.text import markdown
from coopcal.text.bounded_cache import Bounded


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Bounded[str] = Bounded(20_000)
    made: list[str] = []

    def value(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key * 5_000)  # type: ignore[func-returns-value]

    for key in "abcacd":
        assert value(key) == key * 5_000
    assert made == ["a", "b", "c", "d"]
    value("a")
    value("b")

    assert made == ["a", "b", "c", "d", "b"]


def test_what_is_larger_than_all_may_be_is_given_and_not_kept() -> None:
    kept: Bounded[bytes] = Bounded(10_000)

    assert kept.get("large", lambda: bytes(50_000)) == bytes(50_000)
    assert kept.get("large", lambda: b"another") == b"another"
    assert kept.get("large", lambda: b"a third") == b"another"


def test_threads_share_one_and_it_stays_within_its_bounds() -> None:
    """Each is given the value of its key, whatever the others push out meanwhile."""
    kept: Bounded[str] = Bounded(100_000)

    def ask(seed: int) -> bool:
        keys = [str(Random(seed).randrange(200)) for _ in range(400)]
        return all(kept.get(key, lambda key=key: key * 1_000) == key * 1_000 for key in keys)  # type: ignore[misc]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(40)))
    finally:
        sys.setswitchinterval(before)
    assert 0 < kept._taken <= 100_000  # noqa: SLF001 - nothing else tells how much is kept


@pytest.mark.parametrize("make", [markdown.plain, markdown.html])
def test_texts_of_ever_new_descriptions_take_no_more_than_they_may(make: object) -> None:
    """Megabytes are asked for; what is kept of them stays below the bound."""
    assert callable(make)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(700):
            make(f"{number} " + "word " * 20_000)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < 1.2 * markdown.MOST
