"""What holds for all tests: the command line speaks English, and what is started ends by the signals that end it.

A run in the background may have been told to ignore some signals, which all that it starts inherits.
Modules are kept compiled, even where the surroundings say not to: dozens of processes import the whole package.
Long searches look at a sample, unless ``SWEEP=1`` asks for all; no made-up text has a deadline, nor need any be made quickly, as machines have much else to do.
Readers of others know zones from the pinned database, as coopcal does: that of the machine may be of another year.
There is a worker more than there are cores, as many tests wait for a server, an editor or a clock.
Templates are compiled once, not once an application; nothing waits for the disk, as no test cuts the power.
"""

import gc
import os
import signal
import sys
import zoneinfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from tests.support.sweep import SWEEPING, sampled

os.environ["LANGUAGE"] = "en"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["PYTHONTZPATH"] = ""
zoneinfo.reset_tzpath(())

for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, for all applications of this process."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known."""
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.compiled[bucket.key] = bucket.bytecode_to_string()


def unwaited(fd: object) -> None:
    """Return at once."""


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
os.fsync = unwaited

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("sample", UNHURRIED, max_examples=25)
settings.register_profile("sweep", UNHURRIED, max_examples=100)
settings.load_profile("sweep" if SWEEPING else "sample")


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers ``-n auto`` is, where the surroundings do not say (``PYTEST_XDIST_AUTO_NUM_WORKERS``)."""
    return int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", "") or len(os.sched_getaffinity(0)) + 1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is no part of the sample."""
    if SWEEPING:
        return
    kept = sampled(items)
    left = set(items) - set(kept)
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = kept


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the thousands of tests that are collected."""
    gc.freeze()
