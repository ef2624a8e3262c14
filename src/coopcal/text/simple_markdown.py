"""Markdown as most of it is written, said without its parser: paragraphs of words, some ``*stressed*``, and links."""

import re

_PLAIN = r"[^\x00-\x1f\x7f\\`*_\[\]<>&!]"
"""A character that means nothing but itself, wherever it stands in a line."""

_ALONE = r"!(?!\[)|&(?= )"
"""What means nothing but itself where it stands alone: no image begins there, and no character's name."""

_STRESSED = rf"(?<![^ \n])\*[^\W_](?:{_PLAIN}*[^\W_])?\*(?![^ \n,.;:?)])"
"""Words between stars that stand by themselves, so that these open and close nothing else (CommonMark, 6.2)."""

_ADDRESS = r"https?://[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}(?:/[A-Za-z0-9/._~-]*)?"
"""An address that is written as the parser gives it out."""

_LINK = rf"\[{_PLAIN}+\]\({_ADDRESS}\)"

_LINE = rf"(?!\d+[.)])(?=[^\W_]|\[|\*)(?:{_PLAIN}++|{_ALONE}|{_STRESSED}|{_LINK})++(?<!\s)"
"""A line that begins no list, heading or other block, and ends without blanks."""

_SIMPLE = re.compile(rf"{_LINE}(?:\n+{_LINE})*+")

_MARKED = re.compile(r"\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)")
"""What is marked in simple Markdown, where these signs stand for nothing else."""

_APART = re.compile(r"\n\n+")


def plain_if_simple(markdown: str) -> str | None:
    """Return Markdown as plain text, as ``markdown.plain`` does; None where more is in it than this knows."""
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
