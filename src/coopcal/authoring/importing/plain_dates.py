"""Dates without the words around them that say nothing of a day."""

import re
from collections.abc import Sequence

from coopcal.authoring.importing.date_patterns import DATES, ISO_DATES
from coopcal.authoring.importing.spelling import month_names, weekday_names

_SAID = (
    "of the on from de del dell' dall' di du d' la le les il lo el los das do da dal der den dem am im in en vom von "
    "l' dia dias jour jours giorno giorni tag ab zum"
)
_WORDS = frozenset(_SAID.split())
"""What may stand before a day, or within it, and says nothing."""


def without_words(text: str) -> str:
    """Return a text without weekdays and words that say nothing of a day, before its time."""
    text = re.sub(r"\b(d|l|dell|dall)'(?=\w)", "", text)
    parts = re.split(r"([\s,]+)", text)
    words = [part.strip("(.:)") for part in parts[::2]]
    kept: list[str] = []
    for number, (word, behind) in enumerate(zip(parts[::2], [*parts[1::2], ""], strict=True)):
        name = words[number]
        if name in weekday_names() and (name not in month_names() or _is_weekday(words[number + 1 :])):
            kept.append(" ")
        elif name not in _WORDS:
            kept += (word, behind)
    written = re.sub(r"-[\s,]+", "- ", re.sub(r"\s*,[\s,]*", ", ", "".join(kept)))
    return re.sub(r"^(?:(?:a|au|en) )+(?=[a-z])|\s+", _blank, written).strip(" ,")


def _is_weekday(behind: Sequence[str]) -> bool:
    """Return whether a word that may be March or Tuesday is the latter: “mar 3 mar 2026”."""
    if behind and (DATES.search(behind[0]) or ISO_DATES.search(behind[0])):
        return True
    return len(behind) > 1 and behind[0].isdigit() and behind[1] in month_names()


def _blank(match: re.Match[str]) -> str:
    return "" if match.start() == 0 else " "
