"""The server that answers: its address, its processes, and what it serves."""

import encodings.idna  # noqa: F401 - a thread that imported it while the worker is forked would leave it locked there
import os
import signal
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from types import FrameType

import click

from coopcal.cli import connections, event_loop
from coopcal.cli.gateway import Gateway
from coopcal.cli.language import echo, speaking
from coopcal.cli.request_log import log_errors
from coopcal.cli.serving import ALONE, Serving, application
from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.model.site import UNKNOWN_BASE_URL
from coopcal.publish.store.followed import FollowedSite
from coopcal.site.layout import SiteError
from coopcal.site.lifetime import end_with
from coopcal.site.reader import FRESH, LiveSite, open_site
from coopcal.text.messages import say
from coopcal.web.hosts import KnownHosts
from coopcal.web.proxies import Proxies

try:
    from granian import Granian, loops
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
except ImportError:
    Granian = None  # type: ignore[assignment]
else:
    loops.register("auto")(event_loop.new)

SILENCE = 10
"""Seconds after which a connection is closed on which no whole request has come."""

LONGEST_HEAD = 65_536
"""Bytes of a request before its body."""

LAST_ANSWERS = 5
"""Seconds that answers may still take when the server is to stop."""


def end_with_terminal() -> None:
    """End in order when the terminal is closed or the program is told to stop, from now on.

    Whoever started it to outlive its terminal (``nohup``) is obeyed.
    """
    for number in (signal.SIGTERM, *((signal.SIGHUP,) if _hears_hangup() else ())):
        signal.signal(number, _end)


def _hears_hangup() -> bool:
    return signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _outlive(*_: object) -> None:
    """Go on."""


def load(
    out: str,
    *,
    host: str,
    threads: int,
    watch_state: Path | None = None,
    followed: bool = False,
    serving: Serving = ALONE,
    parent: int | None = None,
) -> Gateway:
    """Return the application that serves a site, as the server calls it; called in each worker, which ends with its ``parent``.

    A site that is ``followed`` is brought from elsewhere. ``serving`` says how it is served. While sources are watched, each request looks which version is the current one, and is answered under known names alone.
    """
    if parent is not None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal's end is told by the parent
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    fresh = FRESH if watch_state is None else 0.0
    kind = FollowedSite if followed else LiveSite
    live = kind(Path(out), fresh, beside=watch_state is None)
    log_errors(serving.noting.log)
    app, notes = application(live, serving, watch_state)
    wanted = notes if serving.noting.is_wanted else None
    if watch_state is not None:
        return Gateway(KnownHosts(app, host), threads, noter=wanted)
    return Gateway(Proxies(app, serving.proxies), threads, app.at_once, wanted, serving.proxies)


def is_installed() -> bool:
    """Return whether the server's package is there."""
    return Granian is not None


def serve(
    host: str,
    port: int,
    threads: int,
    folder: Path,
    watch_state: Path | None,
    serving: Serving = ALONE,
    *,
    followed: bool = False,
) -> None:
    """Serve the site in a folder until told to stop, and say the address once it answers."""
    threading.Thread(target=_tell, args=(host, port, folder, speaking()), daemon=True).start()
    server = Granian(
        target=str(folder),
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        workers_kill_timeout=LAST_ANSWERS,
        backpressure=connections.allowed(),
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SILENCE * 1000, max_buffer_size=LONGEST_HEAD),
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
    )
    hangup = server.signal_handler_interrupt if _hears_hangup() else _outlive
    server.signal_handler_reload = hangup  # type: ignore[method-assign] # a closed terminal is no wish to load again
    server.serve(
        target_loader=partial(
            load,
            host=host,
            threads=threads,
            watch_state=watch_state,
            followed=followed,
            serving=serving,
            parent=os.getpid(),
        )
    )


def refuse_taken_port(context: click.Context, host: str, port: int) -> None:
    """End the program where another one listens at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            echo(
                msg(
                    "coopcal: cannot listen on {host}, port {port}: {reason}",
                    host=host,
                    port=port,
                    reason=refusal(error),
                ),
                err=True,
            )
            echo(msg("Choose another port with --port, for example --port 8080."), err=True)
            context.exit(2)


def address_of(host: str, port: int) -> str:
    """Return the address, without a slash at its end, at which this machine reaches what listens there."""
    shown = _reached(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _reached(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - how it is reached from here


def _tell(host: str, port: int, folder: Path, language: str) -> None:
    """Say the address once the server answers there, and what to write where the site names another."""
    pause = threading.Event()
    while not pause.wait(0.05):
        try:
            socket.create_connection((_reached(host), port), 1).close()
        except OSError:
            continue
        address = address_of(host, port)
        text = say(msg("coopcal serves on {address}/ (stop with Ctrl-C)", address=address), language)
        if address != UNKNOWN_BASE_URL and _names_no_base_url(folder):
            advice = msg(
                "Links in pages and feeds still begin with {unknown}: to try them here, give coopcal.yaml the line  base_url: {address}",
                unknown=UNKNOWN_BASE_URL,
                address=address,
            )
            text += f"\n{say(advice, language)}"
        click.echo(text)
        sys.stdout.flush()
        return


def _names_no_base_url(folder: Path) -> bool:
    """Return whether the site in a folder was compiled without knowing where it is served."""
    try:
        return open_site(folder).manifest.base_url == UNKNOWN_BASE_URL
    except SiteError:
        return False
