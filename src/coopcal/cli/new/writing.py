"""Checked, written, and told: what was answered comes into the files whole or not at all."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.new_files import SCHEMA_FILE, schema_line
from coopcal.authoring.report import render
from coopcal.authoring.write import put_files
from coopcal.cli.language import echo, speaking
from coopcal.cli.new.asker import refuse
from coopcal.compile.checker import Checker
from coopcal.compile.examine import Checked
from coopcal.definitions.source.missing_site import missing_site
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.message import msg
from coopcal.model.problem import Problem, Severity, has_errors
from coopcal.model.refusal import refusal
from coopcal.model.site import Catalogue
from coopcal.site.layout import SITE_FOLDER


@dataclass(frozen=True, slots=True)
class Site:
    """The site that something new comes into: its sources as they were checked, and what checks them with the new one."""

    checker: Checker
    checked: Checked
    catalogue: Catalogue


def site_or_leave(context: click.Context, now: datetime) -> Site:
    """Return the site that is there; end the command where there is none, or none that can be read."""
    root = context.obj.root
    if not (root / SITE_FILE).is_file():
        show([missing_site(root)], {}, err=True)
        context.exit(2)
    checker = Checker.of(root, now, root / SITE_FOLDER)
    checked = checker.check()
    if checked.catalogue is None:
        show(_of((SITE_FILE,), checked.problems), checked.texts, err=True)
        refuse(msg("coopcal.yaml has to be mended first."))
    return Site(checker, checked, checked.catalogue)


def put(
    context: click.Context,
    site: Site | None,
    now: datetime,
    *,
    created: Mapping[str, str] | None = None,
    edited: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
) -> None:
    """Check what the sources would say; write them, or end the command with the problems that they would bring.

    ``created`` are new source files, ``edited`` files that are there, ``others`` new files that are no sources.
    """
    root, created, edited = context.obj.root, created or {}, edited or {}
    if SCHEMA_FILE in (others or {}) or (root / SCHEMA_FILE).is_file():
        created = {path: schema_line(path) + text for path, text in created.items()}
    known = {(problem.code, problem.message) for problem in site.checked.problems} if site else set()
    checker = site.checker if site else Checker.of(root, now, root / SITE_FOLDER)
    checked = checker.check({**created, **edited})
    new = [problem for problem in checked.problems if (problem.code, problem.message) not in known]
    if has_errors(new):
        show([problem for problem in new if problem.severity is Severity.ERROR], checked.texts, err=True)
        refuse(msg("This cannot stand as it is."))
    try:
        put_files(root, {**created, **(others or {})}, edited)
    except FileExistsError as error:
        refuse(msg("{file} is there already, and no file is ever overwritten.", file=error.filename))
    except OSError as error:
        echo(msg("coopcal: {reason}: {path}", reason=refusal(error), path=error.filename or root), err=True)
        echo(msg("Nothing was written."), err=True)
        context.exit(2)
    if context.obj.quiet:
        return
    for path in (*created, *(others or {}), *edited):
        echo(msg("Written: {path}", path=path))
    if to_look_at := [problem for problem in new if problem.severity is Severity.WARNING]:
        click.echo()
        show(to_look_at, checked.texts)
    elif has_errors(checked.problems):
        echo(msg("Checked: what was written is well; other files have errors, which “coopcal check” shows."))
    else:
        echo(msg("Checked: all is well."))


def next_step(context: click.Context, *lines: str) -> None:
    """Say what comes next."""
    if not context.obj.quiet:
        for line in lines:
            echo(line)


def read_text(root: Path, path: str) -> str:
    """Return a file's text with its line ends; end the command where it is not UTF-8."""
    try:
        return (root / path).read_bytes().decode()
    except UnicodeDecodeError:
        refuse(msg("{path} is not written in UTF-8, and has to be saved anew first.", path=path))


def show(problems: list[Problem], texts: Mapping[str, str], *, err: bool = False) -> None:
    """Show problems as ``check`` does."""
    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and not os.environ.get("NO_COLOR")
    click.echo(
        render(problems, texts, "text", colour=colour, language=speaking()), nl=False, err=err, color=colour
    )


def _of(paths: tuple[str, ...], problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.position.path in paths]
