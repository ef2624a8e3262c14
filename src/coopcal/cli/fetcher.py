"""Fetches feeds of others again and again while a site is served, and compiles anew when a copy has changed."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from coopcal.authoring.including.fetch import Ask, Kind, Step, fetch
from coopcal.authoring.including.sources import wanted_in
from coopcal.checks.rules.copies_of_includes import failing
from coopcal.model.message import Message, msg, reason_of
from coopcal.model.refusal import refusal
from coopcal.site.layout import SiteError
from coopcal.text.messages import say

JITTER = 0.2
"""How much longer or shorter than told a pause may be, so that not all servers ask at the same time."""


FIRST = 3.0
"""Seconds before the first look: until then the server's processes are there."""


class Fetcher:
    """Fetches what the sources in a folder merge in, soon and then every so many seconds, more or less.

    ``ask`` is None where what asks is not installed, which is said once. ``compile_anew`` compiles for an instant. What goes wrong is said in ``language``, each thing once.
    """

    def __init__(
        self,
        root: Path,
        ask: Ask | None,
        missing: Message,
        every: float,
        compile_anew: Callable[[datetime], bool],
        language: str,
    ) -> None:
        self._root, self._ask, self._missing, self._every = root, ask, missing, every
        self._compile, self._language = compile_anew, language
        self._stopped = threading.Event()
        self._said = set[str]()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to fetch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop fetching; what is going on ends with the process."""
        self._stopped.set()

    def look(self, now: datetime) -> bool:
        """Fetch what is due, and compile where a copy has changed; return whether that was so."""
        found = wanted_in(self._root)
        if found is None or not found[1]:
            return False
        settings, wanted = found
        if self._ask is None:
            self._say(self._missing)
            return False
        try:
            steps = fetch(self._root, settings, wanted, self._ask, now, due=True)
        except OSError as error:
            self._say(msg("the copies of feeds of others cannot be kept ({reason})", reason=refusal(error)))
            return False
        for step in steps:
            self._tell(step, now)
        if not any(step.kind in (Kind.NEW, Kind.CHANGED) for step in steps):
            return False
        try:
            self._compile(now)
        except SiteError as error:
            self._say(msg("{reason}; the site before is still served", reason=reason_of(error)))
        return True

    def _tell(self, step: Step, now: datetime) -> None:
        at = step.wanted.include.position
        if step.why is not None:
            problem = failing(step.wanted.include, step.why, now.date(), refused=step.refused)
            self._say(msg("{path}, line {line}: {why}", path=at.path, line=at.line, why=problem.message))

    def _say(self, message: Message) -> None:
        text = say(msg("coopcal: {reason}", reason=message), self._language)
        if text not in self._said:
            self._said.add(text)
            click.echo(text, err=True)

    def _run(self) -> None:
        wait = FIRST
        while not self._stopped.wait(wait):
            self.look(datetime.now(UTC))
            wait = self._every * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
