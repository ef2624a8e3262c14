"""Which years a calendar has pages for, so that robots do not turn its leaves for ever."""

from collections.abc import Sequence
from datetime import date, datetime

from coopcal.views.occurrences import Occurrence

LEEWAY = 1
"""Years before the first and after the last in which something is."""


def years(occurrences: Sequence[Occurrence], instant: datetime) -> range:
    """Return the years that can be turned to: those of what is in it, this one, and one beside them."""
    first = min((occurrence.first.year for occurrence in occurrences), default=instant.year)
    last = max((occurrence.last.year for occurrence in occurrences), default=instant.year)
    return range(
        max(min(first, instant.year) - LEEWAY, date.min.year + 1),
        min(max(last, instant.year) + LEEWAY, date.max.year - 1) + 1,
    )
