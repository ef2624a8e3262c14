"""The command line: one command a file. Only here is anything printed, or the clock or environment read."""

from dataclasses import dataclass
from pathlib import Path

import click

from coopcal import __version__
from coopcal.cli import check, serve
from coopcal.cli import compile as compile_


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every command: the tree that it works on, and whether it says only what it must."""

    root: Path
    quiet: bool


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopcal")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that holds coopcal.yaml.  [default: this one]",
)
@click.option("--quiet", "-q", is_flag=True, help="Say only what must be said.")
@click.pass_context
def main(context: click.Context, root: Path, *, quiet: bool) -> None:
    """Compile cooperatives' events, kept as YAML, into calendar feeds, and serve them."""
    context.obj = Settings(root, quiet)


main.add_command(check.command, "check")
main.add_command(compile_.command, "compile")
main.add_command(serve.command, "serve")
