"""``coopcal serve --site``: serves what is published in a bucket, and compiles nothing."""

from pathlib import Path

import click

from coopcal.cli import server
from coopcal.cli.buckets import followed
from coopcal.cli.follower import Follower
from coopcal.cli.language import echo, speaking
from coopcal.cli.serving import Serving
from coopcal.model.message import msg, reason_of
from coopcal.site.layout import SiteError
from coopcal.site.reader import open_site


def serve(
    context: click.Context,
    address: str,
    folder: Path,
    host: str,
    port: int,
    threads: int,
    every: float,
    serving: Serving,
) -> None:
    """Serve what is published in a bucket, as it is brought into a folder every so many seconds, until told to stop."""
    try:
        follower = Follower(followed(address), folder, every, speaking())
        follower.bring()
        open_site(folder)
    except SiteError as error:
        echo(msg("coopcal: {reason}", reason=reason_of(error)), err=True)
        context.exit(2)
    follower.start()
    try:
        server.serve(host, port, threads, folder, None, serving, followed=True)
    finally:
        follower.stop()
