"""Telling those who are to know, and saying what came of it: imported where the sources name somebody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from coopcal.cli.notifying import Notifying
from coopcal.cli.reach import guard_of, is_installed
from coopcal.cli.settings import BY_NAME
from coopcal.definitions.site_file import site_settings
from coopcal.model.message import Message, listed, msg, plural, reason_of
from coopcal.model.receiver import Receiver
from coopcal.model.refusal import refusal
from coopcal.model.site import SiteSettings
from coopcal.site.layout import SiteError
from coopcal.telling import telling
from coopcal.telling.addresses import addresses_of, with_addresses
from coopcal.telling.signature import Signer, signer_of
from coopcal.telling.state import STATE
from coopcal.text.late import late
from coopcal.text.messages import say

SECRET = BY_NAME["notify_secret"].in_environment
ADDRESSES = BY_NAME["notify_addresses"].in_environment


def ready() -> None:
    """Import what is imported late otherwise."""
    import_module("encodings.idna")
    if is_installed():
        late("outside.asking", "ask")


def begin(notifying: Notifying, root: Path, out: Path, language: str) -> None:
    """Note up to where those who are new need not be told; where nothing can be sent, nothing is noted."""
    settings = site_settings(root)
    if settings and settings.notify and isinstance(_signer(notifying), Signer):
        known = addressed(settings, notifying.addresses)
        if isinstance(known, Message):
            return
        try:
            telling.begin(known, out)
        except (SiteError, OSError) as error:
            _say(_trouble(error, out), language)


def tell(
    notifying: Notifying,
    root: Path,
    out: Path,
    language: str,
    since: datetime | None,
    *,
    quiet: bool,
    is_last: bool = False,
) -> datetime | None:
    """Tell them, and return when to come again; None where nothing waits."""
    settings = site_settings(root)
    if settings is None or not settings.notify:
        return None
    signer = _signer(notifying)
    if isinstance(signer, Message):
        if notifying.secret or not quiet:
            _say(signer, language)
        return None
    known = addressed(settings, notifying.addresses)
    if isinstance(known, Message):
        _say(known, language)
        return None
    for receiver in known.notify:
        if not receiver.url:
            _say(
                _placed(receiver, msg("nobody is told at “{name}”: {why}", name=receiver.name, why=NOWHERE)),
                language,
            )
    ended = _told(known, notifying, signer, out, language, since, quiet=quiet, is_last=is_last)
    return ended.next if ended else None


NOWHERE = msg("{variable} gives no address of that name here", variable=ADDRESSES)


def addressed(settings: SiteSettings, addresses: str | None) -> SiteSettings | Message:
    """Return settings with the addresses of receivers that the operator keeps; why these cannot be read."""
    if not any(one.name for one in settings.notify):
        return settings
    kept = addresses_of(addresses or "")
    if isinstance(kept, Message):
        return msg(
            "coopcal: nobody is told of changes (notify): {variable}: {reason}",
            variable=ADDRESSES,
            reason=kept,
        )
    return with_addresses(settings, kept)


def send(notifying: Notifying, settings: SiteSettings, out: Path, language: str) -> bool:
    """Tell those now of whom something waits; return whether anybody could be told here."""
    signer = _signer(notifying)
    if isinstance(signer, Message):
        _say(signer, language)
        return False
    return _told(settings, notifying, signer, out, language, None, quiet=False, at_once=True) is not None


def _told(
    settings: SiteSettings,
    notifying: Notifying,
    signer: Signer,
    out: Path,
    language: str,
    since: datetime | None,
    *,
    quiet: bool,
    is_last: bool = False,
    at_once: bool = False,
) -> telling.Round | None:
    if not is_installed():
        missing = msg(
            "coopcal: telling of changes needs httpcore2; install it with: pip install 'coopcal[fetch]'"
        )
        _say(missing, language)
        return None
    guard = guard_of(notifying.networks, notifying.ports)
    try:
        ended = telling.tell(settings, out, signer, guard, _clock, since, at_once=at_once)
    except (SiteError, OSError) as error:
        _say(_trouble(error, out), language)
        return None
    if ended.is_anew:
        damaged = msg(
            "coopcal: {file} was damaged, and is begun anew: what had not been told yet is not told",
            file=out / STATE,
        )
        _say(damaged, language)
    for sentence in _sentences(ended.outcomes, quiet=quiet):
        _say(sentence, language)
    if ended.pending and is_last and not quiet:
        _say(_waiting(ended.pending), language)
    return ended


def _waiting(pending: tuple[telling.Pending, ...]) -> Message:
    """Say in one sentence who was not told, as their time has not come."""
    return plural(
        "{waiting}: not told yet, and tried again after {instant}; “coopcal notify” tells why.",
        "{waiting}: not told yet, and the first of them is tried again after {instant}; “coopcal notify” tells why.",
        len(pending),
        waiting=listed(
            [
                msg(
                    "{host} ({changes})",
                    host=one.receiver.shown,
                    changes=plural("{count} change", "{count} changes", one.changes),
                )
                for one in pending
            ]
        ),
        instant=f"{min(one.next for one in pending):%Y-%m-%d %H:%M} UTC",
    )


def _clock() -> datetime:
    return datetime.now(UTC)


def _signer(notifying: Notifying) -> Signer | Message:
    if not notifying.secret:
        return msg("Nobody is told of changes (notify), as {variable} is not set here.", variable=SECRET)
    signer = signer_of(notifying.secret)
    if isinstance(signer, Signer):
        return signer
    return msg(
        "coopcal: nobody is told of changes (notify): {variable}: {reason}", variable=SECRET, reason=signer
    )


def _sentences(outcomes: tuple[telling.Outcome, ...], *, quiet: bool) -> Iterator[Message]:
    """Say what came of a round; where it went well, only unless quiet, else where whoever it is stands in the sources."""
    for one in outcomes:
        host, changes = one.receiver.shown, plural("{count} change", "{count} changes", one.changes)
        match one.result:
            case telling.Result.TOLD if not quiet:
                yield msg("Told {host} of {changes}.", host=host, changes=changes)
            case telling.Result.LATER:
                why = msg(
                    "{host} could not be told of {changes}: {reason}; it is tried again after {instant}",
                    host=host,
                    changes=changes,
                    reason=one.why,
                    instant=f"{one.again:%Y-%m-%d %H:%M} UTC",
                )
                yield _placed(one.receiver, why)
            case telling.Result.GIVEN_UP:
                why = msg(
                    "{host} could not be told of {changes}: {reason}; it is given up",
                    host=host,
                    changes=changes,
                    reason=one.why,
                )
                yield _placed(one.receiver, why)
            case telling.Result.GONE:
                why = msg(
                    "{host} wants to be told nothing any more (410): take it out of “notify” in coopcal.yaml",
                    host=host,
                )
                yield _placed(one.receiver, why)


def _placed(receiver: Receiver, why: Message) -> Message:
    at = receiver.position
    return msg("{path}, line {line}: {why}", path=at.path, line=at.line, why=why) if at else why


def _trouble(error: Exception, out: Path) -> Message:
    """Say why nobody is told."""
    if isinstance(error, OSError):
        return msg(
            "coopcal: nobody is told of changes, as {file} cannot be written ({reason})",
            file=out / STATE,
            reason=refusal(error),
        )
    return msg("coopcal: {reason}; nobody is told of changes", reason=reason_of(error))


def _say(message: Message, language: str) -> None:
    click.echo(say(message, language), err=True)
