"""Texts by language that are written with keys of their own, such as ``title_it`` beside ``title``."""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.source.traps import quoted
from coopcal.model.message import msg
from coopcal.model.problem import Fix, Offer, Position

_WITH_LANGUAGE = re.compile(r"(.+?)[_. -]\(?([A-Za-z]{2})\)?")
_NEEDS_QUOTES = re.compile(r"""^[\s'"&*!|>%@`?-]|[,\[\]{}]|:(?:\s|$)|\s#|\s$""")


def language_of(written: str) -> tuple[str, str] | None:
    """Return a key and the language behind it; None for a key without one."""
    match = _WITH_LANGUAGE.fullmatch(written)
    return (match[1], match[2].lower()) if match and match[2].lower() in _languages() else None


def together(
    key: str, names: Iterable[str], node: Mapping, language: str
) -> tuple[str, tuple[Offer, ...]] | None:
    """Return how texts are written by language under one key, and the edits that do it.

    ``names`` are what people write for the key; ``language`` is that of a text that names none, where it is known. None
    where a language would stand twice.
    """
    called = {key, *names}
    apart = [
        (parts[1], name, value)
        for name, value in node.entries
        if (parts := language_of(name.text)) and parts[0].lower() in called
    ]
    base = node.get(key)
    inside = base.entries if isinstance(base, Mapping) else ()
    plain = [(language or "…", base)] if isinstance(base, Scalar) else []
    tagged = [(tag.text, value) for tag, value in inside] + plain + [(tag, value) for tag, _, value in apart]
    if len({tag for tag, _ in tagged}) < len(tagged):
        return None
    texts = [(tag, _in_braces(value)) for tag, value in tagged]
    pairs = ", ".join(f"{tag}: {text or '…'}" for tag, text in texts)
    line = f"{key}: {{{pairs}}}"
    mend = msg("write all languages under “{key}”: {line}", key=key, line=line)
    named = node.key(key)
    kept: Scalar | None = named if isinstance(base, Scalar) else apart[0][1] if base is None else None
    if kept is None or not all(text for _, text in texts) or "…" in dict(texts):
        return mend, ()
    begin, value = kept.position, base if base is not None else apart[0][2]
    others = [(name, value) for _, name, value in apart if name is not kept]
    lines = {begin.line, *(name.position.line for name, _ in others)}
    first = node.entries[0][0]
    if (
        len(lines) <= len(others)
        or begin.line != value.position.line
        or any(name is first for name, _ in others)
    ):
        return mend, ()
    edits = [Fix(Position(begin.path, begin.line, begin.column, value.position.end_column), line)]
    edits += [
        Fix(Position(begin.path, name.position.line, 1, value.position.end_column), "")
        for name, value in others
        if name.position.line == value.position.line
    ]
    return mend, (Offer(tuple(edits), mend),) if len(edits) > len(others) else ()


def _in_braces(node: Node) -> str | None:
    """Return a text as it is written between braces; None for one of several lines, or with signs that are escaped."""
    if not isinstance(node, Scalar) or not node.text or "\n" in node.text:
        return None
    if node.position.end_column - node.position.column != len(node.text) + (0 if node.plain else 2):
        return None
    return quoted(node.text) if not node.plain or _NEEDS_QUOTES.search(node.text) else node.text


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(Locale("en").languages)
