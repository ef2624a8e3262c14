"""``coopcal rebuild``: sources are fetched from a repository and compiled, once or whenever somebody asks for it."""

import os
import time
from pathlib import Path

import click

from coopcal.cli.instant import usual_now
from coopcal.cli.language import echo, spoken
from coopcal.cli.notifying import Notifying
from coopcal.cli.notifying import options as notifying_options
from coopcal.cli.noting import Noting, counter
from coopcal.cli.rebuilder import BusyError, Rebuilder, alone
from coopcal.cli.settings import setting
from coopcal.cli.shielded_git import Git
from coopcal.cli.state_folder import wanted_file
from coopcal.model.message import msg
from coopcal.site.layout import SITE_FOLDER

GLANCE = 1.0
"""Seconds between two looks whether somebody asks for a rebuild."""

HOURLY = 3600.0
"""Seconds after which the branch is fetched though nobody asked: a call may have been lost."""

SOON = 30.0
"""Seconds after which what failed is tried again; twice that after the next failure, and an hour at most."""


@click.command()
@setting("remote")
@setting("branch")
@setting(
    "state",
    help="The folder for the copy of the repository, and for the file that asks for a rebuild; it must be given.",
)
@setting("out")
@click.option("--watch", is_flag=True, help="Go on, and rebuild whenever it is asked for, and once an hour.")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@click.option("--allow-local", is_flag=True, help="Let the repository be a folder of this machine.")
@notifying_options
@click.pass_context
def command(
    context: click.Context,
    /,
    remote: str | None,
    branch: str,
    state: Path | None,
    out: Path | None,
    *,
    watch: bool,
    first: bool,
    allow_local: bool,
    notifying: Notifying,
) -> None:
    """Fetch the sources from a repository, and compile them.

    It needs --remote and --state. The site goes to --out; in the folder of --state stand the copy of the repository and what went wrong last. There, a file “rebuild-wanted” asks for a rebuild.

    Exit code 0: the site is that of the branch; 1: it could not be fetched or compiled, and the site before stands; 2: could not run.
    """
    if remote is None or state is None:
        missing = "--remote" if remote is None else "--state"
        raise click.UsageError(spoken(msg("{option} is missing", option=missing)))
    if not allow_local and _is_folder(remote):
        raise click.UsageError(spoken(msg("a folder of this machine takes --allow-local")))
    site = (out or context.obj.root / SITE_FOLDER).resolve()
    try:
        with alone(state.resolve()) as folder:
            git = Git(folder / "repository", remote, os.environ, allow_local)
            happened = counter(Noting(state))
            rebuilder = Rebuilder(
                git, branch, folder, site, usual_now, happened, notifying, quiet=context.obj.quiet
            )
            wanted = wanted_file(state)
            wanted.unlink(missing_ok=True)
            done = rebuilder.rebuild(first=first)
            if watch:
                _follow(rebuilder, wanted, done=done)
    except BusyError:
        echo(
            msg(
                "coopcal: another “coopcal rebuild” is at work; to ask it for a rebuild, create {file}",
                file=wanted_file(state),
            ),
            err=True,
        )
        context.exit(2)
    if not done:
        context.exit(1)


def _is_folder(remote: str) -> bool:
    """Return whether a repository is a folder of this machine, not an address."""
    return remote.lower().startswith(("file:", "/", ".", "~")) or Path(remote).exists()


def _follow(rebuilder: Rebuilder, wanted: Path, *, done: bool) -> None:
    """Rebuild when it is asked for, when time makes another site, once an hour, and soon after a failure."""
    wait = HOURLY if done else SOON
    begun = time.monotonic()
    while True:
        time.sleep(GLANCE)
        rebuilder.tell_again()
        asked = wanted.exists()
        if not asked and time.monotonic() - begun < wait and (not done or not rebuilder.is_past()):
            continue
        wanted.unlink(missing_ok=True)  # before it is fetched: what is pushed from now on is asked for anew
        failed_again = not done and not asked
        done = rebuilder.rebuild()
        wait = HOURLY if done else min(wait * 2, HOURLY) if failed_again else SOON
        begun = time.monotonic()
