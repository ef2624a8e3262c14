"""``coopcal check``: every problem at once."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from coopcal.build import Checked, check
from coopcal.cli.compile import SITE_FOLDER
from coopcal.cli.instant import now_option
from coopcal.model.problem import Problem, Severity, has_errors
from coopcal.report import Style, render


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print problems.",
)
@now_option
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], style: Style, now: datetime) -> None:
    """Show every problem of the sources, or of PATHS among them.

    Exit code 0: no errors; 1: errors; 2: could not run.
    """
    root, quiet = context.obj.root, context.obj.quiet
    checked = check(root, now, out=root / SITE_FOLDER)
    problems = _asked_for(checked.problems, root, paths, quiet=quiet)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(render(problems, checked.texts, style, colour=colour), nl=False)
    if style == "text" and not quiet and not has_errors(problems):
        click.echo(_all_is_well(checked))
    context.exit(1 if has_errors(problems) else 0)


def _asked_for(
    problems: tuple[Problem, ...], root: Path, paths: tuple[Path, ...], *, quiet: bool
) -> tuple[Problem, ...]:
    if quiet:
        problems = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if not paths:
        return problems
    wanted = []
    for path in paths:
        asked = (path if path.exists() else root / path).resolve()
        if not asked.exists():
            raise click.UsageError(f"There is no {path}")
        wanted.append(asked)
    return tuple(
        problem
        for problem in problems
        if any((root / problem.place.path).resolve().is_relative_to(asked) for asked in wanted)
    )


def _all_is_well(checked: Checked) -> str:
    catalogue = checked.catalogue
    if catalogue is None:
        return "There is nothing to check."
    counts = (
        (len(catalogue.organisations), "organisation"),
        (sum(len(one.events) for one in catalogue.organisations), "event"),
        (len(catalogue.feeds), "feed file"),
    )
    said = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    return f"No errors: {said}."
