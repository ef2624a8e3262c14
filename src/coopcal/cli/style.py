"""How a command prints what it has to say: for people, or for programs."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def style_option(sentence: str, *others: str) -> Callable[[Decorated], Decorated]:
    """Return the option ``--format`` of a command, given as ``style``: ``text``, which is usual, ``json``, or one of the ``others``.

    The ``sentence`` says in the help what is printed.
    """
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", *others]),
        default="text",
        show_default=True,
        help=sentence,
    )
