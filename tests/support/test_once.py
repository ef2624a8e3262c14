"""What is made once is made once, for all workers."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from tests.support.once import once


@pytest.mark.parametrize("number", range(6))
def test_it_is_made_by_one_worker(tmp_path_factory: pytest.TempPathFactory, number: int) -> None:
    """Whichever runs these tests: all are given what the first made."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")

    def make(folder: Path) -> tuple[str, Path]:
        (folder / "said").write_text(worker)
        return worker, folder

    maker, folder = once(tmp_path_factory, "the same for all", make)
    assert (folder / "said").read_text() == maker, number


def test_those_who_come_at_once_wait_for_the_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    numbers = count()
    with ThreadPoolExecutor(8) as pool:
        found = set(
            pool.map(
                lambda _: once(tmp_path_factory, "for many", lambda _: next(numbers)),
                range(8),
            )
        )

    assert found == {0}


def test_what_failed_is_made_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(ZeroDivisionError):
        once(tmp_path_factory, "hard", lambda _: 1 // 0)

    assert once(tmp_path_factory, "hard", lambda _: 1) == 1
    assert once(tmp_path_factory, "other", lambda _: 2) == 2
