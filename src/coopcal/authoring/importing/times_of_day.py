"""Times of day, from and to, as people write them in tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time

from coopcal.authoring.importing.spelling import folded


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``offset`` is as iCalendar's (``Z``, ``+0200``), "" where there is none.

    ``midnight``: it is that at the end of the day. ``counted``: it was a fraction, as spreadsheets count.
    """

    at: time
    offset: str = ""
    midnight: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """When something begins, and perhaps when it ends."""

    start: Clock
    end: Clock | None = None


ALL_DAY = frozenset(
    folded(words)
    for words in (
        "all day", "all-day", "whole day", "full day", "ganztägig", "ganztags", "ganzer Tag", "den ganzen Tag", "toute la journée",
        "journée entière", "la journée", "todo el día", "día completo", "día entero", "tutto il giorno", "giornata intera",
        "tutta la giornata", "o dia todo", "todo o dia", "dia inteiro", "hele dag",
    )
)  # fmt: skip
"""What people write into a column of times for whole days."""

_NOON = {
    "noon",
    "midday",
    "mittags",
    "12 uhr mittags",
    "midi",
    "mezzogiorno",
    "mediodia",
    "meio-dia",
    "12 noon",
}
_BEFORE = r"(?:(?:um|at|@|a|las|los|alle|as|ab|from|von|de|dalle|das|des|le|t|ore|entre|between|zwischen|tra|ca\.?|h\.?)\s*(?=\d|las|le|ore))*"
_ONE = re.compile(
    _BEFORE
    + r"(?P<hour>\d{1,2})(?:\s?(?:[:.,h]|uhr)\s?(?P<minute>\d{2})(?!\d))?(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?:uhr|hrs?|h)?\s*"
    r"(?:(?P<half>[ap])(?:\.?\s?m\b)?\.?(?![a-z]))?\s*(?:uhr|h)?\s*(?P<offset>z|utc|gmt|\(?(?:[cwe]es?t|[ecmp][sd]t|mesz|mez)\)?|[+-]\d{2}:?\d{2})?"
)
_COMPACT = re.compile(r"t(\d\d)(\d\d)(\d\d)?(z|[+-]\d{2}:?\d{2})?")
_FOUR = re.compile(r"(\d\d)(\d\d)(?:\s?(?:h|hrs?|hours|uhr))?")
_HALF = re.compile(r"\d\s?[ap](?:\.?\s?m)?\b")
_TO = re.compile(r"\s*(?:-|/|\b(?:bis|to|until|till|alle|al|a|as|au|and|und|et|e|y|ate|hasta|jusqu'a)\b)\s*")
_FRACTION = re.compile(r"0[.,](\d*[1-9])")
_OFFSETS = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "WET": "Z", "WEST": "+0100", "CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200", "EET": "+0200",
    "EEST": "+0300", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}  # fmt: skip
"""What stands behind times for a zone, where it means one offset."""

_HALF_DAY = 12
_DAY = 1440


def clocks_of(text: str) -> Clocks | None:
    """Read a time, or two with a word or a dash between them; None for anything else."""
    written = folded(text).strip(" ,;()")
    if one := _one(written):
        return Clocks(one)
    for start, end in parted(written):
        if (ends := _one(end)) and (begins := _one(start) or None):
            begins = _of_same_half(start, begins, end, ends)
            return Clocks(replace(begins, offset=begins.offset or ends.offset), ends)
    return None


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Return what stands before and behind each dash or word for “to”."""
    for between in _TO.finditer(text):
        yield text[: between.start()], text[between.end() :]


def _one(written: str) -> Clock | None:
    if written in _NOON:
        return Clock(time(_HALF_DAY))
    if match := _FRACTION.fullmatch(written):
        minutes = round(float(f"0.{match[1]}") * _DAY) % _DAY
        return Clock(time(minutes // 60, minutes % 60), counted=True)
    if compact := _COMPACT.fullmatch(written):
        written = f"t{compact[1]}:{compact[2]}:{compact[3] or '00'}{compact[4] or ''}"
    elif plain := _FOUR.fullmatch(written):
        written = f"{plain[1]}:{plain[2]}"
    match = _ONE.fullmatch(written)
    if match is None:
        return None
    hour, half = int(match["hour"]), match["half"]
    if half and not 1 <= hour <= _HALF_DAY:
        return None
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    midnight = (hour, minute, second) == (24, 0, 0)
    offset = (match["offset"] or "").upper().strip("()").replace(":", "")
    if offset.startswith("-") and match["second"] is None and not written.startswith("t"):
        return None  # “19:00-21:00” is from and to
    try:
        at = time(0) if midnight else time(hour, minute, second)
    except ValueError:
        return None
    return Clock(at, _OFFSETS.get(offset, offset), midnight)


def _of_same_half(start: str, begins: Clock, end: str, ends: Clock) -> Clock:
    """Return the beginning of “7-9 pm” in the half of the day in which it is before the end."""
    if _HALF.search(start) or not _HALF.search(end) or begins.at.hour > _HALF_DAY:
        return begins
    halves = (time(begins.at.hour % _HALF_DAY + more, begins.at.minute) for more in (_HALF_DAY, 0))
    return Clock(next((half for half in halves if half < ends.at or ends.midnight), begins.at))
