"""What the program says when a command fails, by its exception."""

import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from coopcal.cli.language import echo, spoken
from coopcal.model.message import msg
from coopcal.model.refusal import refusal

_BEFORE = ("--root", "--quiet", "--language")
"""Options that hold for every command, and stand before it."""


INTERRUPTED = 130
"""The exit code of a program that is ended by Ctrl-C, as shells tell it: 128 and the number of the signal."""


def leave(error: BaseException, context: click.Context) -> NoReturn:
    """End a command that was left by Ctrl-C, or whose question nobody answered."""
    is_unanswered = isinstance(error.__context__, EOFError)
    if is_unanswered:
        echo(msg("coopcal: the question was not answered"), err=True)
    elif sys.stderr.isatty():
        click.echo(err=True)  # the terminal has shown ^C
    context.exit(2 if is_unanswered else INTERRUPTED)


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
