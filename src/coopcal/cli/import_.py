"""``coopcal import``: calendars and tables of others → YAML of this format."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from coopcal.authoring.importing.columns import COLUMNS, named
from coopcal.authoring.importing.date_order import Order
from coopcal.authoring.importing.report import as_json, as_text
from coopcal.authoring.importing.run import Given, Outcome, Wish, import_events, left_out
from coopcal.authoring.importing.tables import Table
from coopcal.authoring.importing.wanted import FIELDS, Choice
from coopcal.authoring.report import render
from coopcal.cli.fetching import given
from coopcal.cli.instant import now_option
from coopcal.cli.language import speaking, spoken
from coopcal.cli.progress import Ticker
from coopcal.cli.style import style_option
from coopcal.model.message import msg
from coopcal.model.problem import Severity
from coopcal.site.layout import SITE_FOLDER


def _columns(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for value in values:
        heading, equals, name = value.rpartition("=")
        if not equals or named(name) is None:
            wrong = msg(
                "{said}: write Heading=column, where column is one of {columns}",
                said=repr(value),
                columns=", ".join(COLUMNS),
            )
            raise click.BadParameter(spoken(wrong))
        columns[heading.strip()] = name.strip()
    return columns


def _only(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    conditions = []
    for value in values:
        name, word = value.partition("=")[::2]
        if name.strip() not in FIELDS or not word.strip():
            wrong = msg(
                "{said}: write one of {fields}",
                said=repr(value),
                fields=", ".join(f"{name}=…" for name in FIELDS),
            )
            raise click.BadParameter(spoken(wrong))
        conditions.append((name.strip(), word.strip()))
    return conditions


def imported(
    root: Path, options: Mapping[str, Any], progress: Callable[[str], None] = lambda _: None
) -> tuple[Outcome, Given]:
    """Import as the parameters of the command say; return what came of it, and what was read."""
    brought = given(options["source"])
    order, starts, since = options["order"], options["starts"], options["since"]
    table = Table(options["columns"], Order(order) if order else None, starts.date() if starts else None)
    choice = Choice(options["only"], since.date() if since else None, options["coming"])
    wish = Wish(table, choice, options["adopt"], options["dry"])
    out = root / SITE_FOLDER
    return import_events(
        root, options["organisation"], brought, options["now"], out=out, wish=wish, progress=progress
    ), brought


@click.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--organisation", required=True, metavar="ID", help="Whose events these are.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    metavar="HEADING=NAME",
    help='What a column of a table holds (several times): "Titre=title".',
)
@click.option(
    "--dates",
    "order",
    type=click.Choice(["day-first", "month-first"]),
    help="How 3/4/2026 is meant in a table.",
)
@click.option(
    "--starts",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="From when on rows of a table take place that name weekdays alone.",
)
@click.option(
    "--only",
    multiple=True,
    callback=_only,
    metavar="FIELD=WORD",
    help="Take over only what says so (several times): tag=…, title=… or place=….",
)
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Take over only what is still to come, or goes on, on that day.",
)
@click.option("--coming", is_flag=True, help="Take over only what is still to come, or goes on, today.")
@click.option(
    "--adopt", is_flag=True, help="Where events that are here come under new UIDs, take over these."
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be done, and write nothing.")
@style_option("How to print what was done.")
@now_option
@click.pass_context
def command(context: click.Context, /, *, source: str, style: str, dry: bool, **_: object) -> None:
    """Take over events from a calendar (.ics, jCal), a table (CSV), or the JSON of another site of coopcal.

    What does not come over is told line by line. Importing again brings what changed in the source, and leaves what was
    changed here.

    Exit code 0: done; 1: an event, a date or a row was left out, or changed on both sides, or something must be told
    first; 2: it could not be read.
    """
    root, quiet = context.obj.root, context.obj.quiet
    ticker = Ticker(quiet=quiet)
    ticker(msg("Reading {source}", source=source) if "://" not in source else msg("Reading the calendar"))
    outcome, brought = imported(root, context.params, ticker)
    ticker.done()
    if style == "json":
        click.echo(as_json(outcome, dry=dry), nl=False)
    else:
        click.echo(as_text(outcome, brought.path, dry=dry, quiet=quiet, language=speaking()), nl=False)
        shown = [problem for problem in outcome.problems if not quiet or problem.severity is Severity.ERROR]
        if shown:
            colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
            text = render(shown, outcome.texts or {}, "text", colour=colour, language=speaking())
            click.echo(text, err=True, nl=False)
    if outcome.unreadable:
        context.exit(2)
    context.exit(1 if outcome.refusal is not None or left_out(outcome) else 0)
