"""``coopcal doctor``: looks at a published feed as calendar programs would."""

import re
import ssl
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from coopcal.cli.instant import now_option
from coopcal.cli.language import echo, speaking, spoken
from coopcal.cli.progress import Ticker
from coopcal.cli.style import style_option
from coopcal.doctor.caller import Caller, Limits, Offline
from coopcal.doctor.client import ALL, NAMES, Client
from coopcal.doctor.report import as_json, as_text
from coopcal.doctor.verdict import diagnosis, of_file
from coopcal.doctor.visit import Visit, address_of, visit
from coopcal.model.message import msg

_ROUTE = re.compile(r"(\d{1,5})=(\[[0-9a-fA-F:]+\]|[^:=\s]+):(\d{1,5})")
_LAST_PORT = 65_535


def _routes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[int, tuple[str, int]]:
    routes: dict[int, tuple[str, int]] = {}
    for value in values:
        match = _ROUTE.fullmatch(value)
        if match is None or max(int(match[1]), int(match[3])) > _LAST_PORT:
            wrong = msg("{said}: write PORT=HOST:PORT, as in 443=127.0.0.1:8443", said=repr(value))
            raise click.BadParameter(spoken(wrong))
        routes[int(match[1])] = (match[2].strip("[]"), int(match[3]))
    return routes


def _trusted(_: click.Context, __: click.Parameter, file: Path | None) -> ssl.SSLContext:
    """Return what certificates are held against: those that the machine trusts, and an authority of one's own."""
    try:
        context = ssl.create_default_context()
        if file is not None:
            context.load_verify_locations(file)
    except (ssl.SSLError, OSError) as error:
        wrong = msg("{path} holds no certificates that can be read (PEM)", path=file)
        raise click.BadParameter(spoken(wrong)) from error
    return context


@click.command()
@click.argument("address")
@click.option(
    "--as",
    "client",
    type=click.Choice([str(client) for client in ALL]),
    help="Look as this calendar program alone would.  [default: all of them]",
)
@style_option("How to print what was found.")
@click.option(
    "--ca",
    "trusted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_trusted,
    metavar="FILE",
    help="Certificates (PEM) of an authority that is trusted besides.",
)
@click.option(
    "--connect",
    "routes",
    multiple=True,
    callback=_routes,
    metavar="PORT=HOST:PORT",
    help="For that port of the address, connect there (several times): to look at a server before its name leads there.",
)
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1, 600),
    metavar="SECONDS",
    help="Seconds after which an answer is given up.",
)
@now_option
@click.pass_context
def command(
    context: click.Context,
    address: str,
    client: str | None,
    style: Literal["text", "json"],
    trusted: ssl.SSLContext,
    routes: dict[int, tuple[str, int]],
    timeout: float,
    now: datetime,
) -> None:
    """Look at a published feed as calendar programs would, and say for each whether it works there.

    Any feed will do, whoever publishes it. Each fault is told with the programs that it concerns, and its mend. ADDRESS is
    that which is subscribed to; in its place, a file is looked at as if a server sent it as it is.

    Exit code 0: all is well; 1: there are faults; 2: could not look.
    """
    clients, limits = [Client(client)] if client else ALL, Limits(answer=timeout)
    asked = address_of(address)
    if asked is None:
        found = of_file(address, _read(address, limits.largest), limits, clients)
    else:
        found = diagnosis(_visited(context, address, asked, Caller(trusted, routes, limits), now), clients)
    told = as_json if style == "json" else as_text
    click.echo(told(found, speaking()), nl=False)
    context.exit(0 if found.is_well else 1)


def _read(written: str, largest: int) -> bytes:
    """Return what a file holds, up to a byte more than is looked at."""
    try:
        with Path(written).open("rb") as file:
            return file.read(largest + 1)
    except (OSError, ValueError) as error:
        if written and isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise
        wrong = msg(
            "{said} is no address of the web, and no file; write https://…, as it is subscribed to",
            said=repr(written),
        )
        raise click.UsageError(spoken(wrong)) from error


def _visited(context: click.Context, written: str, asked: str, caller: Caller, now: datetime) -> Visit:
    """Ask for a feed, and end the program where it is this machine that is not online."""
    ticker = Ticker(quiet=context.obj.quiet)
    try:
        return visit(
            written,
            asked,
            caller,
            now,
            lambda one: ticker(msg("Asking as {client} does", client=NAMES[Client(one)])),
        )
    except Offline:
        echo(msg("coopcal: names of machines cannot be looked up now; is this one online?"), err=True)
        context.exit(2)
    finally:
        ticker.done()
