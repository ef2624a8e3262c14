"""The language that the command line speaks: that of ``--language``, else of the terminal, else of the site."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from coopcal.cli import module
from coopcal.text.catalogues import language_of
from coopcal.text.messages import say

LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that tell a terminal's language, in the order in which gettext reads them."""


def chosen(asked: str | None, environment: Mapping[str, str], root: Path) -> str:
    """Return the language to speak: what is asked for, else the terminal's, else the first of the site in ``root``."""
    return (
        asked
        or next(filter(None, map(language_of, _of_terminal(environment))), None)
        or next(filter(None, map(language_of, module("site_language").languages(root))), None)
        or "en"
    )


def spoken(text: str) -> str:
    """Return a message in the language that the command line speaks."""
    return say(text, speaking())


def speaking() -> str:
    """Return the language that the command line speaks."""
    context = click.get_current_context(silent=True)
    settings = context.find_root().obj if context else None
    return str(settings.language) if settings else "en"


def echo(message: str, **options: Any) -> None:
    """Print a message in the language that the command line speaks; ``options`` are those of click."""
    click.echo(spoken(message), **options)


def _of_terminal(environment: Mapping[str, str]) -> Iterator[str]:
    for name in LOCALE:
        if value := environment.get(name):
            yield from value.split(":")
            return
