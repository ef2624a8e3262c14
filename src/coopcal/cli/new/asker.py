"""Questions and answers: at a terminal each is asked until it is right; in a script each is an option."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import click

from coopcal.cli.answers import HELP, as_printed, folded, unquoted, yes_or_no
from coopcal.cli.language import echo, spoken
from coopcal.model.message import Message, msg
from coopcal.model.problem import Problem

Trial = Callable[[str], Sequence[str]]
"""Says what is wrong with an answer, line by line; nothing where it is right."""

Meaning = Callable[[str], str | None]
"""Gives what an answer means that is wrong as it stands; None where that is not certain."""

_PARTS = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the ``option`` that answers it, its words with an example, and what ``?`` tells of it.

    ``free`` is for texts of people's own, in which quotes may be meant.
    """

    option: str
    words: str
    help: str
    free: bool = False

    @property
    def key(self) -> str:
        """The key that a printed line begins with."""
        return self.option.removeprefix("--").replace("-", "_")


class Asker:
    """Gets answers from options or, at a terminal, from people; nobody is waited for in a script."""

    def __init__(self, *, yes: bool) -> None:
        self.talks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
        self._missing: list[str] = []
        self._greeted = False

    def answer(
        self,
        question: Question,
        given: str | None,
        *,
        usual: str | None = None,
        needed: bool = False,
        trial: Trial = lambda _: (),
        meaning: Meaning = lambda _: None,
    ) -> str | None:
        """Return the answer, held against ``trial``; None where there is none and none is needed.

        An answer that is wrong as it stands is taken for what it certainly means. A wrong option ends the command with what
        is wrong; a wrong answer is asked for again.
        """
        if given is None and self.talks:
            return self._asked(question, usual, trial, meaning, needed=needed)
        if given is None and usual is None:
            self._missing += [question.option] if needed else []
            return None
        value, wrong = _read(question, given if given is not None else usual or "", trial, meaning)
        if wrong:
            refuse(msg("{option}: {wrong}", option=question.option, wrong=wrong[0]), *wrong[1:])
        return value or None

    def _asked(
        self, question: Question, usual: str | None, trial: Trial, meaning: Meaning, *, needed: bool
    ) -> str | None:
        self._greet()
        while True:
            answer = click.prompt(
                spoken(question.words), default=usual or "", show_default=bool(usual), type=str
            ).strip()
            if folded(answer) in HELP:
                self.tell(question.help)
                continue
            if not answer and not needed:
                return None
            missing = msg("An answer is needed here; “?” says more.")
            value, wrong = _read(question, answer, trial, meaning) if answer else (answer, (missing,))
            if not wrong:
                if value not in ("", answer):
                    self.tell(msg("That is: {value}", value=value))
                return value or None
            for line in wrong:
                self.tell(line, fg="red")

    def several(
        self,
        question: Question,
        given: Sequence[str],
        *,
        usual: str | None = None,
        trial: Trial = lambda _: (),
        meaning: Meaning = lambda _: None,
    ) -> list[str]:
        """Return answers of which there may be several, parted by commas."""
        all_given = ", ".join(given) if given else None
        return parted(self.answer(question, all_given, usual=usual, trial=trial, meaning=meaning))

    def confirm(self, question: str) -> bool | str:
        """Ask whether something is right; in a script it is. Whoever says neither yes nor no has said something else."""
        if not self.talks:
            return True
        answer = click.prompt(
            f"  {spoken(question)}", default="", show_default=False, prompt_suffix=" "
        ).strip()
        decision = yes_or_no(answer)
        return True if not answer else answer if decision is None else decision

    def tell(self, line: str, *, fg: str | None = None) -> None:
        """Say something between the questions."""
        if self.talks:
            for row in spoken(line).split("\n"):
                click.echo(click.style(f"  {row}", fg=fg) if fg else f"  {row}")

    def all_there(self) -> None:
        """End the command where answers are missing; every one is named."""
        if self._missing:
            options = ", ".join(self._missing)
            sentence = msg("There is no terminal to ask at, so these are needed: {options}", options=options)
            raise click.UsageError(spoken(sentence))

    def _greet(self) -> None:
        """Say once how questions are answered."""
        if not self._greeted:
            self._greeted = True
            greeting = msg(
                "Enter takes what stands in [brackets], or leaves out what is not needed; “?” explains a question; "
                "Ctrl-C leaves, and nothing is written."
            )
            echo(greeting)


def _read(question: Question, answer: str, trial: Trial, meaning: Meaning) -> tuple[str, Sequence[str]]:
    """Return an answer as it is meant, and what is wrong with it."""
    value = as_printed(answer, question.key)
    if value is None:
        value = answer.strip() if question.free else unquoted(answer)
    wrong = trial(value)
    if not wrong:
        return value, ()
    meant = meaning(value)
    return (value, wrong) if meant is None else (meant, trial(meant) if meant else ())


def parted(answer: str | None) -> list[str]:
    """Return the words of an answer that are parted by commas."""
    return [word for word in (part.strip() for part in _PARTS.split(answer or "")) if word]


def words_of(problems: Iterable[Problem]) -> list[str]:
    """Return what is wrong with an answer, and the mend."""
    lines: list[str] = []
    for problem in problems:
        lines.append(msg("{sentence}.", sentence=problem.message))
        if isinstance(problem.mend, Message):
            lines.append(msg("mend: {mend}", mend=problem.mend))
        else:
            lines += [msg("mend: {mend}", mend=line) for line in (problem.mend or "").splitlines()]
    return list(dict.fromkeys(lines))


def refuse(*lines: str) -> NoReturn:
    """End the command: nothing was written, because of what is wrong."""
    for line in (*lines, msg("Nothing was written.")):
        echo(line, err=True)
    raise click.exceptions.Exit(1)
