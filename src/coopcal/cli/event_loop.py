"""The server's event loop: what is answered without waiting never goes through it.

A server that speaks RSGI hands each request to the loop as a coroutine, from the thread that took it. That costs more than
most answers: the loop is woken, makes a task and wakes the thread again.
"""

import asyncio
from collections.abc import Callable
from contextvars import Context
from types import CoroutineType
from typing import TypeVarTuple

try:
    from uvloop import Loop as _Usual
except ImportError:
    from asyncio import SelectorEventLoop as _Usual  # type: ignore[assignment]


Arguments = TypeVarTuple("Arguments")


class EventLoop(_Usual):
    """A loop that lets a coroutine which another thread hands to it begin in that thread, and goes on with it where it waits.

    What waits has to wait for its turn first (``in_the_loop``): until then it is not in the loop.
    """

    def __init__(self) -> None:
        """Run nothing yet."""
        super().__init__()
        self._over = asyncio.Handle(_nothing, (), self)
        self._over.cancel()

    def call_soon_threadsafe(
        self, callback: Callable[[*Arguments], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.Handle:
        """Let a callback be called in the loop, unless it was to go on with a coroutine that is done by now."""
        handed = args[0] if args else None
        if type(handed) is CoroutineType:
            try:
                waits_for = handed.send(None)
            except StopIteration:
                return self._over
            assert waits_for is None, "nothing of a loop is waited for outside of it"
        return super().call_soon_threadsafe(callback, *args, context=context)


async def in_the_loop() -> None:
    """Wait for a turn of the event loop."""
    await asyncio.sleep(0)


def new() -> asyncio.AbstractEventLoop:
    """Return a new loop, which is that of this thread from now on."""
    loop = EventLoop()
    asyncio.set_event_loop(loop)
    return loop


def _nothing() -> None:
    """Do nothing."""
