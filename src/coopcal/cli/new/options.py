"""Options that several of ``coopcal new`` have."""

from collections.abc import Callable

import click

yes_option = click.option(
    "--yes", "-y", is_flag=True, help="Ask nothing: take what is proposed, and name what is missing."
)

Command = Callable[..., None]


def text_in(option: str, parameter: str, help_text: str) -> Callable[[Command], Command]:
    """Return the option for a text in another language, which may stand several times."""
    return click.option(
        option,
        parameter,
        type=(str, str),
        multiple=True,
        metavar="LANG TEXT",
        help=f"{help_text.removesuffix('.')} (several times).",
    )
