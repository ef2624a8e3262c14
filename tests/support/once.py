"""What takes long to make, and is only read, is made once for all workers of a run, by the first that needs it."""

import fcntl
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(factory: pytest.TempPathFactory, key: str, make: Callable[[Path], Made]) -> Made:
    """Return what is made in a folder of its own, whichever worker made it; the key says of what, and what it is is pickled."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    name = hashlib.sha256(key.encode()).hexdigest()[:20]
    place = base / "once" / name
    place.mkdir(parents=True, exist_ok=True)
    known = place / "known"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            folder = factory.mktemp(name)
            made = make(folder)
            part = place / "part"
            part.write_bytes(pickle.dumps(made))
            part.rename(known)
            return made
        found: Made = pickle.loads(known.read_bytes())
        return found
