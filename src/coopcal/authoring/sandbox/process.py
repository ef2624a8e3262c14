"""The checker that the server is given: each text in a process of its own, so that none can slow or end the server."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime

from coopcal.authoring.sandbox.wire import WIRE, Task
from coopcal.model.paste import Findings, Kind, Pasted, Refusal
from coopcal.site.reader import LiveSite

AT_ONCE = 2
"""Texts that are checked at the same time."""

LONGEST = 30.0
"""Seconds that a check may take, whatever it does with them; its time on the processor is limited more closely.

So many that on a loaded machine, too, no small text is told to be too much.
"""

COMMAND = (sys.executable, "-P", "-m", "coopcal.authoring.sandbox")


class Checker:
    """Checks texts against the public site as it is then; nothing of them is kept or logged."""

    def __init__(self, live: LiveSite, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._clock = clock
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, content: bytes, kind: Kind, language: str) -> Findings | Refusal:
        """Check a text, and tell of it in a language; refuse it at once where others have all turns. Raise SiteError while there is no site."""
        site = self._live.current()
        pasted = Pasted(
            kind,
            content,
            site.manifest.languages,
            language,
            tuple(one.id for one in site.organisations),
            tuple(name for name, feed in site.feeds.items() if name == feed.id),
        )
        if not self._turns.acquire(blocking=False):
            return Refusal.BUSY
        try:
            done = subprocess.run(  # noqa: S603 - nothing of what was pasted stands in the command
                COMMAND,
                input=WIRE.dumps(Task, Task(pasted, self._clock().date())),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Refusal.TOO_MUCH
        finally:
            self._turns.release()
        return WIRE.loads(Findings, done.stdout) if done.returncode == 0 else Refusal.TOO_MUCH
