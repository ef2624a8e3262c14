"""Questions and answers: at a terminal each is asked until it is right; in a script each is an option."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

import click

from coopcal.model.problem import Problem

Trial = Callable[[str], Sequence[str]]
"""Says what is wrong with an answer, line by line; nothing where it is right."""


class Asker:
    """Gets answers from options or, at a terminal, from people; nobody is waited for in a script."""

    def __init__(self, *, yes: bool) -> None:
        self.talks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
        self._missing: list[str] = []

    def answer(
        self,
        option: str,
        question: str,
        given: str | None,
        *,
        usual: str | None = None,
        needed: bool = False,
        trial: Trial = lambda _: (),
    ) -> str | None:
        """Give the answer, held against ``trial``; None where there is none and none is needed.

        A wrong option ends the command with what is wrong; a wrong answer is asked for again.
        """
        if given is not None:
            if wrong := trial(given):
                refuse(f"{option}: {wrong[0]}", *wrong[1:])
            return given or None
        if not self.talks:
            if usual is None and needed:
                self._missing.append(option)
            elif usual and (wrong := trial(usual)):
                refuse(f"{option}: {wrong[0]}", *wrong[1:])
            return usual
        while True:
            said = click.prompt(question, default=usual or "", show_default=bool(usual), type=str).strip()
            if not said and not needed:
                return None
            wrong = trial(said) if said else ("An answer is needed here",)
            if not wrong:
                return str(said)
            for line in wrong:
                click.echo(click.style(f"  {line}", fg="red"))

    def several(
        self,
        option: str,
        question: str,
        given: Sequence[str],
        *,
        usual: str | None = None,
        trial: Trial = lambda _: (),
    ) -> list[str]:
        """Give answers of which there may be several, parted by commas."""
        said = self.answer(option, question, ", ".join(given) if given else None, usual=usual, trial=trial)
        return parted(said)

    def confirm(self, question: str) -> bool:
        """Ask whether something is right; in a script it is."""
        return not self.talks or click.confirm(question, default=True)

    def tell(self, line: str) -> None:
        """Say something between the questions."""
        if self.talks:
            click.echo(line)

    def all_there(self) -> None:
        """End the command where answers are missing; every one is named."""
        if self._missing:
            options = ", ".join(self._missing)
            raise click.UsageError(f"There is no terminal to ask at, so these are needed: {options}")


def parted(said: str | None) -> list[str]:
    """Give the words of an answer that are parted by commas."""
    return [each for each in (part.strip() for part in (said or "").split(",")) if each]


def words_of(problems: Iterable[Problem]) -> list[str]:
    """Give what is wrong with an answer, and the mend."""
    lines = []
    for each in problems:
        lines.append(f"{each.message}.")
        lines += [f"mend: {line}" for line in (each.mend or "").splitlines()]
    return list(dict.fromkeys(lines))


def refuse(*lines: str) -> NoReturn:
    """End the command: nothing was written, because of what is wrong."""
    for line in lines:
        click.echo(line, err=True)
    click.echo("Nothing was written.", err=True)
    raise click.exceptions.Exit(1)
