"""What is counted between two moments."""

from collections import Counter
from dataclasses import dataclass, field

from coopcal.counting.address import Address
from coopcal.counting.family import Family

BOUNDS = (0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0)
"""Seconds that answers are told apart by; the last number of a kind is of those that took longer."""

PUBLISHED, FAILED = "published", "failed"
"""What may come of a compile: events by these names."""

_HOUR = 3600


Slot = list[int]
"""Requests that are alike: how many, how many millionths of a second they took, and how many kept each of ``BOUNDS``, or none."""


def slot() -> Slot:
    """Return a slot of no request."""
    return [0] * (3 + len(BOUNDS))


@dataclass(slots=True)
class Counts:
    """Numbers, to be added up.

    ``fetches``: of feeds, by id, family and hour (since 1970). ``answers``: by kind of address and class of status (2 for 2xx),
    and ``micros``: how many millionths of a second they took together. ``speed``: answers by kind and by the first of ``BOUNDS`` that they kept.
    ``uses``: the last hour of a secret address, by what it is known by. ``events``: whatever else happened, by name.
    """

    fetches: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    micros: Counter[tuple[str, int]] = field(default_factory=Counter)
    speed: Counter[tuple[str, int]] = field(default_factory=Counter)
    uses: dict[str, int] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        """Whether anything was counted."""
        return bool(self.fetches or self.answers or self.uses or self.events)

    def take(self, address: Address, status: int, told: Slot) -> None:
        """Count requests for an address that were answered with a status."""
        kind = str(address.kind)
        number, micros, *speed = told
        self.answers[kind, status // 100] += number
        self.micros[kind, status // 100] += micros
        for bound, fast in enumerate(speed):
            if fast:
                self.speed[kind, bound] += fast

    def fetch(self, feed: str, family: Family, number: int, moment: float) -> None:
        """Count that a feed was fetched so many times, in the hour of a moment (seconds since 1970)."""
        self.fetches[feed, str(family), int(moment) // _HOUR] += number

    def use(self, known_by: str, moment: float) -> None:
        """Note that a secret address was used."""
        hour = int(moment) // _HOUR
        self.uses[known_by] = max(hour, self.uses.get(known_by, hour))

    def add(self, other: "Counts") -> None:
        """Add what else was counted."""
        self.fetches.update(other.fetches)
        self.answers.update(other.answers)
        self.micros.update(other.micros)
        self.speed.update(other.speed)
        self.events.update(other.events)
        for known_by, hour in other.uses.items():
            self.uses[known_by] = max(hour, self.uses.get(known_by, hour))

    def fold(self, hour: int = 0) -> None:
        """Forget the hours of fetches: where nothing is written, they would become ever more."""
        folded: Counter[tuple[str, str, int]] = Counter()
        for (feed, family, _), number in self.fetches.items():
            folded[feed, family, hour] += number
        self.fetches = folded
