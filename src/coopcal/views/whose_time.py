"""Whose time the dates of a list are told in: once above it, or by each of them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from coopcal import zones
from coopcal.model.when import Deadline, Timed
from coopcal.text import dates
from coopcal.views.occurrence import Occurrence


class WhoseTime(NamedTuple):
    """How the dates of a list say whose time they are: all in the same way.

    Where all have a ``zone`` (IANA) of one name it is told above the list: to everybody where that of any date ``is_doubted``, else to
    whose clocks are others at the beginning of any of the ``quarters`` of a year (ISO 8601, by clocks of the zone). ``here`` is what
    the dates are asked with: None where it is told above, "" where each tells its own.
    """

    zone: str
    is_doubted: bool
    here: str | None
    quarters: tuple[str, ...] = ()


def whose_time(occurrences: Iterable[Occurrence], language: str, here: str) -> WhoseTime:
    """Return how the dates of a list, which is at home ``here``, say whose time they are."""
    timed = [one for one in occurrences if isinstance(one.when, Timed | Deadline)]
    names = {dates.timezone_name(one.event.timezone, language) for one in timed}
    if len(names) > 1:
        return WhoseTime("", is_doubted=True, here="")
    is_doubted = any(one.zone(language, here) for one in timed)
    if not timed:
        return WhoseTime("", is_doubted, None)
    zone, year = timed[0].event.timezone, timed[0].first.year
    quarters = (zones.first_moment(date(year, month, 1), zone) for month in (1, 4, 7, 10))
    return WhoseTime(zone, is_doubted, None, tuple(moment.isoformat() for moment in quarters))
