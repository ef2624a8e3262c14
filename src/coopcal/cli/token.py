"""``coopcal token``: the secret addresses of private feeds, of which no more than hashes is kept."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from coopcal.authoring.edit import Refusal
from coopcal.authoring.token_file import with_mark, with_token, without_tokens
from coopcal.cli import Commands
from coopcal.cli.language import echo, spoken
from coopcal.cli.settings import setting
from coopcal.cli.token_options import expires_option, hash_option, label_option, new_label_option
from coopcal.cli.token_sources import Tokens, end, held, names_of
from coopcal.compile.tokens import put_tokens, wrong_in_tokens
from coopcal.counting.ledger import Ledger, LedgerError
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_frame
from coopcal.definitions.source.tree import TOKENS_FILE
from coopcal.model.addresses import is_open
from coopcal.model.message import msg
from coopcal.model.problem import Problem, Severity
from coopcal.model.token import Token
from coopcal.site.layout import SITE_FOLDER
from coopcal.site.tokens import known_by
from coopcal.zones import zone

BYTES = 24
"""Bytes of a token: 192 bits, 32 characters in an address."""


@click.group(cls=Commands)
def command() -> None:
    """Make, list, replace and take back the secret addresses of private feeds.

    An address is shown once, when it is made: tokens.yaml holds no more than its hash.

    Exit code 0: done; 1: refused because of problems, nothing was written; 2: could not run.
    """


out_option = setting("out")


@command.command()
@click.argument("feed")
@new_label_option
@expires_option
@out_option
@click.pass_context
def issue(
    context: click.Context, feed: str, label: str | None, expires: date | None, out: Path | None
) -> None:
    """Make a secret address of a private FEED, and print it: once, and never again."""
    root = context.obj.root
    with held(root, feed) as there:
        _refuse_past(expires, there.today)
        secret, entry = _new(there.today, label, expires)
        there.save(with_token(there.text, there.feed, entry))
    _put(root, out, _tell(there, secret))


@command.command()
@click.argument("feed")
@label_option
@hash_option
@expires_option
@out_option
@click.pass_context
def rotate(
    context: click.Context,
    feed: str,
    label: str | None,
    digest: str | None,
    expires: date | None,
    out: Path | None,
) -> None:
    """Put a new secret address in the place of one, and print it; the old one says where to get the new one."""
    root = context.obj.root
    with held(root, feed) as there:
        _refuse_past(expires, there.today)
        (old,) = _one(there.open, label, digest)
        marked = with_mark(there.text or "", old.feed.id, old.sha256, "rotated", f"{there.today}")
        secret, entry = _new(there.today, old.label, expires or old.expires)
        there.save(marked if isinstance(marked, Refusal) else with_token(marked, there.feed, entry))
    _put(root, out, _tell(there, secret))


@command.command()
@click.argument("feed")
@label_option
@hash_option
@out_option
@click.pass_context
def revoke(
    context: click.Context, feed: str, label: str | None, digest: str | None, out: Path | None
) -> None:
    """Take back secret addresses of a FEED: all with a label, or the one whose hash begins so."""
    root = context.obj.root
    with held(root, feed, may_be_gone=True) as there:
        found = _chosen(there.tokens, label, digest)
        if not found:
            end(_no_such(there.tokens))
        elif len(found) > 1 and label is None:
            end(_which(found))
        there.save(_without(there.text or "", found))
    _put(root, out, _REVOKED)


@command.command("list")
@click.argument("feed", required=False)
@setting("state")
@click.pass_context
def list_tokens(context: click.Context, feed: str | None, state: Path | None) -> None:
    """List the tokens of a private FEED, or of all: hash, label, dates, and when each was last used."""
    frame = read_frame(Folder(context.obj.root))
    catalogue, told = decode(frame.tree)
    if catalogue is None:
        end(msg("coopcal.yaml cannot be read; “coopcal check” says why"))
        return
    names = names_of(feed, catalogue, may_be_gone=True) if feed is not None else None
    uses = _uses(state)
    for token in catalogue.tokens:
        if names is None or token.feed.id in names:
            told_of = _told(token, uses, catalogue.settings.timezone)
            click.echo("  ".join((f"{token.feed.id}", token.sha256[:12], *told_of)))
    if any(_is_wrong(one) for one in (*frame.problems, *told)):
        end(msg("tokens.yaml has errors, so that not all of it is listed; “coopcal check” says why"))


def _is_wrong(problem: Problem) -> bool:
    """Return whether something of the file of tokens cannot be read."""
    return problem.position.path == TOKENS_FILE and problem.severity is Severity.ERROR


def _without(text: str, tokens: tuple[Token, ...]) -> str | Refusal:
    """Return the file without some tokens of a feed, below whichever of its ids each stands."""
    for name in {one.feed.id: None for one in tokens}:
        left = without_tokens(text, name, {one.sha256 for one in tokens})
        if isinstance(left, Refusal):
            return left
        text = left
    return text


def _told(token: Token, uses: dict[str, int] | None, timezone: str) -> Iterator[str]:
    """Yield what is known of a token, in days and hours of the site."""
    yield token.label or spoken(msg("no label"))
    if token.issued:
        yield spoken(msg("issued {day}", day=f"{token.issued}"))
    if token.expires:
        yield spoken(msg("expires {day}", day=f"{token.expires}"))
    if token.rotated:
        yield spoken(msg("replaced {day}", day=f"{token.rotated}"))
    hour = uses.get(known_by(token.sha256)) if uses is not None else None
    if uses is None:
        yield spoken(msg("last used: not known here"))
    elif hour is None:
        yield spoken(msg("never used"))
    else:
        at = datetime.fromtimestamp(hour * 3600, zone(timezone))
        yield spoken(msg("last used {hour}", hour=f"{at:%Y-%m-%d %H:%M} {timezone}"))


def _uses(state: Path | None) -> dict[str, int] | None:
    if state is None:
        return None
    try:
        return dict(Ledger(state).uses())
    except LedgerError:
        return None


def _new(today: date, label: str | None, expires: date | None) -> tuple[str, dict[str, str]]:
    """Return a new token, and what is kept of it."""
    secret = secrets.token_urlsafe(BYTES)
    entry = {"sha256": hashlib.sha256(secret.encode()).hexdigest()}
    if label:
        entry["label"] = label
    entry["issued"] = f"{today}"
    if expires:
        entry["expires"] = f"{expires}"
    return secret, entry


def _refuse_past(expires: date | None, today: date) -> None:
    if expires is not None and expires < today:
        end(msg("{day} is over; a token has to open something", day=f"{expires}"))


def _chosen(tokens: tuple[Token, ...], label: str | None, digest: str | None) -> tuple[Token, ...]:
    return tuple(
        one
        for one in tokens
        if (label is None or one.label == label) and (digest is None or one.sha256.startswith(digest.lower()))
    )


def _one(tokens: tuple[Token, ...], label: str | None, digest: str | None) -> tuple[Token, ...]:
    found = _chosen(tokens, label, digest)
    if len(found) != 1:
        end(_which(found) if found else _no_such(tokens))
    return found


def _no_such(tokens: tuple[Token, ...]) -> str:
    return msg("There is no such token; there are: {known}", known=_shown(tokens) or "–")


def _which(tokens: tuple[Token, ...]) -> str:
    return msg("Which one? Say it by --hash: {known}", known=_shown(tokens))


def _shown(tokens: tuple[Token, ...]) -> str:
    return ", ".join(f"{one.sha256[:12]} ({one.label})" if one.label else one.sha256[:12] for one in tokens)


def _tell(there: Tokens, secret: str) -> str:
    """Print the address, and nothing else, to the standard output; warn of one that opens nothing. Return what to say of it."""
    base_url = there.settings.base_url
    click.echo(f"{base_url}/private/{secret}/{there.feed}.ics")
    if not is_open(base_url):
        return _ISSUED
    warning = msg(
        "This address opens nothing: private feeds are answered over https alone. Give coopcal.yaml the line  base_url: {address}  once the site is served there; the address above then begins with https://, too.",
        address=f"https{base_url.removeprefix('http')}",
    )
    echo(warning, err=True)
    return _SHOWN_ONCE


def _put(root: Path, out: Path | None, done: str) -> None:
    """Let what serves the site see it at once, and say so; tell what is wrong with the file by now.

    What is warned of by a check is not repeated at every change of another token.
    """
    folder = out or root / SITE_FOLDER
    is_there = folder.is_dir()
    for problem in put_tokens(root, folder) if is_there else wrong_in_tokens(root):
        if problem.severity is Severity.ERROR:
            echo(msg("{path}: {message}", path=TOKENS_FILE, message=problem.message), err=True)
    if is_there:
        echo(done, err=True)
        echo(_ELSEWHERE, err=True)
    else:
        echo(
            msg(
                "There is no site in {folder}, so this counts once tokens.yaml is compiled: commit and push it where a server compiles what is pushed; else type  coopcal compile",
                folder=folder,
            ),
            err=True,
        )


_ISSUED = msg(
    "This address is shown once: keep it as you keep a password. It opens at once, where the site holds the feed.",
)
_ELSEWHERE = msg(
    "Where another machine serves the site, this comes into force as soon as tokens.yaml is there: commit and push it.",
)
_SHOWN_ONCE = msg("It is shown once: keep it as you keep a password.")
_REVOKED = msg("It opens nothing any more.")
