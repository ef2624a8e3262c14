"""Compiling with all that it takes: imported where something has changed since the last time."""

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

import click

from coopcal.authoring.report import render
from coopcal.checks.rules.files_are_not_hidden import FILES_ARE_NOT_HIDDEN
from coopcal.checks.rules.note_in_file import NOTE_IN_FILE
from coopcal.cli.jobs import crew_for
from coopcal.cli.language import echo, speaking
from coopcal.cli.progress import Ticker
from coopcal.compile.pipeline import Outcome, compile_site
from coopcal.compile.store.sources import Looked
from coopcal.model.message import msg, plural
from coopcal.model.problem import Problem, Severity
from coopcal.site.manifest import Held


class Told(Protocol):
    """What came of a compile, as far as it is shown."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is told of the sources."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of the files in question, by path."""

    @property
    def held(self) -> tuple[Held, ...]:
        """The organisations that are held as they were."""


ADVICE = frozenset((FILES_ARE_NOT_HIDDEN, NOTE_IN_FILE))
"""Codes of notes on how sources are kept, which are the same at each compile: ``coopcal check`` alone tells them."""


def of_compile(problems: Iterable[Problem]) -> list[Problem]:
    """Return what a compile tells; advice only where the site takes it for more than a note."""
    return [one for one in problems if one.severity is not Severity.NOTE or one.code not in ADVICE]


def show_problems(outcome: Told, *, quiet: bool = False) -> None:
    """Print an outcome's problems, and what is held, to standard error; only errors when quiet."""
    told = of_compile(outcome.problems)
    shown = [problem for problem in told if not quiet or problem.severity is Severity.ERROR]
    if shown:
        colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        click.echo(
            render(shown, outcome.texts, "text", colour=colour, language=speaking()), err=True, nl=False
        )
    for sentence in held_sentences(outcome):
        echo(sentence, err=True)


def held_sentences(outcome: Told) -> list[str]:
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


def compiled(
    root: Path,
    out: Path,
    now: datetime,
    *,
    first: bool,
    previous: str | None,
    jobs: int | None,
    dask: str | None,
    quiet: bool,
    looked: Looked,
) -> Outcome:
    """Compile the sources in a folder by whoever is asked for, and tell how far it is; digests that were ``looked`` at are not taken again."""
    ticker = Ticker(quiet=quiet)
    try:
        with crew_for(root, jobs, dask) as crew:
            return compile_site(
                root, out, now, first=first, previous=previous, progress=ticker, crew=crew, looked=looked
            )
    finally:
        ticker.done()
