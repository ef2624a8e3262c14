"""Markdown as its parser understands it, which takes longer to import than most texts need."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False})


def plain(markdown: str) -> str:
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
    """Return Markdown as safe HTML."""
    return str(_PARSER.render(markdown))
