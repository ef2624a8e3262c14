"""``every``: how often an event recurs."""

import re
from collections import Counter

from coopcal.definitions.codes.series import BAD_REPEATS
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.spelling import nearest
from coopcal.definitions.repeats.diagnostics import WrongRule, noted
from coopcal.definitions.repeats.spoken import in_english
from coopcal.definitions.repeats.words import UNITS, numbers, units
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.message import msg
from coopcal.model.recurrence import Frequency

MOST = 99
"""The largest interval."""

_EVERY = re.compile(r"(?:(\d{1,3})(?:\.|st|nd|rd|th)?\s+)?([^\W\d]+)")
_ALIKE = 4
"""Letters that a misspelt word has in common with the one that was meant."""


@reader(json_schema.offered(tuple(words["en"].split()[0] for words in UNITS.values()), json_schema.text()))
@noted
def every(node: Node, context: Context) -> tuple[Frequency, int]:
    """Read how often an event recurs: the frequency, and the interval."""
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    match = _EVERY.fullmatch(text)
    known = units()
    if match is None and (first := text.split(" ")[0]) in numbers():
        match = _EVERY.fullmatch(text.replace(first, str(numbers()[first]), 1))
    if text in ("quarter", "trimestre", "quartal", "quarterly"):
        raise WrongRule(node.position, BAD_REPEATS, msg("A quarter is three months"), "every: 3 months")
    if text.startswith("other ") or text in ("fortnight", "biweekly"):
        unit = text.removeprefix("other ") if text.startswith("other ") else "week"
        raise WrongRule(
            node.position,
            BAD_REPEATS,
            msg("Every second one is written with its number"),
            f"every: 2 {unit.rstrip('s')}s",
        )
    if match is None or match[2] not in known:
        spoken = in_english(text)
        mend: str | None = f"every: {spoken.every}" if spoken and not spoken.on else None
        if mend is None and match:
            mend = alike(match[2], context.languages)
        raise WrongRule(
            node.position,
            BAD_REPEATS,
            msg("“{text}” does not tell how often it recurs", text=text),
            mend or msg("write “day”, “week”, “2 weeks”, “month” or “year”"),
        )
    frequency = known[match[2]]
    interval = int(match[1] or 1)
    if not 1 <= interval <= MOST:
        unit_word = UNITS[frequency]["en"].split()[1]
        raise WrongRule(
            node.position,
            BAD_REPEATS,
            msg("Between 1 and {most} may stand here, not {interval}", most=MOST, interval=interval),
            f"every: 2 {unit_word}",
        )
    return frequency, interval


def alike(word: str, languages: tuple[str, ...]) -> str | None:
    """Offer the word for a unit that was probably meant, of a language that the file is in, where four letters are alike, or all."""
    near = nearest(word, units((*languages, "en")))
    common = sum((Counter(word.lower()) & Counter(near)).values()) if near else 0
    return msg("did you mean “{near}”?", near=near) if near and common >= min(_ALIKE, len(word)) else None
