"""Compiles anew when time makes another site of the sources."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from coopcal.build import compile_site
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import open_site

PATIENCE = timedelta(seconds=30)
"""How long after a failed compile the next one is tried."""

LONGEST_WAIT = timedelta(hours=1)
"""A clock may be put forward while a thread waits, so it looks again after this at the latest."""


class Keeper:
    """Compiles anew at the site's ``good_until``; a compile that fails is tried again, and the site before stays."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
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
                    outcome = compile_site(self._root, self._folder, now)
                    wait = timedelta(0) if outcome.published else PATIENCE
            except NoSite:
                wait = PATIENCE
            except SiteError as error:
                click.echo(f"coopcal: {error}; the site before is still served", err=True)
                wait = PATIENCE
