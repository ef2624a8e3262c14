"""Programs that tests ask, and that a machine may lack."""

import os

import pytest


def skip_or_fail(reason: str | None) -> None:
    """Skip the running test, telling why, if there is a reason why a program cannot run; where CI=true, fail it."""
    if reason is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
