"""Looks at the file of tokens while a site is served, so that one that is taken back opens nothing within seconds."""

import threading
from pathlib import Path

import click

from coopcal.compile.tokens import put_tokens
from coopcal.definitions.source.tree import TOKENS_FILE
from coopcal.model.message import msg
from coopcal.model.problem import Severity
from coopcal.model.refusal import refusal
from coopcal.text.messages import say

EVERY = 1.0
"""Seconds between two looks."""

AGAIN = 0.2
"""Seconds after which is looked once more before anything is told: a file that is being replaced may be missing, or written in part."""


class TokenKeeper:
    """Puts the tokens of the sources in a root beside the site in a folder, each time that their file is another.

    Whatever else is wrong with the sources, this is done. What is wrong with the file itself is said in ``language``.
    """

    def __init__(self, root: Path, folder: Path, language: str) -> None:
        self._root, self._folder, self._language = root, folder, language
        self._seen: tuple[int, int, int] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _run(self) -> None:
        first = True
        while first or not self._stopped.wait(EVERY):
            state = self._state()
            if first or state != self._seen:
                first = False
                self._put(state)

    def _put(self, state: tuple[int, int, int] | None) -> None:
        told, done = self._look()
        if told:
            if self._stopped.wait(AGAIN):
                return
            state = self._state()
            told, done = self._look()
        if done:
            self._seen = state
        for message in told:
            self._say(msg("coopcal: {path}: {message}", path=TOKENS_FILE, message=message))

    def _look(self) -> tuple[tuple[str, ...], bool]:
        """Put the tokens; return what is wrong with them, and whether they are not to be put again at the next look."""
        try:
            problems = put_tokens(self._root, self._folder)
        except OSError as error:
            return (refusal(error),), False
        return tuple(one.message for one in problems if one.severity is Severity.ERROR), True

    def _state(self) -> tuple[int, int, int] | None:
        try:
            status = (self._root / TOKENS_FILE).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _say(self, message: str) -> None:
        click.echo(say(message, self._language), err=True)
