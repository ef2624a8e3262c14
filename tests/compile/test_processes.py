"""A crew of processes leaves nothing behind: when its block ends, each process has ended and is waited for."""

import multiprocessing
import threading

import pytest

from coopcal.compile.batches.processes import processes


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("work", [None, abs, divmod], ids=["none", "done", "fails"])
def test_nothing_of_a_crew_is_left(count: int, work: object) -> None:
    """Neither a process nor a thread, which would write into a closed pipe at the interpreter's own end."""
    before = set(threading.enumerate())
    try:
        with processes(count) as crew:
            if callable(work):
                crew.run(work, [(-number,) for number in range(count)])
    except TypeError:
        assert work is divmod, "it alone wants two numbers"
    assert set(threading.enumerate()) <= before
    assert not multiprocessing.active_children()
