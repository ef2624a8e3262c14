"""HTML of others → its tags and texts, in one pass: what is broken costs no more time than what is whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_PART = re.compile(r"""[^"'>]+|"[^"]*"|'[^']*'|["']""")
_NAIVE = re.compile(r"<[^<>]*>")
_HREF = re.compile(r"""(?<![^\s"'])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NUMBER = re.compile(r"&#[0-9]{8,}|&#[xX][0-9A-Fa-f]{8,}")
_RAW = ("script", "style")
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Start:
    """A tag that begins something; ``href`` is where it leads."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A tag that ends something."""

    name: str


def tokens(text: str) -> Iterator[Start | End | str]:
    """Return tags, and the texts between them, without references (``&amp;``); comments and declarations are left out."""
    at, unclosed = 0, set[str]()
    while (opening := text.find("<", at)) >= 0:
        if opening > at:
            yield _plain(text[at:opening])
        at = _behind(text, opening, unclosed)
        if at > opening:
            continue
        tag = _TAG.match(text, opening)
        if tag is None:
            yield "<"
            at = opening + 1
            continue
        end = _end_of(text, tag.end())
        if end is None:
            yield _plain(_NAIVE.sub(" ", text[opening:]))
            return
        at = end + 1
        name = tag[2].lower()[:_LONGEST_NAME]
        if tag[1]:
            yield End(name)
        else:
            yield Start(name, _href(text[tag.end() : end]) if name == "a" else "")
            at = _behind_raw(text, at, name)
    if at < len(text):
        yield _plain(text[at:])


def _behind(text: str, at: int, unclosed: set[str]) -> int:
    """Return where a comment or a declaration has ended; where there is none, ``at``. ``unclosed`` are ends that do not come."""
    ending = next((ends for begins, ends in _SKIPPED if text.startswith(begins, at)), None)
    if ending is None or ending in unclosed:
        return at
    end = text.find(ending, at + 2)
    if end < 0:
        unclosed.add(ending)
        return at
    return end + len(ending)


_SKIPPED = (("<!--", "-->"), ("<!", ">"), ("<?", ">"))


def _behind_raw(text: str, at: int, name: str) -> int:
    """Return where what is no HTML ends, which some tags hold; ``at`` for others."""
    if name not in _RAW:
        return at
    closing = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return closing.start() if closing else len(text)


def _end_of(text: str, at: int) -> int | None:
    """Return where a tag ends; None where it does not."""
    while at < len(text) and text[at] != ">":
        part = _PART.match(text, at)
        if part is None or part[0] in ("'", '"'):
            return None
        at = part.end()
    return at if at < len(text) else None


def _href(attributes: str) -> str:
    match = _HREF.search(attributes)
    return _plain(next((group for group in match.groups() if group is not None), "")) if match else ""


def _plain(text: str) -> str:
    return unescape(_NUMBER.sub("\ufffd", text))
