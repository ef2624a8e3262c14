"""How long a process lives that another one has started: no longer than that."""

import os
import signal
import threading

LOOKED_AFTER = 1.0
"""Seconds between two looks whether the parent is there."""


def end_with(parent: int) -> None:
    """End this process when its parent has gone, killed perhaps: it would hold a port, or wait for work, for ever."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(LOOKED_AFTER)
    os.kill(os.getpid(), signal.SIGKILL)
