"""ISO 8601 durations: ``PT90M``, ``PT1H30M``, ``P2D``."""

import re
from datetime import timedelta

DURATION = re.compile(r"P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?")

LONGEST = timedelta(days=366)


def duration(text: str) -> timedelta | None:
    """Read a duration of whole weeks, days, hours and minutes, more than nothing; None for anything else."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    if max(weeks, days, hours, minutes) > 1_000_000:  # noqa: PLR2004 - beyond any event
        return None
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    return length if timedelta(0) < length <= LONGEST else None
