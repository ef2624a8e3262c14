"""``coopcal notify``: who was told of what was published, and what waits; ``--send`` tells them now."""

import json
from pathlib import Path

import click

from coopcal.cli import module
from coopcal.cli.language import echo, speaking
from coopcal.cli.notifying import Notifying
from coopcal.cli.settings import BY_NAME, secret, setting
from coopcal.cli.style import style_option
from coopcal.definitions.site_file import site_settings
from coopcal.model.message import Message, msg, plural, reason_of
from coopcal.model.refusal import refusal
from coopcal.site.layout import SITE_FOLDER, SiteError
from coopcal.telling.standing import Condition, Standing, standings
from coopcal.text.messages import say

_SAID = {
    Condition.TOLD: msg("was told of everything"),
    Condition.GONE: msg("wants to be told nothing any more (410); take it out"),
    Condition.UNKNOWN: msg(
        "{variable} gives no address of that name here", variable=BY_NAME["notify_addresses"].in_environment
    ),
    Condition.NEW: msg("is new, and is told from the next publish on"),
}


@click.command()
@click.option(
    "--send", is_flag=True, help="Tell those now of whom something waits, before its time has come."
)
@style_option("How to print who waits.")
@setting("out")
@setting("allow_network")
@setting("allow_port")
@click.pass_context
def command(
    context: click.Context,
    style: str,
    out: Path | None,
    allow_network: str | None,
    allow_port: str | None,
    *,
    send: bool,
) -> None:
    """Show who was told of what was published (notify in coopcal.yaml), and what waits, since when and why.

    Exit code 0: all were told of everything; 1: something waits, or somebody wants nothing any more; 2: could not run.
    """
    root, settings = context.obj.root, site_settings(context.obj.root)
    folder = out or root / SITE_FOLDER
    if settings is None:
        echo(msg("The settings of the site cannot be read; “coopcal check” tells why."), err=True)
        context.exit(2)
    kept = secret(context, "notify_addresses")
    settings = module("telling").addressed(settings, kept)
    if isinstance(settings, Message):
        echo(settings, err=True)
        context.exit(2)
    if send and settings.notify:
        notifying = Notifying(
            wanted=True,
            secret=secret(context, "notify_secret"),
            addresses=kept,
            networks=allow_network,
            ports=allow_port,
        )
        if not module("telling").send(notifying, settings, folder, speaking()):
            context.exit(2)
    try:
        found = standings(settings, folder)
    except (SiteError, OSError) as error:
        reason = refusal(error) if isinstance(error, OSError) else reason_of(error)
        echo(msg("coopcal: {reason}", reason=reason), err=True)
        context.exit(2)
    if style == "json":
        click.echo(json.dumps([_values(one) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        echo(msg("coopcal.yaml names nobody who is told (notify)."))
    for one in found if style == "text" else ():
        at = one.receiver.position
        place = f"{at.path}:{at.line}: " if at else ""
        click.echo(f"{place}{one.receiver.shown}: {say(_said(one), speaking())}")
    context.exit(int(any(one.condition in (Condition.WAITS, Condition.GONE) for one in found)))


def _said(one: Standing) -> Message:
    if one.condition is not Condition.WAITS:
        return _SAID[one.condition]
    waits = plural(
        "{count} change waits, since {instant}",
        "{count} changes wait, since {instant}",
        one.changes,
        instant=f"{one.since:%Y-%m-%d %H:%M} UTC",
    )
    if one.next is None:
        return msg("{changes}; told with the next publish, or now by --send", changes=waits)
    return plural(
        "{changes}; it failed once: {why}; tried again after {instant}, or now by --send",
        "{changes}; it failed {count} times, the last time: {why}; tried again after {instant}, or now by --send",
        one.failed,
        changes=waits,
        why=one.why or "?",
        instant=f"{one.next:%Y-%m-%d %H:%M} UTC",
    )


def _values(one: Standing) -> dict[str, object]:
    at = one.receiver.position
    return {
        "path": at.path if at else None,
        "line": at.line if at else None,
        "name": one.receiver.name or None,
        "host": one.receiver.host or None,
        "state": one.condition.value,
        "changes": one.changes,
        "since": one.since.isoformat() if one.since else None,
        "failed": one.failed,
        "why": one.why,
        "next": one.next.isoformat() if one.next else None,
    }
