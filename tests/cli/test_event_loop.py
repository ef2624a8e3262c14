"""What is answered without waiting is answered where it comes in; what waits goes on in the loop."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from coopcal.cli.event_loop import EventLoop, in_the_loop


@pytest.fixture
def loop() -> Iterator[EventLoop]:
    """Return a loop that runs in a thread of its own."""
    running = EventLoop()
    thread = threading.Thread(target=running.run_forever)
    thread.start()
    yield running
    running.call_soon_threadsafe(running.stop)
    thread.join(20)
    running.close()


def handed_over(loop: EventLoop, coroutine: Coroutine[Any, Any, None]) -> None:
    """Hand a coroutine over as the server does."""
    loop.call_soon_threadsafe(loop.create_task, coroutine)


def test_what_does_not_wait_is_done_before_the_loop_is_asked(loop: EventLoop) -> None:
    threads: list[threading.Thread] = []

    async def answer() -> None:
        threads.append(threading.current_thread())

    handed_over(loop, answer())

    assert threads == [threading.current_thread()]


def test_what_waits_goes_on_in_the_loop(loop: EventLoop) -> None:
    """From its first turn on it may wait for anything: a pause, another thread."""
    threads: list[threading.Thread] = []
    is_done = threading.Event()

    async def answer() -> None:
        threads.append(threading.current_thread())
        await in_the_loop()
        threads.append(threading.current_thread())
        await asyncio.sleep(0.01)
        threads.append(await asyncio.get_running_loop().run_in_executor(None, threading.current_thread))
        is_done.set()

    handed_over(loop, answer())

    assert is_done.wait(20)
    here, first, other = threads
    assert here is threading.current_thread()
    assert len({here, first, other}) == 3


def test_what_fails_before_it_waits_fails_where_it_was_handed_over(loop: EventLoop) -> None:
    async def answer() -> None:
        raise ValueError("no answer")

    with pytest.raises(ValueError, match="no answer"):
        handed_over(loop, answer())


@pytest.mark.parametrize("handed", [lambda: None, lambda: [1]], ids=["nothing", "a value"])
def test_all_else_is_called_in_the_loop(loop: EventLoop, handed: Callable[[], object]) -> None:
    called: list[tuple[threading.Thread, object]] = []
    is_done = threading.Event()

    def call(value: object) -> None:
        called.append((threading.current_thread(), value))
        is_done.set()

    loop.call_soon_threadsafe(call, handed())

    assert is_done.wait(20)
    assert called[0][0] is not threading.current_thread()
    assert called[0][1] == handed()
