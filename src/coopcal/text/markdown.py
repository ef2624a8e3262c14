"""Markdown (CommonMark) as plain text with its links written out, and as safe HTML; simple text needs no parser."""

import re

from coopcal.text.bounded_cache import Bounded
from coopcal.text.late import late

_LAST_WORD = re.compile(r"\s\S{0,60}\Z")
"""The word at the end of a text, with the blank before it: what is longer is no word, or of a script without blanks."""

_BEFORE_MORE = " \n\t,;:–-"

MOST = 32_000_000
"""Bytes of texts of each form that are kept: a description is the same in every feed and at every compile."""

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
    return _PLAIN.get(
        markdown, lambda: plain_if_simple(markdown) or late("text.parsed_markdown", "plain")(markdown)
    )


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


def html(markdown: str) -> str:
    """Return Markdown as HTML; tags written in it are shown as text, and unsafe addresses are no links."""
    return _HTML.get(markdown, lambda: late("text.parsed_markdown", "html")(markdown))
