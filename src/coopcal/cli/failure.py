"""What the program says when a command fails, by its exception."""

import traceback
from pathlib import Path
from typing import NoReturn

import click

from coopcal.cli.language import echo, spoken
from coopcal.model.message import msg
from coopcal.model.refusal import refusal

_BEFORE = ("--root", "--quiet", "--language")
"""Options that hold for every command, and stand before it."""


def tell(error: Exception, context: click.Context) -> NoReturn:
    """Say what went wrong, and end with exit code 2; what nobody foresaw names a place to report."""
    match error:
        case click.NoSuchOption(ctx=click.Context() as called, option_name=option) if option in _BEFORE:
            line = f"coopcal {option} … {context.invoked_subcommand or ''} …"
            sentence = msg("“{option}” stands before the command: {line}", option=option, line=line)
            raise click.UsageError(spoken(sentence), called) from None
        case click.ClickException():
            raise error
        case OSError() if error.filename:
            echo(msg("coopcal: {reason}: {path}", reason=refusal(error), path=error.filename), err=True)
        case OSError():
            echo(msg("coopcal: {reason}", reason=refusal(error)), err=True)
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = msg("{path}, line {line}", path=Path(frame.filename).name, line=frame.lineno)
            fault = msg(
                "coopcal: this is a fault of coopcal itself, please report it: {error} ({where})",
                error=repr(error),
                where=where,
            )
            echo(fault, err=True)
    context.exit(2)
