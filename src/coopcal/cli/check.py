"""``coopcal check``: every problem at once."""

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.links import probe
from coopcal.authoring.report import Style, render
from coopcal.checks.rules.unknown_check import mend_of_code
from coopcal.checks.switches import SWITCHABLE
from coopcal.cli import module
from coopcal.cli.collector import never_collecting
from coopcal.cli.fixing import fix
from coopcal.cli.instant import now_option
from coopcal.cli.jobs import crew_for, crew_options
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.style import style_option
from coopcal.compile.batches.crew import alone
from coopcal.compile.checker import Checker, Choice
from coopcal.compile.examine import Counts, Verdict
from coopcal.compile.store.head import is_good
from coopcal.model.message import Message, listed, msg, plural
from coopcal.model.problem import Problem, Severity, has_errors
from coopcal.site.layout import SITE_FOLDER


class Code(click.ParamType[str]):
    """The code of a check that can be switched."""

    name = "code"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option."""
        code = str(value)
        if code not in SWITCHABLE:
            unknown = msg(
                "{code} is no check that can be switched; what guards the format is always an error; {mend}",
                code=code,
                mend=mend_of_code(code, SWITCHABLE),
            )
            self.fail(spoken(unknown), param, context)
        return code


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@style_option("How to print problems.", "github")
@click.option("--without", type=Code(), multiple=True, help="Leave a check out, by its code (several times).")
@click.option(
    "--only",
    type=Code(),
    multiple=True,
    help="Of the checks that can be left out, run this one alone (several times).",
)
@click.option("--online", is_flag=True, help="Look whether links work, too.")
@click.option("--fix", "mending", is_flag=True, help="Mend what is certain, and show what was done.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would be done, and do nothing.")
@click.option("--yes", "-y", is_flag=True, help="With --fix: also do what is only likely, without asking.")
@crew_options
@now_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    style: Style,
    without: tuple[str, ...],
    only: tuple[str, ...],
    now: datetime,
    *,
    online: bool,
    mending: bool,
    dry_run: bool,
    yes: bool,
    jobs: int | None,
    dask: str | None,
) -> None:
    """Show every problem of the sources.

    With PATHs, show only the problems of these files and folders; the whole tree is read all the same.

    Exit code 0: no errors (warnings and notes there may be); 1: errors; 2: could not run.
    """
    root, quiet = context.obj.root, context.obj.quiet
    context.with_resource(never_collecting())
    checker = Checker.of(root, now, root / SITE_FOLDER)
    if mending:
        _mend(root, checker, paths, dry_run=dry_run, yes=yes, quiet=quiet or style != "text")
    elif dry_run or yes:
        raise click.UsageError(spoken(msg("--dry-run and --yes go with --fix")))
    choice = Choice(only, without, probe if online else None)
    told = None if online or mending else _in_batches(root, now, choice, jobs, dask)
    told = told or checker.check(choice=choice).verdict
    problems = _errors(told.problems) if quiet else list(told.problems)
    if paths:
        chosen_paths = _wanted(paths, root, problems)
        problems = [problem for problem in problems if any(_lies_in(problem, path) for path in chosen_paths)]
    if style == "github" and not root.is_absolute():
        problems = [_from_here(problem, root) for problem in problems]
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(
        render(problems, told.texts, style, colour=colour, language=speaking()), nl=False, color=colour
    )
    if style == "text" and not quiet:
        for line in _closing(told, problems, limited=bool(paths)):
            echo(line)
    context.exit(1 if has_errors(problems) else 0)


def _in_batches(
    root: Path, now: datetime, choice: Choice, jobs: int | None, dask: str | None
) -> Verdict | None:
    """Check large sources by several workers, and others by what the last compile kept; None where neither is there."""
    with crew_for(root, jobs, dask) as crew:
        as_written = not choice.only and not choice.without
        if crew is None and not (as_written and is_good(root / SITE_FOLDER, root, now)):
            return None
        verdict: Verdict | None = module("batch_check").check(root, now, choice, crew or alone())
        return verdict


def _mend(
    root: Path, checker: Checker, paths: tuple[Path, ...], *, dry_run: bool, yes: bool, quiet: bool
) -> None:
    inside = _wanted(paths, root, list(checker.check().problems)) if paths else ["."]
    fix(
        root,
        checker,
        lambda problem: any(_lies_in(problem, path) for path in inside),
        dry_run=dry_run,
        yes=yes,
        quiet=quiet,
    )


def _wanted(paths: tuple[Path, ...], root: Path, problems: list[Problem]) -> list[str]:
    """Return the paths asked for as places name them; they are written from here, or from the root."""
    chosen_paths = []
    top = root.resolve()
    for path in paths:
        asked = path if path.exists() or path.is_symlink() else root / path
        # The folder is resolved, the name is not: a link stands for itself.
        full = asked.parent.resolve() / asked.name if asked.name not in ("", "..") else asked.resolve()
        if not full.is_relative_to(top):
            outside = msg(
                "{path} does not lie in {root}; another folder is named by --root", path=path, root=root
            )
            raise click.UsageError(spoken(outside))
        inside = full.relative_to(top).as_posix()
        if not (full.exists() or full.is_symlink() or any(_lies_in(problem, inside) for problem in problems)):
            raise click.UsageError(spoken(msg("There is no {path}", path=path)))
        chosen_paths.append(inside)
    return chosen_paths


def _from_here(problem: Problem, root: Path) -> Problem:
    """Return a problem whose path is relative to this folder, as annotations want it, and not to the root."""
    return replace(
        problem, position=problem.position._replace(path=(root / problem.position.path).as_posix())
    )


def _lies_in(problem: Problem, path: str) -> bool:
    return path in (".", problem.position.path) or problem.position.path.startswith(f"{path}/")


def _closing(told: Verdict, shown: list[Problem], *, limited: bool) -> list[str]:
    """Say that all is well, or what else there is that was not asked for."""
    closing: list[str] = []
    if not has_errors(shown):
        closing.append(_well_where_asked(shown) if limited else _well(told, shown))
    others = len(_errors(told.problems)) - len(_errors(shown))
    if limited and others:
        closing.append(plural("In other files: {count} error.", "In other files: {count} errors.", others))
    return closing


def _well_where_asked(shown: list[Problem]) -> Message:
    return msg("No errors in what was asked for.") if shown else msg("All is well in what was asked for.")


def _well(told: Verdict, shown: list[Problem]) -> Message:
    counts = _counts(told.counts)
    return (
        msg("No errors: {counts}.", counts=counts) if shown else msg("All is well: {counts}.", counts=counts)
    )


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _counts(counts: Counts) -> str:
    return listed(
        [
            plural("{count} organisation", "{count} organisations", counts.organisations),
            plural("{count} event", "{count} events", counts.events),
            plural("{count} feed", "{count} feeds", counts.feeds),
        ]
    )
