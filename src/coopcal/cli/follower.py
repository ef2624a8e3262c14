"""Brings what is published to a bucket into a folder, again and again, from where it is served."""

import threading
from pathlib import Path

import click

from coopcal.model.message import Message, msg, reason_of
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.fetch import fetch
from coopcal.publish.store.followed import put_trouble
from coopcal.site.layout import CURRENT, SiteError
from coopcal.text.messages import say


class Follower:
    """Looks every so many seconds whether something newer is published, and brings it.

    What goes wrong is said once, in ``language``, and that it is right again; the site before is served meanwhile.
    """

    def __init__(self, bucket: Bucket, folder: Path, seconds: float, language: str) -> None:
        self._bucket = bucket
        self._folder = folder
        self._seconds = seconds
        self._language = language
        self._number = 0
        self._in_trouble = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def bring(self) -> None:
        """Bring what is published now; raise SiteError where that cannot be done, and there is no site before."""
        try:
            self._number = fetch(self._bucket, self._folder, self._number)
        except SiteError as error:
            if not (self._folder / CURRENT).exists():
                raise
            reason = reason_of(error)
            put_trouble(self._folder, str(reason))
            if not self._in_trouble:
                self._say(msg("coopcal: {reason}; the site before is still served", reason=reason))
            self._in_trouble = True
            return
        put_trouble(self._folder, "")
        if self._in_trouble:
            self._say(msg("coopcal: {address} answers again", address=self._bucket.address))
        self._in_trouble = False

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self.bring()

    def _say(self, sentence: Message) -> None:
        click.echo(say(sentence, self._language), err=True)
