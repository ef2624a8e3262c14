"""The progress of long work."""

import sys

import click

from coopcal.cli.language import spoken


class Ticker:
    """Shows long work on one line of a terminal; is quiet in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet

    def __call__(self, step: str) -> None:
        """Show the step that begins."""
        if self._shown:
            click.echo(f"\r\033[K{spoken(step)} …", nl=False, err=True)

    def done(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)
