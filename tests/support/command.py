"""The real command, in a process of its own or in this one, and the real server that it runs."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE

from coopcal.cli import main


@contextlib.contextmanager
def serving(
    root: Path, *options: str, **variables: str
) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """Run ``coopcal serve`` until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "coopcal", "--root", str(root), "serve", "--port", str(port), *options]
    surroundings = os.environ | variables
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=surroundings
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("coopcal serves on"):
                    break
            else:
                pytest.fail("the server did not start")
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
                yield client, process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def coopcal(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with these variables in its environment."""
    command = [sys.executable, "-m", "coopcal", "--root", str(root), *arguments]
    surroundings = os.environ | variables
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=surroundings
    )


def invoked(root: Path, *arguments: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command as ``coopcal`` does, but in this process, which takes a tenth of the time; a variable that is None is not set.

    For what a command says and does, where nothing depends on how its process begins and ends.
    """
    return invoked_words("--root", str(root), *arguments, **variables)


def invoked_words(*words: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Run ``coopcal`` with these words, as ``invoked``."""
    done = CliRunner().invoke(main, words, env=variables, prog_name="coopcal")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)
