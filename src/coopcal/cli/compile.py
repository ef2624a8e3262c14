"""``coopcal compile``: sources → site. What takes long to import is imported where something has changed."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import click

from coopcal.cli import module
from coopcal.cli.collector import never_collecting
from coopcal.cli.instant import now_option
from coopcal.cli.jobs import crew_options
from coopcal.cli.language import echo, speaking
from coopcal.cli.notifying import Notifying
from coopcal.cli.notifying import options as notifying_options
from coopcal.cli.settings import setting
from coopcal.compile.again import compile_again
from coopcal.compile.store.sources import Looked
from coopcal.model.message import msg, plural
from coopcal.site.layout import CURRENT, SITE_FOLDER, SiteError
from coopcal.site.manifest import Held


class Compiled(Protocol):
    """What came of a compile, as far as it is told."""

    @property
    def version(self) -> str | None:
        """The version that was published, None where none was."""

    @property
    def events(self) -> int:
        """The number of events."""

    @property
    def feeds(self) -> int:
        """The number of feeds."""

    @property
    def held(self) -> tuple[Held, ...]:
        """The organisations that are held as they were."""

    @property
    def since(self) -> datetime | None:
        """The instant after which the log tells what changed, None where nothing was published before."""


@click.command()
@setting("out")
@now_option
@click.option("--previous", metavar="FOLDER|URL", help="The site before, where there is none in --out.")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@crew_options
@notifying_options
@click.pass_context
def command(
    context: click.Context,
    out: Path | None,
    now: datetime,
    previous: str | None,
    *,
    first: bool,
    jobs: int | None,
    dask: str | None,
    notifying: Notifying,
) -> None:
    """Compile the sources into a site, whole or not at all.

    Exit code 0: compiled; 1: sources have errors, and the site before stands, or what is held of it; 2: could not run.
    """
    root, quiet = context.obj.root, context.obj.quiet
    folder = out or root / SITE_FOLDER
    notifying.begin(root, folder, speaking())
    outcome = compile_or_end(
        context, root, folder, now, previous=previous, first=first, jobs=jobs, dask=dask, quiet=quiet
    )
    if not quiet:
        echo(
            msg(
                "Published {events} in {feeds} to {folder}.",
                events=plural("{count} event", "{count} events", outcome.events),
                feeds=plural("{count} feed", "{count} feeds", outcome.feeds),
                folder=folder,
            )
        )
    notifying.tell(root, folder, speaking(), outcome.since, quiet=quiet, is_last=True)
    if outcome.held:
        context.exit(1)


def compile_or_end(
    context: click.Context,
    root: Path,
    folder: Path,
    now: datetime,
    *,
    previous: str | None,
    first: bool,
    jobs: int | None,
    dask: str | None,
    quiet: bool,
) -> Compiled:
    """Compile sources into a folder and show what is wrong with them; end the program where nothing was published."""
    context.with_resource(never_collecting())
    try:
        looked = Looked(root)
        outcome = compile_again(root, folder, now, looked)
        if outcome is None:
            outcome = module("compiling").compiled(
                root,
                folder,
                now,
                first=first,
                previous=previous,
                jobs=jobs,
                dask=dask,
                quiet=quiet,
                looked=looked,
            )
    except SiteError as error:
        reason = error.args[0] if error.args else str(error)
        echo(
            msg("coopcal: {reason}; the site before still stands", reason=reason)
            if (folder / CURRENT).is_file()
            else msg("coopcal: {reason}; nothing was published", reason=reason),
            err=True,
        )
        context.exit(2)
    if outcome.held or not outcome.published or (outcome.problems and not quiet):
        module("compiling").show_problems(outcome, quiet=quiet)
    if not outcome.published:
        echo(msg("Nothing was published: mend the errors first."), err=True)
        context.exit(1)
    return outcome
