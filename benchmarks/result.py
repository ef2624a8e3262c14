"""What was measured, before it is shown."""

import statistics
from dataclasses import dataclass
from enum import Enum

from benchmarks.cost import Cost


class Role(Enum):
    """Whose figure it is."""

    OURS = "coopcal"
    PEER = "peer"
    LIMIT = "limit"


@dataclass(frozen=True)
class Row:
    """The values of all rounds of one thing, and what else is known of it: medians of seconds of processor, and of MiB."""

    name: str
    role: Role
    values: tuple[float, ...]
    processor: float | None = None
    memory: float | None = None

    @property
    def median(self) -> float:
        """Return the value in the middle."""
        return statistics.median(self.values)


@dataclass(frozen=True)
class Section:
    """Figures of one kind, in one unit; the first row is what the others are held against."""

    title: str
    unit: str
    rows: tuple[Row, ...]
    note: str = ""


def row_of(name: str, role: Role, costs: list[Cost]) -> Row:
    """Return a row of what commands cost, in seconds by the clock."""
    return Row(
        name,
        role,
        tuple(cost.seconds for cost in costs),
        statistics.median(cost.processor for cost in costs),
        statistics.median(cost.memory for cost in costs),
    )
