"""How an event recurs: the part of RFC 5545's recurrence rules (3.3.10) that every client reads alike."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopcal.model.when import When

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""RFC 5545's names of the weekdays; Monday is 0."""


class Frequency(StrEnum):
    """The unit that a rule counts in."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A weekday (Monday is 0): every one, or the ``nth`` of the month (-1 is the last; 0 is every one)."""

    weekday: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without its end. It gives at most one date a day; ``week_start`` matters to every second week.

    ``month_days`` go from 1 to 28, or -1 for the last; ``positions`` choose among the dates of a month.
    ``is_odd`` keeps to weeks of odd or of even numbers (ISO 8601), as it is written; what is published knows no such rule.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    is_odd: bool | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing takes place, both included; ``name`` is that of a break, "" of a range that has none.

    In a ``Rhythm`` it is that of a season or feast, as words know it.
    """

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Turn:
    """From which date of a series on it is otherwise: ``when`` that date is, and whether it is off (``cancelled``)."""

    day: date
    when: When
    off: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How an event recurs, as it is told in words: all of it, with what it goes on with.

    ``rule`` gives its dates from ``first`` to ``last`` (None: without end), but for those in ``pauses`` and the single
    ``days`` on which nothing takes place; it is None where no rule gives them. ``count`` is how many there are, 0 of one
    without end; ``times`` is true where it is written by number. ``also`` are dates beside the rule.
    """

    rule: Rule | None
    first: date
    last: date | None
    count: int = 0
    times: bool = False
    pauses: tuple[Pause, ...] = ()
    days: tuple[date, ...] = ()
    turns: tuple[Turn, ...] = ()
    also: tuple[When, ...] = ()
