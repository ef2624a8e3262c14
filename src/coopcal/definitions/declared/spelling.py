"""What was probably meant by a word that is not known: misspelt, in capitals, or of another language."""

import difflib
from collections.abc import Iterable

from coopcal.definitions.declared.values import is_certain, means
from coopcal.definitions.source.node import Scalar
from coopcal.model.ids import proposed_id
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position
from coopcal.text.slips import one_slip


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    words = {word.lower(): word for word in known}
    close = difflib.get_close_matches(written.lower(), words, 1, 0.6)
    return words[close[0]] if close else None


def called(written: str, names: Iterable[str]) -> str | None:
    """Return the name of a thing that is written, perhaps in capital letters or with blanks: ``Main Hall`` is main-hall."""
    known = set(names)
    text = written.strip()
    return next((name for name in (text, text.lower(), proposed_id(text)) if name and name in known), None)


def misspelt(node: Scalar, known: Iterable[str]) -> Fix | None:
    """Return the fix of a word that is one slip away from a single known one; None for what could be another."""
    near = one_slip_away(node.text, known)
    return instead_of(node, near[0]) if len(near) == 1 else None


def one_slip_away(written: str, known: Iterable[str]) -> list[str]:
    """Return the known words that are one slip away; of three letters, a slip makes another word."""
    word = written.lower()
    return [one for one in known if one_slip(word, one.lower())] if len(word) > 3 else []  # noqa: PLR2004


def instead_of(node: Scalar, word: str | None) -> Fix | None:
    """Return the fix that writes another word in place of a text, in whatever quotes it stands."""
    width = node.position.end_column - node.position.column - len(node.text)
    if word is None or width not in ((0,) if node.plain else (2,)):
        return None
    place = node.position
    inner = width // 2
    return Fix(Position(place.path, place.line, place.column + inner, place.end_column - inner), word)


def in_english(node: Scalar, words: Iterable[str]) -> tuple[str, Fix | None, tuple[Offer, ...]] | None:
    """Return the mend of a word of another language: as it is said, as a fix where it is certain, and as an offer."""
    words = tuple(words)
    meant = means(node.text, words)
    edit = instead_of(node, meant)
    if meant is None or edit is None:
        return None
    mend = msg("did you mean “{meant}”?", meant=meant)
    return mend, edit if is_certain(node.text, words) else None, (Offer((edit,), mend),)


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """Return the mend that offers the nearest known word, or lists a few of them."""
    known = tuple(known)
    near = nearest(written, known)
    if near is not None:
        return msg("did you mean “{near}”?", near=near)
    return msg("known here: {names}", names=", ".join(known)) if 0 < len(known) <= 12 else None  # noqa: PLR2004 - few enough to read
