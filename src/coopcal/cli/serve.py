"""``coopcal serve``: compiles and serves, and compiles again when time or an edit makes another site of the sources."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import click

from coopcal.cli import module, server, watcher
from coopcal.cli.compiling import show_problems
from coopcal.cli.fetcher import Fetcher, NewcomersFetcher
from coopcal.cli.instant import usual_now
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.notifying import Notifying
from coopcal.cli.notifying import options as notifying_options
from coopcal.cli.noting import Noting, counted, counter
from coopcal.cli.noting import options as noting_options
from coopcal.cli.preview import preview_folder, stand_in
from coopcal.cli.progress import Ticker
from coopcal.cli.reach import MISSING, Reach
from coopcal.cli.scheduler import Scheduler
from coopcal.cli.serving import Serving
from coopcal.cli.settings import setting
from coopcal.cli.state import put_state
from coopcal.cli.teller import Teller
from coopcal.cli.token_keeper import TokenKeeper
from coopcal.cli.watcher import Watcher
from coopcal.compile.kept import Kept
from coopcal.compile.pipeline import Outcome, Progress, compile_preview, compile_site
from coopcal.model.message import msg, reason_of
from coopcal.site.layout import SITE_FOLDER, NoSite, SiteError
from coopcal.site.reader import open_site
from coopcal.web.hosts import is_private


class Compile(Protocol):
    """Compiles, and tells each step that begins."""

    def __call__(self, *, progress: Progress) -> Outcome:
        """Compile."""


@click.command()
@setting("host")
@setting("port")
@setting("out")
@setting("threads")
@click.option("--first", is_flag=True, help="Go on though the site before cannot be read.")
@click.option(
    "--watch",
    is_flag=True,
    help="Preview: compile at every save, and show problems in the open page. Nothing is published.",
)
@setting("bucket")
@setting("every")
@setting("no_compile")
@setting("proxies")
@setting("fetch_every")
@noting_options
@notifying_options
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
    bucket: str | None,
    every: float,
    no_compile: bool,
    proxies: int,
    fetch_every: float,
    noting: Noting,
    notifying: Notifying,
) -> None:
    """Compile the sources and serve them, until stopped or the terminal is closed.

    Exit code 0: stopped; 1: sources have errors, and there is no site before to serve; 2: could not run.
    """
    if bucket is not None and watch:
        raise click.UsageError(spoken(msg("--site and --watch do not go together")))
    if no_compile and watch:
        raise click.UsageError(spoken(msg("--no-compile and --watch do not go together")))
    serving = Serving.told(context, noting, proxies)
    if serving.hook_secret and bucket is None and not no_compile:
        raise click.UsageError(
            spoken(
                msg(
                    "COOPCAL_HOOK_SECRET is for a server beside “coopcal rebuild --watch”: add --no-compile, or take the secret away; nothing is fetched here"
                )
            )
        )
    if not server.is_installed() or (watch and not watcher.is_installed()):
        echo(
            msg("coopcal: watching needs watchfiles; install it with: pip install 'coopcal[serve]'")
            if server.is_installed()
            else msg("coopcal: serving needs granian; install it with: pip install 'coopcal[serve]'"),
            err=True,
        )
        context.exit(2)
    root, quiet = context.obj.root, context.obj.quiet
    folder = (out or root / SITE_FOLDER).resolve()
    at, reach = (host, port, threads), Reach(fetch_every, notifying.networks, notifying.ports)
    server.refuse_taken_port(context, host, port)
    server.end_with_terminal()
    if bucket is not None:
        module("following").serve(context, bucket, folder, host, port, threads, every, serving)
    elif no_compile:
        server.serve(host, port, threads, folder, None, serving, followed=True)
    elif watch:
        _preview(root, folder, at, reach, quiet=quiet, first=first)
    else:
        _publish(context, root, folder, at, serving, notifying, reach, quiet=quiet, first=first)


def _publish(
    context: click.Context,
    root: Path,
    folder: Path,
    at: tuple[str, int, int],
    serving: Serving,
    notifying: Notifying,
    reach: Reach,
    *,
    quiet: bool,
    first: bool,
) -> None:
    """Serve the site in a folder, publish anew what time and feeds of others make of it, and tell those who are to know."""
    language = speaking()
    notifying.begin(root, folder, language)
    happened = counter(serving.noting)
    since = _compile_or_keep(context, root, folder, happened, quiet=quiet, first=first)
    notifying.ready(root)
    teller = Teller(lambda since: notifying.tell(root, folder, language, since, quiet=quiet), since)

    def compile_anew(now: datetime) -> bool:
        published = compile_site(root, folder, now).published
        teller.wake()
        return published

    compiling = counted(compile_anew, happened)
    with (
        _keeping(folder, compiling),
        _following_tokens(root, folder),
        _fetching(root, compiling, reach),
        teller,
    ):
        server.serve(*at, folder, None, serving)


@contextmanager
def _keeping(folder: Path, compile_anew: Callable[[datetime], bool]) -> Iterator[None]:
    scheduler = Scheduler(folder, compile_anew, speaking())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.stop()


@contextmanager
def _fetching(root: Path, compile_anew: Callable[[datetime], bool], reach: Reach) -> Iterator[None]:
    if not reach.every:
        yield
        return
    fetcher = Fetcher(root, reach.ask, MISSING, reach.every * 3600, compile_anew, speaking())
    fetcher.start()
    try:
        yield
    finally:
        fetcher.stop()


@contextmanager
def _following_tokens(root: Path, folder: Path) -> Iterator[None]:
    keeper = TokenKeeper(root, folder, speaking())
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


def _compile_or_keep(
    context: click.Context,
    root: Path,
    folder: Path,
    happened: Callable[[bool], None],
    *,
    quiet: bool,
    first: bool,
) -> datetime | None:
    """Compile, count that, and return after which instant the log tells what changed, None where nothing was published before.

    Where that fails, go on with the site before, or stop where there is none.
    """
    done, outcome = _compiled(partial(compile_site, root, folder, usual_now(), first=first), quiet=quiet)
    happened(done)
    if done and isinstance(outcome, Outcome):
        return outcome.since
    try:
        open_site(folder)
    except NoSite:
        echo(msg("There is nothing to serve yet: mend the errors first."), err=True)
        context.exit(1)
    except SiteError as error:
        echo(msg("coopcal: {reason}", reason=reason_of(error)), err=True)
        context.exit(2)
    echo(msg("The last good site is served."), err=True)
    return None


def _compiled(compile_anew: Compile, *, quiet: bool) -> tuple[bool, Outcome | str]:
    """Compile and say what came of it: whether there is a new site; and the outcome, or why there is none."""
    ticker = Ticker(quiet=quiet)
    try:
        outcome = compile_anew(progress=ticker)
    except SiteError as error:
        ticker.done()
        echo(msg("coopcal: {reason}", reason=reason_of(error)), err=True)
        return False, reason_of(error)
    ticker.done()
    show_problems(outcome, quiet=quiet)
    return outcome.published, outcome


def _preview(
    root: Path, folder: Path, at: tuple[str, int, int], reach: Reach, *, quiet: bool, first: bool
) -> None:
    """Compile now and at every save, aside from the site that is published in a folder, and serve that; fetch feeds of others that are new."""
    host, port, _ = at
    memory, one_by_one, context = Kept(), threading.Lock(), click.get_current_context()
    language, address = speaking(), server.address_of(host, port)
    with preview_folder() as private:
        aside, state = private / "site", private / "state.json"

        def compile_anew(now: datetime) -> bool:
            with one_by_one, context.scope(cleanup=False):
                begun = time.monotonic()
                done, outcome = _compiled(
                    partial(compile_preview, root, folder, aside, now, memory, first=first, served=address),
                    quiet=quiet,
                )
                put_state(state, outcome, language)
                if not quiet:
                    took = f"{(time.monotonic() - begun) * 1000:.0f} ms"
                    notice = (
                        msg("Compiled in {time}.", time=took)
                        if done
                        else msg("Not compiled ({time}).", time=took)
                    )
                    echo(notice, err=True)
            newcomers.saved()
            return done

        newcomers = NewcomersFetcher(root, reach.ask, MISSING, language)
        sources = Watcher(root, lambda: compile_anew(usual_now()))
        if not sources.compile():
            stand_in(folder, aside)
        if not quiet:
            echo(msg("This is a preview: nothing is published until “coopcal compile”."), err=True)
        if not is_private(host):
            echo(
                msg(
                    "Whoever reaches {host} sees lines of the files, those of hidden events too; without --host, only this machine does.",
                    host=host,
                ),
                err=True,
            )
        sources.start()
        if reach.every:
            newcomers.start()
        try:
            with _keeping(aside, compile_anew):
                server.serve(*at, aside, state)
        finally:
            newcomers.stop()
            sources.stop()
