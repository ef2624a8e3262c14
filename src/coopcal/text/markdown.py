"""Markdown (CommonMark) as plain text with its links written out, and as safe HTML."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coopcal.text.bounded_cache import Bounded

_LAST_WORD = re.compile(r"\s\S{0,60}\Z")
"""The word at the end of a text, with the blank before it: what is longer is no word, or of a script without blanks."""

_BEFORE_MORE = " \n\t,;:–-"

MOST = 32_000_000
"""Bytes of texts of each form that are kept: a description is the same in every feed and at every compile."""

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False})
_PLAIN: Bounded[str] = Bounded(MOST)
_HTML: Bounded[str] = Bounded(MOST)

_SIGN = r"[^\x00-\x1f\x7f\\`*_\[\]<>&!]"
"""A character that means nothing but itself, wherever it stands in a line."""

_ALONE = r"!(?!\[)|&(?= )"
"""What means nothing but itself where it stands alone: no image begins there, and no character's name."""

_STRESSED = rf"(?<![^ \n])\*[^\W_](?:{_SIGN}*[^\W_])?\*(?![^ \n,.;:?)])"
"""Words between stars that stand by themselves, so that these open and close nothing else (CommonMark, 6.2)."""

_ADDRESS = r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}(?:/[A-Za-z0-9/._~-]*)?"
"""An address that is written as the parser gives it out."""

_LINK = rf"\[{_SIGN}+\]\({_ADDRESS}\)"

_LINE = rf"(?!\d+[.)])(?=[^\W_]|\[|\*)(?:{_SIGN}++|{_ALONE}|{_STRESSED}|{_LINK})++(?<!\s)"
"""A line that begins no list, heading or other block, and ends without blanks."""

_SIMPLE = re.compile(rf"{_LINE}(?:\n+{_LINE})*+")

_MARKED = re.compile(r"\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)")
"""What is marked in simple Markdown, where these signs stand for nothing else."""

_APART = re.compile(r"\n\n+")


def plain(markdown: str) -> str:
    """Return Markdown as plain text: paragraphs and list items on lines of their own, links as ``words (address)``.

    Calendar clients show tags as they stand (clients.md 6.3), so none is left.
    """
    return _PLAIN.get(markdown, lambda: plain_if_simple(markdown) or parsed(markdown))


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters; a longer one ends behind a word, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word = None if text[most - 1].isspace() else _LAST_WORD.search(cut)
    return f"{(cut[: word.start()] if word else cut).rstrip(_BEFORE_MORE)}…"


def plain_if_simple(markdown: str) -> str | None:
    """Return Markdown as plain text, as ``plain`` does; None where more is in it than this knows."""
    text = markdown.strip("\n")
    if not _SIMPLE.fullmatch(text):
        return None
    return "\n\n".join(
        paragraph.replace("\n", " ") for paragraph in _APART.split(_MARKED.sub(_without_marks, text))
    )


def _without_marks(marked: re.Match[str]) -> str:
    stressed, words, address = marked.groups()
    if stressed:
        return stressed
    return words if words == address else f"{words} ({address})"


def parsed(markdown: str) -> str:
    """Return Markdown as plain text, whatever is in it."""
    writer = _PlainWriter()
    for token in _PARSER.parse(markdown):
        writer.take(token)
    return "\n\n".join(block for block in writer.blocks if block.strip())


class _PlainWriter:
    """Collects blocks of plain text from Markdown's tokens; the items of a list are lines of one block."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._numbers: list[int | None] = []
        self._mark = ""
        self._follows = False

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._follows = bool(self._numbers)
            self._numbers.append(int(token.attrGet("start") or 1) if kind[0] == "o" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
            self._follows = bool(self._numbers)
        elif kind == "list_item_open":
            self._open_item()
        elif kind == "inline":
            self._say(_inline(token.children or ()))
        elif kind in ("fence", "code_block"):
            self._say(token.content.rstrip("\n"))
        elif kind == "hr":
            self.blocks.append("—")

    def _open_item(self) -> None:
        number = self._numbers[-1]
        self._mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1

    def _say(self, text: str) -> None:
        if not self._numbers:
            self.blocks.append(text)
            return
        line = "  " * (len(self._numbers) - 1) + (self._mark or "  ") + text
        if self._follows and self.blocks:
            self.blocks[-1] += "\n" + line
        else:
            self.blocks.append(line)
        self._mark, self._follows = "", True


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "link_open":
                opened.append((str(token.attrGet("href") or ""), len(parts)))
            case "link_close":
                address, start = opened.pop()
                words = "".join(parts[start:])
                bare = address.removeprefix("mailto:")
                if bare and words not in (address, bare):
                    parts.append(f" ({bare})")
            case "image":
                parts.append(f"{token.content} ({token.attrGet('src')})")
            case _:
                pass
    return "".join(parts)


def html(markdown: str) -> str:
    """Return Markdown as HTML; tags written in it are shown as text, and unsafe addresses are no links."""
    return _HTML.get(markdown, lambda: str(_PARSER.render(markdown)))
