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
from coopcal.doctor.caller import Caller, Limits, Offline
from coopcal.doctor.client import ALL, NAMES, Client
from coopcal.doctor.report import as_json, as_text
from coopcal.doctor.verdict import diagnosis
from coopcal.doctor.visit import address_of, visit
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
@click.argument("url")
@click.option(
    "--as",
    "client",
    type=click.Choice([str(client) for client in ALL]),
    help="Look as this calendar program alone would.  [default: all of them]",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
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
    help="Seconds after which an answer is given up.",
)
@now_option
@click.pass_context
def command(
    context: click.Context,
    url: str,
    client: str | None,
    style: Literal["text", "json"],
    trusted: ssl.SSLContext,
    routes: dict[int, tuple[str, int]],
    timeout: float,
    now: datetime,
) -> None:
    """Look at a published feed as calendar programs would, and say for each whether it works there.

    Any feed will do, whoever publishes it. Each fault is told with the programs that it concerns, and its mend.

    Exit code 0: all is well; 1: there are faults; 2: could not look.
    """
    address = address_of(url)
    if address is None:
        wrong = msg(
            "{said} is no address of the web; write https://…, as it is subscribed to", said=repr(url)
        )
        raise click.UsageError(spoken(wrong))
    ticker = Ticker(quiet=context.obj.quiet)
    limits = Limits(answer=timeout)
    try:
        seen = visit(
            url,
            address,
            Caller(trusted, routes, limits),
            now,
            lambda one: ticker(msg("Asking as {client} does", client=NAMES[Client(one)])),
        )
    except Offline:
        echo(msg("coopcal: names of machines cannot be looked up now; is this one online?"), err=True)
        context.exit(2)
    finally:
        ticker.done()
    found = diagnosis(seen, [Client(client)] if client else ALL)
    told = as_json if style == "json" else as_text
    click.echo(told(found, speaking()), nl=False)
    context.exit(0 if found.is_well else 1)
