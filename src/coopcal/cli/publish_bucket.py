"""``coopcal publish s3://…``: into a bucket, whoever else publishes there meanwhile."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from coopcal.cli.buckets import opened
from coopcal.cli.compile import Compiled
from coopcal.cli.language import echo
from coopcal.cli.making import Making, refuse_nowhere, size_of, tell, tell_of_rest
from coopcal.cli.progress import Ticker
from coopcal.model.message import msg, plural, reason_of
from coopcal.publish.aside import Aside
from coopcal.publish.store.anew import publish_anew
from coopcal.publish.store.generation import Newest
from coopcal.publish.store.publication import Outcome, Publication
from coopcal.site.layout import SiteError, current_version


def publish(
    context: click.Context,
    address: str,
    site: Path,
    compile_anew: Callable[[], Compiled],
    now: datetime,
    jobs: int,
    *,
    forward: bool,
    quiet: bool,
) -> Compiled:
    """Compile sources on top of what is published in a bucket, and publish them there; return what came of the compile.

    ``forward``: what is published is for a former address of the site.
    """
    try:
        bucket = opened(address)
    except SiteError as error:
        echo(msg("coopcal: {reason}", reason=reason_of(error)), err=True)
        context.exit(2)
    ticker = Ticker(quiet=quiet)
    try:
        with tempfile.TemporaryDirectory(prefix="coopcal-publishing-") as aside:
            attempts = Attempts(site, Path(aside), compile_anew, now, jobs, ticker, forward=forward)
            try:
                outcome = publish_anew(bucket, site, attempts.make)
            finally:
                ticker.done()
    except SiteError as error:
        echo(msg("coopcal: {reason}; publish again to go on", reason=reason_of(error)), err=True)
        context.exit(2)
    _tell_of(outcome, address, attempts, quiet=quiet)
    assert attempts.compiled is not None, "nothing is published before it is compiled"
    return attempts.compiled


class Attempts:
    """Makes what is published, each time in a folder of its own below ``aside``."""

    def __init__(
        self,
        site: Path,
        aside: Path,
        compile_anew: Callable[[], Compiled],
        now: datetime,
        jobs: int,
        ticker: Ticker,
        *,
        forward: bool,
    ) -> None:
        self.compiled: Compiled | None = None
        self.making: Making | None = None
        self.publication: Publication | None = None
        self._site = site
        self._aside = aside
        self._compile = compile_anew
        self._now = now
        self._jobs = jobs
        self._ticker = ticker
        self._forward = forward

    def make(self, before: Newest | None) -> Publication | None:
        """Compile and make the files; return None where what is published would be the same."""
        self._ticker.done()
        self.publication = None
        self.compiled = self._compile()
        if self._forward:
            refuse_nowhere(self._site)
        self.making = Making.of(self._site, self._now, self._jobs, compress=False, forward=self._forward)
        if before and before.done and before.listing.stands(self.making.source, self._now):
            return None
        self._ticker(msg("Making pages"))
        folder = Path(tempfile.mkdtemp(dir=self._aside))
        self.publication = Publication(
            current_version(self._site),
            self.making(Aside(folder)),
            lambda path: (folder / path).read_bytes(),
            self._now,
        )
        self._ticker(msg("Sending files"))
        return self.publication


def _tell_of(outcome: Outcome, address: str, attempts: Attempts, *, quiet: bool) -> None:
    """Say what was sent, and what of the site is not there without a server."""
    if attempts.publication is None or attempts.making is None:
        tell(msg("{target} is as it is to be: nothing was sent.", target=address), quiet=quiet)
        return
    published = attempts.publication.listing
    tell(
        msg(
            "Published {files} ({size} MB) to {target}: {sent} sent, {deleted} deleted.",
            files=plural("{count} file", "{count} files", len(published.files)),
            size=size_of(published),
            target=address,
            sent=outcome.sent,
            deleted=outcome.deleted,
        ),
        quiet=quiet,
    )
    if outcome.newer:
        tell(msg("Another publisher has gone on from there: its site is newer."), quiet=quiet)
    tell_of_rest(attempts.making.rendered, quiet=quiet)
