"""What is different on a date of an event, put over what is so as usual."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopcal.definitions.declared.key import Record
from coopcal.definitions.source.node import Node
from coopcal.model.happening import Details


@dataclass(frozen=True, slots=True)
class Patched:
    """What takes place on a date, and how to put over it what is different on a date that has it as usual."""

    details: Details
    patch: "Patch"


Patch = Callable[[Details, Node, Record, date | None], Patched | None]
"""(what takes place as usual, what is different, the keys there are, the day) → what takes place."""
