"""``coopcal schema``: the format as JSON Schema."""

import click

from coopcal.definitions.schema import FILES, File, written


@click.command()
@click.argument("file", type=click.Choice(list(FILES)), required=False)
def command(file: File | None) -> None:
    """Print the format as JSON Schema (draft 2020-12), with which editors complete and mark.

    With the name of a kind of FILE, print what holds for that kind alone.

    Exit code 0: printed; 2: there is no such kind.
    """
    click.echo(written(file).encode(), nl=False)
