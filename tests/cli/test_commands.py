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
        "coopcal.cli.setting_kinds",
        "coopcal.cli.settings",
        "coopcal.model",
        "coopcal.model.message",
        "coopcal.text",
        "coopcal.text.catalogues",
    }
    assert not loaded & {"babel", "dateutil", "flask", "icalendar", "jinja2", "pytz", "yaml"}


def test_a_compile_of_what_stands_reads_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the terminal says its language."""
    monkeypatch.setenv("LANGUAGE", "en_GB.UTF-8")
    root = lay(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY})
    arguments = ("--root", str(root), "--quiet", "compile", "--now")
    modules_after(*arguments, "2026-06-01T12:00:00Z")

    loaded = modules_after(*arguments, "2026-06-01T12:01:00Z")

    assert "coopcal.compile.again" in loaded
    assert not loaded & {"babel", "yaml", "coopcal.compile.pipeline"}


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


def all_commands() -> dict[str, click.Command]:
    """Return every command with those that it holds, by what is typed."""
    found: dict[str, click.Command] = {}
    for name, (module, _) in COMMANDS.items():
        command = import_module(f"coopcal.cli.{module}").command
        found[name] = command
        for inner, held in getattr(command, "commands", {}).items():
            found[f"{name} {inner}"] = held
    return found


@pytest.mark.parametrize("name", all_commands())
def test_the_help_of_a_command_is_whole(name: str) -> None:
    """Exit codes are told with it, or with what holds it; each option says what it does, and whether it stands several times."""
    command, holder = all_commands()[name], all_commands()[name.partition(" ")[0]]
    assert "Exit code 0: " in f"{command.help}{holder.help}"
    context = click.Context(command, info_name=name)
    for option in command.params:
        told = option.get_help_record(context)
        if not isinstance(option, click.Option) or told is None:
            continue
        said, text = told
        assert option.help, said
        assert text.partition("  [")[0].endswith("."), said
        assert ("several times" in text) == option.multiple, said
        assert not any(word in said for word in ("DIR", "RANGE")), said
        assert text.count("[default") <= 1, said
        assert text.find("[env var") == -1 or text.find("[default") < text.find("[env var"), said


@pytest.mark.parametrize(
    "name", ["", *(name for name, one in all_commands().items() if isinstance(one, click.Group))]
)
def test_lists_of_commands_say_whole_sentences(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coopcal", *name.split(), "--help"], capture_output=True, text=True, check=True
    )
    assert "..." not in done.stdout.partition("Commands:")[2]
