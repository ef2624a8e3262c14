"""What tells the dates of an event apart: in UIDs, and from each other."""

from datetime import date, datetime

from coopcal.definitions.codes.series import DATE_IN_TWO_LISTS
from coopcal.definitions.codes.values import DUPLICATE_ID
from coopcal.definitions.source.node import Node, Scalar
from coopcal.model.identity import sign_of
from coopcal.model.message import Message, msg
from coopcal.model.problem import Position, Problems
from coopcal.model.when import Deadline, Timed, When, days_of
from coopcal.recurrence import span


class Signs:
    """Gives each date of an event what makes its UID: its id, its day, or its day and time from a day's second on."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._given: set[str] = set()

    def of(self, day: date, when: When, named: Node | None) -> str:
        """Return the sign of a date; an id in ``named`` that stands twice is noted."""
        sign = named.text if isinstance(named, Scalar) else sign_of(day)
        if sign in self._given and isinstance(named, Scalar):
            self._problems.tell(
                named.position,
                DUPLICATE_ID,
                msg("The date “{sign}” stands here a second time", sign=sign),
                msg("give it another id"),
            )
        elif sign in self._given:
            start = (
                span(when)[0]
                if isinstance(when, Timed | Deadline)
                else datetime.combine(day, datetime.min.time())
            )
            sign += f"T{start:%H%M}"
        self._given.add(sign)
        return sign


def start(when: When) -> object:
    """Return what two dates of an event must not share: the moment at which they begin, or the day."""
    return span(when)[0].timestamp() if isinstance(when, Timed | Deadline) else days_of(when)[0]


def twice(position: Position, message: Message, problems: Problems) -> None:
    """Note a date that is told of a second time."""
    problems.tell(position, DATE_IN_TWO_LISTS, message, msg("keep one of the two"))
