"""``coopcal serve``: compiles and serves, and compiles again when time or an edit makes another site of the sources."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from coopcal.build import Outcome, compile_site
from coopcal.cli import server, watcher
from coopcal.cli.compile import SITE_FOLDER, Ticker, show_problems
from coopcal.cli.instant import usual_now
from coopcal.cli.keeper import Keeper
from coopcal.cli.state import put_state
from coopcal.cli.watcher import Watcher
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import open_site


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where the site is.  [default: _site]"
)
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads that answer."
)
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@click.option("--watch", is_flag=True, help="Compile at every save, and show problems in the open page.")
@click.pass_context
def command(
    context: click.Context,
    host: str,
    port: int,
    out: Path | None,
    threads: int,
    *,
    first: bool,
    watch: bool,
) -> None:
    """Compile the sources and serve them, until stopped."""
    if not server.is_installed() or (watch and not watcher.is_installed()):
        lacking = "watching needs watchfiles" if server.is_installed() else "serving needs granian"
        click.echo(f"coopcal: {lacking}; install it with: pip install 'coopcal[serve]'", err=True)
        context.exit(2)
    root, quiet = context.obj.root, context.obj.quiet
    folder = (out or root / SITE_FOLDER).resolve()
    server.refuse_taken_port(context, host, port)
    if watch:
        with _watching(root, folder, quiet=quiet, first=first) as state:
            _keep_and_serve(root, folder, host, port, threads, state)
    else:
        _compile_or_keep(context, root, folder, quiet=quiet, first=first)
        _keep_and_serve(root, folder, host, port, threads, None)


def _keep_and_serve(
    root: Path, folder: Path, host: str, port: int, threads: int, watch_state: Path | None
) -> None:
    keeper = Keeper(root, folder)
    keeper.start()
    try:
        server.serve(host, port, threads, folder, watch_state)
    finally:
        keeper.stop()


def _compile_or_keep(context: click.Context, root: Path, folder: Path, *, quiet: bool, first: bool) -> None:
    """Compile; where that fails, go on with the site before, or stop where there is none."""
    if _compiled(root, folder, quiet=quiet, first=first)[0]:
        return
    try:
        open_site(folder)
    except NoSite:
        click.echo("There is nothing to serve yet: mend the errors first.", err=True)
        context.exit(1)
    except SiteError as error:
        click.echo(f"coopcal: {error}", err=True)
        context.exit(2)
    click.echo("The last good site is served.", err=True)


def _compiled(root: Path, folder: Path, *, quiet: bool, first: bool) -> tuple[bool, Outcome | str]:
    """Compile and say what came of it: whether there is a new site; and the outcome, or why there is none."""
    ticker = Ticker(quiet=quiet)
    try:
        outcome = compile_site(root, folder, usual_now(), first=first, progress=ticker)
    except SiteError as error:
        ticker.done()
        click.echo(f"coopcal: {error}", err=True)
        return False, str(error)
    ticker.done()
    show_problems(outcome, quiet=quiet)
    return outcome.published, outcome


@contextmanager
def _watching(root: Path, folder: Path, *, quiet: bool, first: bool) -> Iterator[Path]:
    """Compile now and at every save; give the file that says what came of the last compile.

    It holds lines of the sources, which may be of hidden events, so it lies in a folder that is the user's alone.
    """
    with tempfile.TemporaryDirectory(prefix="coopcal-") as private:
        state = Path(private) / "state.json"

        def compile_anew() -> None:
            begun = time.monotonic()
            published, outcome = _compiled(root, folder, quiet=quiet, first=first)
            put_state(state, outcome)
            if not quiet:
                took = f"{(time.monotonic() - begun) * 1000:.0f} ms"
                click.echo(f"Compiled in {took}." if published else f"Not published ({took}).", err=True)

        sources = Watcher(root, compile_anew)
        sources.compile()
        sources.start()
        try:
            yield state
        finally:
            sources.stop()
