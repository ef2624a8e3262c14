"""The command line: one command a file. Only here is anything printed, or the clock or environment read.

A command's module is imported when the command is called: whoever asks for the version waits for nothing else.
"""

import io
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from coopcal import __version__
from coopcal.cli.settings import setting


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command: the tree that it works on, whether it says only what it must, and the language."""

    root: Path
    quiet: bool
    language: str


class Commands(click.Group):
    """Commands, of each of which the list of all has the first sentence as a whole."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command."""
        paragraph = (cmd.help or "").partition("\n\n")[0]
        cmd.short_help = cmd.short_help or " ".join(paragraph.split())
        super().add_command(cmd, name)


class Program(Commands):
    """The program: it imports the command that is called, and ends with words, whatever happens."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, from its module."""
        name, listed, rest = super().resolve_command(context, args)
        command: click.Command | None = module(COMMANDS[name][0]).command if name else listed
        return name, command, rest

    def invoke(self, context: click.Context) -> Any:
        """Run a command; whatever it ends with is told in words."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(
                    errors="replace"
                )  # a terminal that lacks a character shows a question mark
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except (click.Abort, KeyboardInterrupt) as error:
            return module("failure").leave(error, context)
        except Exception as error:  # noqa: BLE001 - a bug of ours is no reason to frighten people
            return module("failure").tell(error, context)


def _read_settings(context: click.Context, parameter: click.Parameter, path: Path | None) -> None:
    """Read the file with settings, where there is one."""
    if path is not None:
        module("settings_file").take(context, parameter, path)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopcal")
@setting("config", is_eager=True, expose_value=False, callback=_read_settings)
@setting("root")
@click.option("--quiet", "-q", is_flag=True, help="Say only what must be said.")
@setting("language")
@click.pass_context
def main(context: click.Context, root: Path, language: str | None, *, quiet: bool) -> None:
    """Compile cooperatives' events, kept as YAML, into calendar feeds, and serve them."""
    context.obj = Settings(root, quiet, module("language").chosen(language, os.environ, root))


COMMANDS = {
    "check": ("check", "Show every problem of the sources."),
    "compile": ("compile", "Compile the sources into a site, whole or not at all."),
    "config": ("config", "Show which settings are in force and from where, or what must be backed up."),
    "diff": ("diff", "Tell what subscribers will see of the changes made since."),
    "doctor": (
        "doctor",
        "Look at a published feed as calendar programs would, and say for each whether it works there.",
    ),
    "fetch": ("fetch", "Bring the copies of feeds of others up to date."),
    "forge": (
        "forge",
        "Comment on requests, and make events of submitted forms, on GitHub and GitLab.",
    ),
    "forget": (
        "forget",
        "Find personal data in all that coopcal keeps, and with --apply remove it.",
    ),
    "import": (
        "import_",
        "Take over events from a calendar (.ics, jCal), a table (CSV), or the JSON of another site of coopcal.",
    ),
    "new": ("new", "Start a site, an organisation, an event or a feed."),
    "notify": (
        "notify",
        "Show who was told of what was published (notify in coopcal.yaml), and what waits, since when and why.",
    ),
    "publish": ("publish", "Compile the sources, and publish the public site as static files."),
    "rebuild": ("rebuild", "Fetch the sources from a repository, and compile them."),
    "schema": (
        "schema",
        "Print the format as JSON Schema (draft 2020-12), with which editors complete and mark.",
    ),
    "serve": ("serve", "Compile the sources and serve them, until stopped or the terminal is closed."),
    "token": ("token", "Make, list, replace and take back the secret addresses of private feeds."),
}
"""Each command's module in this room, and the first sentence of its help, by the command's name."""


def module(name: str) -> ModuleType:
    """Return a module of this room, imported when it is asked for: the one place for that."""
    return import_module(f"coopcal.cli.{name}")


for _name, (_, _help) in COMMANDS.items():
    main.add_command(click.Command(_name, help=_help))
