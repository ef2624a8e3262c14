"""Putting the tokens of the sources where servers look for them, beside the versions of a site."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Folder
from coopcal.definitions.source.reader import read_frame
from coopcal.definitions.source.tree import SITE_FILE, TOKENS_FILE
from coopcal.definitions.tokens import tokens
from coopcal.model.problem import Position, Problem, Problems
from coopcal.model.site import SiteSettings
from coopcal.model.text import Text
from coopcal.model.token import Token
from coopcal.site.tokens import Opening, putting
from coopcal.zones import first_moment


def openings_of(read: Iterable[Token], timezone: str) -> tuple[Opening, ...]:
    """Return what tokens open; one opens its feed until its last day is over in a time zone."""
    return tuple(
        Opening(
            token.feed.id,
            token.sha256,
            _end_of(token.expires, timezone) if token.expires else None,
            token.rotated,
        )
        for token in read
    )


def _end_of(day: date, timezone: str) -> datetime:
    return first_moment(day + timedelta(days=1), timezone).astimezone(UTC)


def put_tokens(root: Path, out: Path) -> tuple[Problem, ...]:
    """Put the tokens of the sources in a folder beside the site, whatever else is wrong with these; return what is wrong with the file.

    They are read here, however lately a compile did: one that was taken back meanwhile opens nothing again. A file that
    cannot be read changes nothing: what stood in it opens what it opened.
    """
    with putting(out) as put:
        read = _read(root)
        if read.openings is not None:
            put(read.openings)
    return read.wrong


def wrong_in_tokens(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the file of tokens of the sources in a folder."""
    return _read(root).wrong


class _Read(NamedTuple):
    """What the file of tokens opens, None where it cannot be read, and what is wrong with it."""

    openings: tuple[Opening, ...] | None
    wrong: tuple[Problem, ...]


def _read(root: Path) -> _Read:
    frame = read_frame(Folder(root))
    wrong = tuple(one for one in frame.problems if one.position.path == TOKENS_FILE)
    file = frame.tree.tokens
    if file is None and wrong:
        return _Read(None, wrong)
    catalogue, _ = decode(frame.tree)
    settings = catalogue.settings if catalogue else SiteSettings(Position(SITE_FILE), "", Text.of("en", "?"))
    problems = Problems()
    read = tokens(file, settings, problems) if file else ()
    return _Read(openings_of(read, settings.timezone), (*wrong, *problems.found))
