"""``coopcal publish``: sources → site → static files, in a folder or in object storage."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from coopcal.cli.collector import never_collecting
from coopcal.cli.compile import compile_or_end
from coopcal.cli.instant import now_option
from coopcal.cli.jobs import crew_options
from coopcal.cli.language import echo
from coopcal.cli.progress import Ticker
from coopcal.compile.batches.crew import cores
from coopcal.compile.store import program
from coopcal.model.message import Message, msg, plural, reason_of
from coopcal.publish.aside import Aside
from coopcal.publish.folder import Outcome, is_whole, publish_into, published
from coopcal.publish.left_out import left_out
from coopcal.publish.listing import Listing, listing
from coopcal.publish.rendering import Rendered, render_all
from coopcal.site.again import timeless
from coopcal.site.layout import SITE_FOLDER, SiteError

NAMED = 10
"""Addresses that lead nowhere of which a warning names so many."""


@click.command()
@click.argument("target")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where the site is.  [default: _site]"
)
@now_option
@click.option("--previous", metavar="DIR|URL", help="The site before, where there is none in --out.")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@click.option(
    "--precompressed",
    is_flag=True,
    help="Put .gz and .br beside each file, for servers that send these (nginx: gzip_static; Caddy: precompressed).",
)
@crew_options
@click.pass_context
def command(
    context: click.Context,
    target: str,
    out: Path | None,
    now: datetime,
    previous: str | None,
    *,
    first: bool,
    precompressed: bool,
    jobs: int | None,
    dask: str | None,
) -> None:
    """Compile the sources, and publish the public site as static files."""
    root, quiet = context.obj.root, context.obj.quiet
    folder = out or root / SITE_FOLDER
    context.with_resource(never_collecting())
    compiled = compile_or_end(
        context, root, folder, now, previous=previous, first=first, jobs=jobs, dask=dask, quiet=quiet
    )
    try:
        made_of = f"{timeless(folder)} {program.digest().hex()} {precompressed}"
        source = sha256(made_of.encode()).hexdigest()
        _publish(Making(folder, source, now, jobs or cores(), precompressed), Path(target), quiet=quiet)
    except SiteError as error:
        echo(msg("coopcal: {reason}; nothing was published", reason=reason_of(error)), err=True)
        context.exit(2)
    if compiled.held:
        context.exit(1)


@dataclass
class Making:
    """The files of a site in a folder, at an instant; ``source`` is the digest of all that they are made of but time.

    ``rendered`` tells what came of making them, once they are made.
    """

    site: Path
    source: str
    instant: datetime
    jobs: int
    compress: bool
    rendered: Rendered = field(default_factory=Rendered)

    def __call__(self, aside: Aside) -> Listing:
        """Make the files aside, and list them."""
        self.rendered = render_all(self.site, self.instant, aside, self.jobs, compress=self.compress)
        return listing(self.source, self.rendered.until, self.rendered.files.items())


def _publish(making: Making, target: Path, *, quiet: bool) -> None:
    """Publish a site into a folder, where that does not hold the same already."""
    before = published(target)
    if before is not None and before.stands(making.source, making.instant) and is_whole(target, before):
        _tell(msg("{target} is as it is to be: nothing was written.", target=target), quiet=quiet)
        return
    ticker = Ticker(quiet=quiet)
    ticker(msg("Making pages"))
    try:
        outcome = publish_into(target, making)
    finally:
        ticker.done()
    _tell_of(outcome, target, making.rendered, quiet=quiet)


def _tell_of(outcome: Outcome, target: Path, rendered: Rendered, *, quiet: bool) -> None:
    """Say what was written, and what of the site is not there without a server."""
    files = outcome.listing.files
    _tell(
        msg(
            "Published {files} ({size} MB) to {target}: {written} written, {removed} removed.",
            files=plural("{count} file", "{count} files", len(files)),
            size=f"{sum(listed.length for listed in files.values()) / 1_000_000:.1f}",
            target=target,
            written=len(outcome.written),
            removed=len(outcome.removed),
        ),
        quiet=quiet,
    )
    if rendered.missing:
        shown = ", ".join((*rendered.missing[:NAMED], *(("…",) if len(rendered.missing) > NAMED else ())))
        echo(msg("Nothing stands at addresses that pages lead to: {addresses}", addresses=shown), err=True)
    _tell(msg("Left out, as it takes a server: {parts}.", parts=left_out()), quiet=quiet)


def _tell(message: Message, *, quiet: bool) -> None:
    if not quiet:
        echo(message)
