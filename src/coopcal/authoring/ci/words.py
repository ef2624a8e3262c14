"""What is said in comments: Markdown, bounded, with what others wrote kept harmless."""

import re

from coopcal.model.message import msg
from coopcal.text.messages import say

CHANGES = "<!-- coopcal: changes -->"
EVENT = "<!-- coopcal: event -->"
"""Marks, not shown, by which a comment is found again."""

_COMMAND = re.compile(r"##(?=\[)|^\s*::|(?<=[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*::")
"""How commands begin: the older ones anywhere in a line, the newer ones at its beginning."""

MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""


def fenced(text: str, language: str = "en") -> str:
    """Return a text as a block in which nothing is read as Markdown, a mention or a reference."""
    text = _bounded(text.strip("\n"), language)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def changes_comment(markdown: str, language: str = "en") -> str:
    """Return the comment that tells what subscribers will see."""
    return f"{CHANGES}\n{_bounded(markdown.strip(), language)}\n"


def problems_comment(report: str, language: str = "en") -> str:
    """Return the comment that tells what is wrong."""
    sentence = say(msg("There are problems; until they are mended, nothing is published."), language)
    return f"{CHANGES}\n{sentence}\n\n{fenced(report, language)}\n"


def nothing_changes_comment(language: str = "en") -> str:
    """Return what takes the place of a comment whose changes were taken back."""
    sentence = say(msg("Subscribers will see no change."), language)
    return f"{CHANGES}\n{sentence}\n"


def event_comment(answer: str) -> str:
    """Return a comment on a submitted form."""
    return f"{EVENT}\n{answer.strip()}\n"


def printed(text: str) -> str:
    """Return a text as it is printed in a run, where no line of it is taken for a command to GitHub's runner."""
    return _COMMAND.sub(lambda match: " ".join(match[0]), text)


def _bounded(text: str, language: str) -> str:
    if len(text) <= MOST:
        return text
    more = say(msg("… and more, which is too long for a comment."), language)
    return f"{text[:MOST].rsplit(chr(10), 1)[0]}\n\n{more}"
