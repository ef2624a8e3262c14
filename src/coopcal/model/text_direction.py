"""Signs that turn the direction of text (UAX #9): embeddings, overrides and isolates, and what ends them."""

import re
import unicodedata

_POP, _POP_ISOLATE = "\N{POP DIRECTIONAL FORMATTING}", "\N{POP DIRECTIONAL ISOLATE}"
_ENDS = {
    "LRE": _POP,
    "RLE": _POP,
    "LRO": _POP,
    "RLO": _POP,
    "LRI": _POP_ISOLATE,
    "RLI": _POP_ISOLATE,
    "FSI": _POP_ISOLATE,
}
"""What ends a sign, by its class."""

_SIGN = re.compile("[\u202a-\u202e\u2066-\u2069]")

_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "FSI"))
_LEFT = frozenset(("L", "EN", "LRE", "LRO", "LRI", "FSI"))
"""Classes of characters that make text run from the right, and from the left."""


def closed(text: str) -> str:
    """Return a text in which every sign of direction ends where its line does, so that it turns nothing else.

    What ends nothing is left out.
    """
    if text.isascii() or not _SIGN.search(text):
        return text
    return "\n".join(map(_closed, text.split("\n")))


def _closed(line: str) -> str:
    made: list[str] = []
    ends: list[str] = []
    for character in line:
        if character in (_POP, _POP_ISOLATE):
            if character == _POP_ISOLATE and character in ends:
                while ends[-1] != character:
                    made.append(ends.pop())
            if not ends or ends[-1] != character:
                continue
            ends.pop()
        elif end := _ENDS.get(unicodedata.bidirectional(character)):
            ends.append(end)
        made.append(character)
    return "".join((*made, *reversed(ends)))


def runs_otherwise(text: str, around: str) -> bool:
    """Return whether any of a text may run against the direction of what is around it (``ltr`` or ``rtl``)."""
    against = _LEFT if around == "rtl" else _RIGHT
    return (around == "rtl" or not text.isascii()) and any(
        unicodedata.bidirectional(character) in against for character in text
    )
