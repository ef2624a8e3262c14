"""Compiles anew when time makes another site of the sources."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from coopcal.model.message import msg, reason_of
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import open_site
from coopcal.text.messages import say

PATIENCE = timedelta(seconds=30)
"""How long after a failed compile the next one is tried."""

LONGEST_WAIT = timedelta(hours=1)
"""A clock may be put forward while a thread waits, so it looks again after this at the latest."""


class Scheduler:
    """Compiles anew at the ``good_until`` of the site in a folder.

    ``compile_anew`` does so for an instant, and says whether there is a new site; where there is none, it is tried again.
    What goes wrong is said in ``language``.
    """

    def __init__(self, folder: Path, compile_anew: Callable[[datetime], bool], language: str) -> None:
        self._folder = folder
        self._compile = compile_anew
        self._language = language
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to watch the time."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def _run(self) -> None:
        wait = timedelta(0)
        while not self._stopped.wait(wait.total_seconds()):
            wait = LONGEST_WAIT
            try:
                good_until = open_site(self._folder).manifest.good_until
                now = datetime.now(UTC)
                if good_until is not None and now < good_until:
                    wait = min(good_until - now, LONGEST_WAIT)
                elif good_until is not None:
                    wait = timedelta(0) if self._compile(now) else PATIENCE
            except NoSite:
                wait = PATIENCE
            except SiteError as error:
                reason = msg("coopcal: {reason}; the site before is still served", reason=reason_of(error))
                click.echo(say(reason, self._language), err=True)
                wait = PATIENCE
