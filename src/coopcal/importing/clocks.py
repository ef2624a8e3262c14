"""Times of day as people write them in tables."""

import re
from datetime import time

_CLOCK = re.compile(
    r"(?:um|at|à|a las|alle|às)?\s*(\d{1,2})(?:\s?[:.hH]\s?(\d{2})?)?(?::(\d{2})(?:\.\d+)?)?\s*(?:uhr|h)?\s*([ap]\.?\s?m\.?)?\s*(?:uhr)?",
    re.IGNORECASE,
)
_NOON = 12


def clock_of(text: str) -> tuple[time | None, bool]:
    """Read a time; (None, True) for no text, (None, False) for what is no time."""
    text = text.replace("\u202f", " ").replace("\xa0", " ").strip(" ,")
    if not text:
        return None, True
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None, False
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[4] or "").lower()[:1]
    if half and not 1 <= hour <= _NOON:
        return None, False
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, minute, int(match[3] or 0)), True
    except ValueError:
        return None, False
