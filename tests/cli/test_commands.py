"""The commands: named in the program, imported when they are called."""

import signal
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from tests.support.trees import BAKERY, SITE, lay

from coopcal.cli import COMMANDS, main

LOADED = """
import sys
from coopcal.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules)
"""


def modules_after(*arguments: str) -> set[str]:
    """Return the modules that a fresh process has loaded after a run of the command."""
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_what_works_on_no_tree_loads_no_more_than_it_needs(arguments: tuple[str, ...]) -> None:
    """Whoever asks for the version waits for nothing of what commands need."""
    loaded = modules_after(*arguments)

    ours = {name for name in loaded if name.partition(".")[0] == "coopcal"}
    assert ours == {
        "coopcal",
        "coopcal.cli",
        "coopcal.cli.settings",
        "coopcal.model",
        "coopcal.model.message",
        "coopcal.text",
        "coopcal.text.catalogues",
    }
    assert not loaded & {"babel", "dateutil", "flask", "icalendar", "jinja2", "pytz", "yaml"}


def test_check_loads_nothing_that_renders_or_serves(tmp_path: Path) -> None:
    """Neither for calendars nor for pages."""
    root = lay(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY})
    loaded = modules_after("--root", str(root), "check")

    assert "coopcal.cli.check" in loaded
    assert not loaded & {"brotli", "flask", "icalendar", "jinja2", "markdown_it"}
    assert not loaded & {"coopcal.compile.pipeline", "coopcal.compile.render", "coopcal.web"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_each_command_says_of_itself(name: str) -> None:
    """The first sentence of its help, as click would have taken it."""
    module, _ = COMMANDS[name]
    command: click.Command = import_module(f"coopcal.cli.{module}").command

    assert main.commands[name].get_short_help_str(500) == command.get_short_help_str(500)


def test_a_command_that_is_ended_by_ctrl_c_says_nothing(tmp_path: Path) -> None:
    """It is in the middle of its work: it waits for a server that says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        route = f"80=127.0.0.1:{silent.getsockname()[1]}"
        command = [sys.executable, "-m", "coopcal", "doctor", "http://calendars.example.coop/a.ics"]
        with subprocess.Popen(
            [*command, "--connect", route],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            silent.accept()[0].close()  # to see whether anybody answers
            taken, _ = silent.accept()
            with taken:
                taken.recv(1)
                process.send_signal(signal.SIGINT)
                said = process.communicate(timeout=30)

    assert (process.returncode, said) == (130, ("", ""))
