"""``coopcal diff --since-last``: what subscribers see otherwise than at the last mailing; of that only the instant is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from coopcal.cli.language import echo
from coopcal.compile.diff.folded import folded
from coopcal.compile.diff.report import Style, of_nothing, render
from coopcal.definitions.site_file import site_settings
from coopcal.model.change import Changes
from coopcal.model.facts import Facts
from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import durable
from coopcal.site.codec import Codec, objects
from coopcal.site.layout import SITE_FOLDER, SiteError
from coopcal.site.told import read_told
from coopcal.text import dates
from coopcal.text.words import word
from coopcal.zones import zone

MARK = "mailing.json"
"""The file beside the site that says up to when was told in the last mailing."""

USUALLY = timedelta(days=30)
"""How far is looked back where nothing was marked yet."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """When the last mailing was, and up to which entry of the log it told."""

    at: datetime
    until: datetime


_CODEC = Codec(objects(_Mark))


def tell(root: Path, style: Style, language: str, now: datetime, *, mark: bool) -> None:
    """Print what changed since the last mark, and mark it where that is asked for; raise SiteError where it cannot."""
    out, settings = root / SITE_FOLDER, site_settings(root)
    told = read_told(out)
    if told is None or settings is None:
        raise SiteError(msg("no site has been compiled in {out}", out=out))
    marked = _marked(out)
    since = marked or _Mark(now - USUALLY, now - USUALLY)
    changes = Changes(events=folded(entry for entry in told.log if entry.at > since.until))
    facts = Facts(now.date(), organisations=told.organisations, feeds=told.feeds)
    when = dates.moment(since.at.astimezone(zone(settings.timezone)), language)
    line = word("change_since_mailing" if marked else "change_since", language, when=when)
    homes = dict.fromkeys(told.organisations, settings.timezone)
    if changes or style == "json":
        text = render(changes, facts, facts, style, language, settings.language, line, homes)
    else:
        text = of_nothing(style, line, word("change_none_since", language))
    click.echo(text, nl=False)
    if mark:
        _put(out, _Mark(now, told.log[0].at if told.log else datetime.min.replace(tzinfo=UTC)))
    elif not marked:
        echo(msg("Write --mark, too, and the next time tells what changed since this one."), err=True)


def _marked(out: Path) -> _Mark | None:
    """Return the mark of the last mailing; None where nothing is known of one."""
    try:
        return _CODEC.loads(_Mark, (out / MARK).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = refusal(error) if isinstance(error, OSError) else str(error)
        raise SiteError(
            msg("{path} cannot be read ({reason}); delete it to begin anew", path=out / MARK, reason=reason)
        ) from error


def _put(out: Path, mark: _Mark) -> None:
    """Note up to where was told; raise SiteError where it cannot be."""
    aside = out / f"{MARK}.new"
    try:
        durable.put(aside, _CODEC.dumps(_Mark, mark))
        aside.replace(out / MARK)
    except OSError as error:
        raise SiteError(
            msg("{out} cannot be written ({reason})", out=out / MARK, reason=refusal(error))
        ) from error
