"""``coopcal compile``: sources → site."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from coopcal.authoring.report import render
from coopcal.cli.collector import never_collecting
from coopcal.cli.instant import now_option
from coopcal.cli.jobs import crew_for, crew_options
from coopcal.cli.language import echo, speaking
from coopcal.cli.progress import Ticker
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.model.message import msg, plural
from coopcal.model.problem import Severity
from coopcal.site.layout import CURRENT, SITE_FOLDER, SiteError
from coopcal.site.manifest import Held


def show_problems(outcome: Outcome, *, quiet: bool = False) -> None:
    """Print an outcome's problems, and what is held, to standard error; only errors when quiet."""
    shown = [problem for problem in outcome.problems if not quiet or problem.severity is Severity.ERROR]
    if shown:
        colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        click.echo(
            render(shown, outcome.texts, "text", colour=colour, language=speaking()), err=True, nl=False
        )
    for sentence in held_sentences(outcome):
        echo(sentence, err=True)


def held_sentences(outcome: Outcome) -> list[str]:
    """Say what is held, since when and why, a sentence an organisation."""
    return [_held_sentence(held) for held in outcome.held]


def _held_sentence(held: Held) -> str:
    values = {
        "id": held.organisation,
        "instant": f"{held.since:%Y-%m-%d %H:%M} UTC",
        "errors": plural("{count} error", "{count} errors", held.errors),
        "place": f"{held.position.path}:{held.position.line}:{held.position.column}",
    }
    if held.shown:
        return msg(
            "“{id}” is held as it was last good, since {instant}: {errors}, the first in {place}", **values
        )
    return msg(
        "“{id}” was never published and is left out, since {instant}: {errors}, the first in {place}",
        **values,
    )


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to.  [default: _site]")
@now_option
@click.option("--previous", metavar="DIR|URL", help="The site before, where there is none in --out.")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@crew_options
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
) -> None:
    """Compile the sources into a site, whole or not at all."""
    root, quiet = context.obj.root, context.obj.quiet
    folder = out or root / SITE_FOLDER
    ticker = Ticker(quiet=quiet)
    context.with_resource(never_collecting())
    try:
        with crew_for(root, jobs, dask) as crew:
            outcome = compile_site(
                root, folder, now, first=first, previous=previous, progress=ticker, crew=crew
            )
    except SiteError as error:
        ticker.done()
        reason = error.args[0] if error.args else str(error)
        echo(
            msg("coopcal: {reason}; the site before still stands", reason=reason)
            if (folder / CURRENT).is_file()
            else msg("coopcal: {reason}; nothing was published", reason=reason),
            err=True,
        )
        context.exit(2)
    ticker.done()
    show_problems(outcome, quiet=quiet)
    if not outcome.published:
        echo(msg("Nothing was published: mend the errors first."), err=True)
        context.exit(1)
    if not quiet:
        echo(
            msg(
                "Published {events} in {feeds} to {folder}.",
                events=plural("{count} event", "{count} events", outcome.events),
                feeds=plural("{count} feed", "{count} feeds", outcome.feeds),
                folder=folder,
            )
        )
    if outcome.held:
        context.exit(1)
