"""Ids of imported events, made of their titles."""

from collections.abc import Iterator
from datetime import date

from coopcal.source.tree import LONGEST_ID, proposed_id

_NAMELESS = "event"


def new_id(title: str, day: date, taken: set[str]) -> str:
    """Give an id that is not taken: of the title, where need be with the year, the day or a number; it is taken then."""
    stem = proposed_id(title) or f"{_NAMELESS}-{day}"
    found = next(each for each in _proposals(stem, day) if each not in taken)
    taken.add(found)
    return found


def _proposals(stem: str, day: date) -> Iterator[str]:
    yield stem
    for ending in (f"{day.year:04}", f"{day}"):
        yield _ending(stem, ending)
    number = 2
    while True:
        yield _ending(stem, f"{day}-{number}")
        number += 1


def _ending(stem: str, ending: str) -> str:
    if stem.endswith(ending):
        stem = stem.removesuffix(ending).strip("-")
    return f"{stem[: LONGEST_ID - len(ending) - 1].strip('-')}-{ending}".strip("-")
