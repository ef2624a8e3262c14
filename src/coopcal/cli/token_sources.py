"""The tokens of a private feed as the sources have them, for the command that edits them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from coopcal.authoring.edit import Refusal
from coopcal.authoring.write import create_files, replace_files
from coopcal.cli.instant import usual_now
from coopcal.cli.language import echo, spoken
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_frame
from coopcal.definitions.source.tree import TOKENS_FILE
from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.model.site import Catalogue, SiteSettings
from coopcal.model.token import Token
from coopcal.zones import zone


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a private feed as the sources have them, and the text of their file, None where there is none.

    ``feed`` is the id that it has now; tokens stand below former ids, too, and open it as well.
    """

    root: Path
    feed: str
    settings: SiteSettings
    tokens: tuple[Token, ...]
    text: str | None

    @property
    def today(self) -> date:
        """The day that it is where the site is at home."""
        return usual_now().astimezone(zone(self.settings.timezone)).date()

    @property
    def open(self) -> tuple[Token, ...]:
        """Those that open the feed itself."""
        today = self.today
        return tuple(
            one
            for one in self.tokens
            if one.rotated is None and (one.expires is None or one.expires >= today)
        )

    def save(self, text: str | Refusal) -> None:
        """Put the file in place; end where it cannot be edited."""
        if isinstance(text, Refusal):
            where = f"{text.position.path}:{text.position.line}:{text.position.column}"
            end(msg("{where}: {why}; nothing was changed", where=where, why=text.message))
            return
        file = self.root / TOKENS_FILE
        try:
            if self.text is None:
                create_files(self.root, {TOKENS_FILE: text})
            else:
                replace_files({file: text.encode()})
        except OSError as error:
            end(msg("{path} cannot be written: {reason}", path=TOKENS_FILE, reason=refusal(error)))


def end(message: str) -> None:
    """Say why nothing is done, and end the program."""
    echo(msg("coopcal: {reason}", reason=message), err=True)
    click.get_current_context().exit(1)


@contextmanager
def held(root: Path, feed: str, *, may_be_gone: bool = False) -> Iterator[Tokens]:
    """Give the tokens of a private feed by an id that it has or had, while no other process edits them.

    End where there is no such feed; one that ``may_be_gone`` may have no more than tokens.
    """
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield _read(root, feed, may_be_gone=may_be_gone)
    finally:
        os.close(descriptor)


def names_of(feed: str, catalogue: Catalogue, *, may_be_gone: bool) -> tuple[str, ...]:
    """Return all ids that a private feed has or had, its own first, by any of them; end where there is none of that id.

    One that ``may_be_gone`` may have no more than tokens: a file that is gone, or cannot be read, keeps none from being taken back.
    """
    named = [(one.id, *(former.id for former in one.formerly)) for one in catalogue.private_feeds]
    own = sorted((names for names in named if feed in names), key=lambda names: names[0] != feed)
    if own:
        return own[0]
    if not (may_be_gone and any(feed == token.feed.id for token in catalogue.tokens)):
        known = [names[0] for names in named]
        shown = ", ".join(known) or spoken(msg("none; a feed becomes private by “for: …”"))
        end(msg("There is no private feed “{feed}”; there are: {known}", feed=feed, known=shown))
    return (feed,)


def _read(root: Path, feed: str, *, may_be_gone: bool) -> Tokens:
    frame = read_frame(Folder(root))
    catalogue, _ = decode(frame.tree)
    wrong = [one for one in frame.problems if one.position.path == TOKENS_FILE]
    if catalogue is None:
        end(msg("coopcal.yaml cannot be read; “coopcal check” says why"))
    elif wrong:
        end(msg("tokens.yaml cannot be read; “coopcal check” says why"))
    assert catalogue is not None, "the program has ended"
    names = names_of(feed, catalogue, may_be_gone=may_be_gone)
    path = root / TOKENS_FILE
    text = path.read_bytes().decode() if path.exists() else None
    tokens = tuple(one for one in catalogue.tokens if one.feed.id in names)
    return Tokens(root, names[0], catalogue.settings, tokens, text)
