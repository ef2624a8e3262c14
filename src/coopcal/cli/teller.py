"""Tells those who are to know while a site is served: what a compile changed, and again where somebody did not answer."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

LONGEST_WAIT = timedelta(hours=1)
"""A clock may be put forward while a thread waits, so it looks again after this at the latest."""

Tell = Callable[[datetime | None], datetime | None]
"""Tells; those who are new, of what came after an instant. Returns when to come again, None where nothing waits."""


class Teller:
    """Tells in a thread of its own, so that nobody who answers late delays a compile or an answer."""

    def __init__(self, tell: Tell, since: datetime | None) -> None:
        self._tell = tell
        self._since = since
        self._awake = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Begin to tell."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; what is not told yet is told when a site is served, or compiled, the next time."""
        self._over = True
        self._awake.set()

    def wake(self) -> None:
        """Tell now of what there is to be told."""
        self._awake.set()

    def _run(self) -> None:
        since = self._since
        while not self._over:
            self._awake.clear()
            again = self._tell(since)
            since = None
            wait = LONGEST_WAIT if again is None else min(again - datetime.now(UTC), LONGEST_WAIT)
            self._awake.wait(max(wait.total_seconds(), 1.0))
