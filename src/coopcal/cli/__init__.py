"""The command line: one command a file. Only here is anything printed, or the clock or environment read."""

import io
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from coopcal import __version__
from coopcal.cli import check, diff, forge, import_, new, schema, serve
from coopcal.cli import compile as compile_
from coopcal.cli.language import Language, chosen, echo, spoken
from coopcal.model.message import msg
from coopcal.model.refusal import refusal


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command: the tree that it works on, whether it says only what it must, and the language."""

    root: Path
    quiet: bool
    language: str


_BEFORE = ("--root", "--quiet", "--language")
"""Options that hold for every command."""


class Program(click.Group):
    """The program: it ends with words, whatever happens."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; what nobody foresaw ends with exit code 2 and a place to report."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(
                    errors="replace"
                )  # a terminal that lacks a character shows a question mark
        try:
            return super().invoke(context)
        except click.NoSuchOption as error:
            if error.ctx is None or error.option_name not in _BEFORE:
                raise
            sentence = msg(
                "“{option}” stands before the command: {line}",
                option=error.option_name,
                line=f"coopcal {error.option_name} … {context.invoked_subcommand or ''} …",
            )
            raise click.UsageError(spoken(sentence), error.ctx) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            echo(
                msg("coopcal: {reason}: {path}", reason=refusal(error), path=error.filename)
                if error.filename
                else msg("coopcal: {reason}", reason=refusal(error)),
                err=True,
            )
            context.exit(2)
        except Exception as error:  # noqa: BLE001 - a bug of ours is no reason to frighten people
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = msg("{path}, line {line}", path=Path(frame.filename).name, line=frame.lineno)
            fault = msg(
                "coopcal: this is a fault of coopcal itself, please report it: {error} ({where})",
                error=repr(error),
                where=where,
            )
            echo(fault, err=True)
            context.exit(2)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopcal")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that holds coopcal.yaml.  [default: this one]",
)
@click.option("--quiet", "-q", is_flag=True, help="Say only what must be said.")
@click.option(
    "--language",
    type=Language(),
    help="The language to speak: en, fr, es, it, pt or de.  [default: the terminal's, else the site's]",
)
@click.pass_context
def main(context: click.Context, root: Path, language: str | None, *, quiet: bool) -> None:
    """Compile cooperatives' events, kept as YAML, into calendar feeds, and serve them."""
    context.obj = Settings(root, quiet, chosen(language, os.environ, root))


main.add_command(check.command, "check")
main.add_command(compile_.command, "compile")
main.add_command(diff.command, "diff")
main.add_command(forge.command, "forge")
main.add_command(new.command, "new")
main.add_command(import_.command, "import")
main.add_command(schema.command, "schema")
main.add_command(serve.command, "serve")
