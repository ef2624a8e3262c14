"""``coopcal publish``: sources → site → static files, in a folder or in object storage."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click

from coopcal.cli import module
from coopcal.cli.collector import never_collecting
from coopcal.cli.compile import Compiled, compile_or_end
from coopcal.cli.instant import now_option
from coopcal.cli.jobs import crew_options
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.making import NAMED, Making, refuse_nowhere, size_of, tell, tell_of_rest
from coopcal.cli.notifying import Notifying
from coopcal.cli.notifying import options as notifying_options
from coopcal.cli.progress import Ticker
from coopcal.cli.settings import setting
from coopcal.compile.batches.crew import cores
from coopcal.definitions.source.tree import CALENDARS, FEEDS
from coopcal.model.message import msg, plural, reason_of
from coopcal.model.site import UNKNOWN_BASE_URL
from coopcal.publish.file import MEMORY
from coopcal.publish.folder import Outcome, is_whole, publish_into, published
from coopcal.publish.hosts.files import Host
from coopcal.publish.hosts.rules import Server, rules_for
from coopcal.publish.listing import alike
from coopcal.publish.rendering import Rendered
from coopcal.publish.store.address import is_bucket
from coopcal.site.layout import CURRENT, SITE_FOLDER, SiteError
from coopcal.site.reader import open_site


@click.command()
@click.argument("target")
@setting("out")
@now_option
@click.option("--previous", metavar="FOLDER|URL", help="The site before, where there is none in --out.")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@click.option(
    "--precompressed",
    is_flag=True,
    help="Put .gz and .br beside each file, for servers that send these (nginx: gzip_static; Caddy: precompressed).",
)
@click.option(
    "--host",
    type=click.Choice(get_args(Host)),
    help="Where the files go: what that host reads comes with them.",
)
@click.option(
    "--rules",
    type=click.Choice(get_args(Server)),
    help="Publish nothing; print how this server is to send the files in TARGET.",
)
@click.option(
    "--forward",
    is_flag=True,
    help="Publish for the first address of also_at: feeds as they are, and pages that lead to the new address.",
)
@crew_options
@notifying_options
@click.pass_context
def command(
    context: click.Context,
    target: str,
    out: Path | None,
    now: datetime,
    previous: str | None,
    host: Host | None,
    rules: Server | None,
    *,
    first: bool,
    precompressed: bool,
    forward: bool,
    jobs: int | None,
    dask: str | None,
    notifying: Notifying,
) -> None:
    """Compile the sources, and publish the public site as static files.

    TARGET is a folder, or a bucket: s3://…, gs://… or az://….

    Exit code 0: published; 1: sources have errors, and nothing was published, or the organisations that have them are held
    as they were; 2: could not run.
    """
    root, quiet = context.obj.root, context.obj.quiet
    folder = out or root / SITE_FOLDER
    context.with_resource(never_collecting())
    notifying.begin(root, folder, speaking())
    compile_anew = partial(
        _compiled,
        context,
        root,
        folder,
        now,
        previous=previous,
        first=first,
        jobs=jobs,
        dask=dask,
        quiet=quiet,
    )
    if is_bucket(target):
        if precompressed:
            raise click.UsageError(spoken(msg("--precompressed is for folders")))
        if host or rules:
            raise click.UsageError(spoken(msg("--host and --rules are for folders")))
        compiled = module("publish_bucket").publish(
            context, target, folder, compile_anew, now, jobs or cores(), forward=forward, quiet=quiet
        )
        _end(context, root, folder, compiled, None if forward else notifying)
        return
    try:
        _refuse_sources(root, folder, Path(target))
        compiled = compile_anew(previous=previous or _published_there(folder, Path(target)))
        if forward:
            refuse_nowhere(folder)
        if rules:
            click.echo(rules_for(rules, folder, Path(target), forward=forward), nl=False)
            return
        making = Making.of(
            folder, now, jobs or cores(), host or "any", compress=precompressed, forward=forward
        )
        _publish(making, Path(target), quiet=quiet)
    except SiteError as error:
        echo(msg("coopcal: {reason}; nothing was published", reason=reason_of(error)), err=True)
        context.exit(2)
    _end(context, root, folder, compiled, None if forward else notifying)


def _end(
    context: click.Context, root: Path, site: Path, compiled: Compiled, notifying: Notifying | None
) -> None:
    """Tell those who are to know of what was published, and end the program where something is held."""
    if notifying:
        notifying.tell(root, site, speaking(), compiled.since, quiet=context.obj.quiet, is_last=True)
    if compiled.held:
        context.exit(1)


def _compiled(context: click.Context, root: Path, folder: Path, now: datetime, **options: Any) -> Compiled:
    """Compile as ``coopcal compile`` does, and warn where the site does not know where it is published."""
    compiled = compile_or_end(context, root, folder, now, **options)
    if open_site(folder).manifest.base_url == UNKNOWN_BASE_URL:
        echo(
            msg(
                "Links in pages and feeds begin with {unknown}, and lead nowhere for members: give coopcal.yaml the line with the address that they see, such as  base_url: {address}",
                unknown=UNKNOWN_BASE_URL,
                address="https://calendars.example.coop",
            ),
            err=True,
        )
    return compiled


def _refuse_sources(root: Path, site: Path, target: Path) -> None:
    """Raise SiteError where published files would lie among sources, or in the compiled site."""
    for home in (root / CALENDARS, root / FEEDS, site):
        if target.resolve().is_relative_to(home.resolve()):
            raise SiteError(
                msg(
                    "{target} is in {folder}, which coopcal reads: publish into a folder of its own",
                    target=target,
                    folder=home,
                )
            )


def _published_there(site: Path, target: Path) -> str | None:
    """Return the folder that is published into where it alone tells what was published: there is no compiled site."""
    return str(target) if not (site / CURRENT).exists() and (target / MEMORY).is_file() else None


def _publish(making: Making, target: Path, *, quiet: bool) -> None:
    """Publish a site into a folder, where that does not hold the same already."""
    before = published(target)
    if before is not None and before.stands(making.source, making.instant) and is_whole(target, before):
        tell(msg("{target} is as it is to be: nothing was written.", target=target), quiet=quiet)
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
    tell(
        msg(
            "Published {files} ({size} MB) to {target}: {written} written, {removed} removed.",
            files=plural("{count} file", "{count} files", len(files)),
            size=size_of(outcome.listing),
            target=target,
            written=len(outcome.written),
            removed=len(outcome.removed),
        ),
        quiet=quiet,
    )
    if names := alike(files):
        echo(
            msg(
                "Disks that do not tell capitals apart keep one of these files alone, so rename the other: {files}",
                files=", ".join(name for group in names[:NAMED] for name in group),
            ),
            err=True,
        )
    tell_of_rest(rendered, quiet=quiet)
