"""Ids that may be proposed: nothing has them, nothing had them, and they double no name."""

import re
from collections.abc import Collection

from coopcal.definitions.source.tree import LONGEST_ID


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id that is wanted, or where it is taken, the same with the next number behind it."""
    if wanted not in taken and len(wanted) <= LONGEST_ID:
        return wanted
    counted = re.fullmatch(r"(.+)-(\d{1,2})", wanted)
    stem, number = (counted[1], int(counted[2])) if counted else (wanted, 1)
    while True:
        number += 1
        found = _joined(stem, str(number))
        if found not in taken:
            return found


def id_of_year(identifier: str, old: int, new: int, taken: Collection[str]) -> str:
    """Return a free id for the edition of another year: in the place of the year that an id names, else behind it.

    An id that names the new year already gets a number.
    """
    if old != new and _year(old).search(identifier):
        wanted = _year(old).sub(str(new), identifier)
    elif _year(new).search(identifier):
        wanted = identifier
    else:
        wanted = _joined(identifier, str(new))
    return free_id(wanted, {*taken, identifier})


def _year(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){year}(?!\d)")


def _joined(stem: str, ending: str) -> str:
    return f"{stem[: LONGEST_ID - len(ending) - 1].rstrip('-')}-{ending}"
