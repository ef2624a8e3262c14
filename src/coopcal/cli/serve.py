"""``coopcal serve``: compiles and serves, and compiles again when time makes another site of the sources."""

import socket
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from coopcal.build import compile_site
from coopcal.cli.compile import SITE_FOLDER, Ticker, show_problems
from coopcal.cli.instant import usual_now
from coopcal.paste.checker import Checker
from coopcal.site.layout import NoSite, SiteError
from coopcal.site.reader import LiveSite, open_site
from coopcal.web import Application, create_app

try:
    from granian import Granian
    from granian.constants import Interfaces
except ImportError:
    Granian = None  # type: ignore[assignment]

PATIENCE = timedelta(seconds=30)
"""How long after a failed compile the next one is tried."""

LONGEST_WAIT = timedelta(hours=1)
"""A clock may be put forward while a thread waits, so it looks again after this at the latest."""


def load(out: str) -> Application:
    """Give the application that serves a site; called in each worker."""
    live = LiveSite(Path(out))
    return create_app(live, checker=Checker(live))


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
@click.pass_context
def command(
    context: click.Context, host: str, port: int, out: Path | None, threads: int, *, first: bool
) -> None:
    """Compile the sources and serve them, until stopped."""
    if Granian is None:
        click.echo("coopcal: serving needs granian; install it with: pip install 'coopcal[serve]'", err=True)
        context.exit(2)
    root, quiet = context.obj.root, context.obj.quiet
    folder = (out or root / SITE_FOLDER).resolve()
    _refuse_taken_port(context, host, port)
    _compile_or_keep(context, root, folder, quiet=quiet, first=first)
    keeper = Keeper(root, folder)
    keeper.start()
    threading.Thread(target=_tell, args=(host, port), daemon=True).start()
    server = Granian(
        target=str(folder),
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
    )
    try:
        server.serve(target_loader=load)
    finally:
        keeper.stop()


def _refuse_taken_port(context: click.Context, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            click.echo(f"coopcal: cannot listen on {host}, port {port}: {error.strerror}", err=True)
            click.echo("Choose another port with --port, for example --port 8080.", err=True)
            context.exit(2)


def _compile_or_keep(context: click.Context, root: Path, folder: Path, *, quiet: bool, first: bool) -> None:
    """Compile; where that fails, go on with the site before, or stop where there is none."""
    ticker = Ticker(quiet=quiet)
    try:
        outcome = compile_site(root, folder, usual_now(), first=first, progress=ticker)
        ticker.done()
        show_problems(outcome, quiet=quiet)
        if outcome.published:
            return
    except SiteError as error:
        ticker.done()
        click.echo(f"coopcal: {error}", err=True)
    try:
        open_site(folder)
    except NoSite:
        click.echo("There is nothing to serve yet: mend the errors first.", err=True)
        context.exit(1)
    except SiteError as error:
        click.echo(f"coopcal: {error}", err=True)
        context.exit(2)
    click.echo("The last good site is served.", err=True)


def _tell(host: str, port: int) -> None:
    """Say the address once the server answers there."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - how it is reached from here
    pause = threading.Event()
    while not pause.wait(0.05):
        try:
            socket.create_connection((shown, port), 1).close()
        except OSError:
            continue
        bracketed = f"[{shown}]" if ":" in shown else shown
        click.echo(f"coopcal serves on http://{bracketed}:{port}/ (stop with Ctrl-C)")
        sys.stdout.flush()
        return


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
            except SiteError as error:
                click.echo(f"coopcal: {error}; the site before is still served", err=True)
                wait = PATIENCE
