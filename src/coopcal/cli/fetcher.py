"""Fetches feeds of others again and again while a site is served, and compiles anew when a copy has changed; beside a preview, those that are new."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from coopcal.authoring.including.copies import CopyFiles
from coopcal.authoring.including.fetch import Ask, Kind, Step, fetch, take_out
from coopcal.authoring.including.sources import Merged, merged_in
from coopcal.checks.rules.copies_of_includes import failing
from coopcal.model.message import Message, msg, reason_of
from coopcal.model.refusal import refusal
from coopcal.site.layout import SiteError
from coopcal.text.messages import say
from coopcal.zones import zone

JITTER = 0.2
"""How much longer or shorter than told a pause may be, so that not all servers ask at the same time."""


FIRST = 3.0
"""Seconds before the first look: until then the server's processes are there."""


SETTLED = FIRST
"""Seconds after a save before an address that is new is fetched: it may not be written to its end yet."""


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
        found = self._found()
        if found is None or not (found.wanted or found.unused):
            return False
        if self._ask is None:
            self._say(self._missing)
            return False
        try:
            for one in take_out(self._root, found.unused) if found.unused else ():
                self._say(msg("no feed merges in {url} any more, so its copy was taken out", url=one.url))
            if not found.wanted:
                return False
            steps = fetch(self._root, found.settings, found.wanted, self._ask, now, due=True)
        except OSError as error:
            self._say(msg("the copies of feeds of others cannot be kept ({reason})", reason=refusal(error)))
            return False
        for step in steps:
            self._tell(step, now, found.settings.timezone)
        if not any(step.kind in (Kind.NEW, Kind.CHANGED) for step in steps):
            return False
        self._changed(now)
        return True

    def _changed(self, now: datetime) -> None:
        try:
            self._compile(now)
        except SiteError as error:
            self._say(msg("{reason}; the site before is still served", reason=reason_of(error)))

    def _found(self) -> Merged | None:
        return merged_in(self._root)

    def _tell(self, step: Step, now: datetime, timezone: str) -> None:
        at = step.wanted.include.position
        if step.why is not None:
            today = now.astimezone(zone(timezone)).date()
            problem = failing(step.wanted.include, step.why, today, timezone, refused=step.refused)
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


class NewcomersFetcher(Fetcher):
    """Fetches, beside a preview, addresses that were never had, a moment after they are saved; what is there already stays as it is.

    The preview itself compiles anew where a copy is written.
    """

    def __init__(self, root: Path, ask: Ask | None, missing: Message, language: str) -> None:
        """Take a tree, and what asks."""
        super().__init__(root, ask, missing, 0.0, lambda _: True, language)
        self._saved = threading.Event()

    def saved(self) -> None:
        """Look soon, as a source was saved."""
        self._saved.set()

    def stop(self) -> None:
        """Stop fetching."""
        super().stop()
        self._saved.set()

    def _found(self) -> Merged | None:
        """Return what was never had; of what is merged in no more, only what is known of addresses that brought nothing."""
        found = super()._found()
        if found is None:
            return None
        wanted = (one for one in found.wanted if one.include.kept is None or one.include.kept.seen is None)
        unused = (
            one
            for one in found.unused
            if not CopyFiles(self._root, one.organisation, one.name).events.exists()
        )
        return found._replace(wanted=tuple(wanted), unused=tuple(unused))

    def _run(self) -> None:
        while self._saved.wait() and not self._stopped.wait(SETTLED):
            self._saved.clear()
            self.look(datetime.now(UTC))
