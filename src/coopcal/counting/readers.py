"""How many programs may stand behind fetches: from at least so many to at most so many, as far as fetches can tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from coopcal.counting.family import HABITS, Family

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Readers:
    """So many programs that fetch, each for itself: at ``least``, and at ``most`` (None: nobody can know)."""

    least: int
    most: int | None


def readers_of_day(family: Family, fetches: int) -> Readers:
    """Return how many may stand behind the fetches of a day.

    Who fetches for itself did so once at least, and no more often than its settings allow. Who fetches once for many is one
    reader at least.
    """
    soonest = HABITS[family].soonest
    if soonest is None:
        return Readers(min(fetches, 1), None)
    return Readers(ceil(fetches / (_DAY // soonest)), fetches)


def readers(family: Family, days: Mapping[int, int]) -> Readers:
    """Return how many may stand behind the fetches of several days: of the fullest of them at least, and all of them at most."""
    daily = [readers_of_day(family, fetches) for fetches in days.values()]
    least = max((one.least for one in daily), default=0)
    if HABITS[family].soonest is None:
        return Readers(least, None)
    return Readers(least, sum(days.values()))
