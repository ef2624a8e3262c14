"""Why the system refuses something is said in the language of the command line."""

import errno
import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopcal.cli import main
from coopcal.model.refusal import refusal
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.messages import say

MET = [
    "EACCES",
    "EPERM",
    "ENOENT",
    "EEXIST",
    "ENOTDIR",
    "EISDIR",
    "ENOTEMPTY",
    "ENOSPC",
    "EROFS",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETUNREACH",
]


@pytest.mark.parametrize("name", MET)
def test_what_people_meet_is_said_in_each_language(name: str) -> None:
    """Not in the words of the system."""
    number = getattr(errno, name)
    error = OSError(number, os.strerror(number))
    said = {say(refusal(error), language) for language in LANGUAGES}

    assert os.strerror(number) not in said
    assert len(said) == len(LANGUAGES)


def test_of_others_the_system_speaks() -> None:
    """Nothing is lost."""
    assert refusal(OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))) == os.strerror(errno.ENOTTY)
    assert refusal(OSError("something else")) == "something else"


def test_a_port_in_use_is_told_without_english(tmp_path: Path) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = CliRunner().invoke(
            main, ["--language", "de", "--root", str(tmp_path), "serve", "--watch", "--port", port]
        )

    assert said.exit_code == 2
    assert "benutzt ihn schon" in said.output
    assert "in use" not in said.output
