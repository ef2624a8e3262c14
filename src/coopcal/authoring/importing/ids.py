"""Ids of imported events, made of their titles."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from coopcal.definitions.source.tree import LONGEST_ID, proposed_id

_NAMELESS = "event"
_SHARED = 40
"""Letters that titles share which are numbered together: what is longer is cut to make room."""


class Ids:
    """Gives ids that are not ``taken``."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Take what is not free."""
        self._taken = set(taken)
        self._numbers: Counter[tuple[str, date]] = Counter()

    def new(self, title: str, day: date) -> str:
        """Return an id of a title, where need be with the year, the day or a number; it is taken then."""
        stem = proposed_id(title) or f"{_NAMELESS}-{day}"
        found = next(each for each in self._proposals(stem, day) if each not in self._taken)
        self._taken.add(found)
        return found

    def _proposals(self, stem: str, day: date) -> Iterator[str]:
        yield stem
        for ending in (f"{day.year:04}", f"{day}"):
            yield _ending(stem, ending)
        while True:
            self._numbers[stem[:_SHARED], day] += 1
            yield _ending(stem, f"{day}-{self._numbers[stem[:_SHARED], day] + 1}")


def _ending(stem: str, ending: str) -> str:
    if stem.endswith(ending):
        stem = stem.removesuffix(ending).strip("-")
    return f"{stem[: LONGEST_ID - len(ending) - 1].strip('-')}-{ending}".strip("-")
