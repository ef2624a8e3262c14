"""What is left of the time and of the bytes that a server may take."""

from dataclasses import dataclass
from time import monotonic

from coopcal.model.message import Number, msg
from coopcal.outside.answer import Fault, Limits, Unanswered

_HEAD = 1 << 18
"""Bytes that may come before a body: provisional answers and headers."""


class NoAnswerError(Exception):
    """Ends a request; only within this room."""

    def __init__(self, unanswered: Unanswered) -> None:
        """Take what is given out for it."""
        super().__init__(unanswered.why)
        self.unanswered = unanswered


@dataclass(slots=True)
class Bounds:
    """The bounds of one question, over all hops; ``left`` are the bytes that may come, ``until`` the end of its time."""

    limits: Limits
    until: float
    left: int = _HEAD

    @classmethod
    def of(cls, limits: Limits) -> "Bounds":
        """Begin now."""
        return cls(limits, monotonic() + limits.all)

    def patience(self) -> float:
        """Return how many seconds to wait now; raise NoAnswerError when all time is gone."""
        left = self.until - monotonic()
        if left <= 0:
            seconds = f"{self.limits.all:g}"
            raise NoAnswerError(
                Unanswered(Fault.SLOW, msg("it takes more than {seconds} seconds", seconds=seconds))
            )
        return min(self.limits.silence, left)

    def head(self) -> None:
        """Expect what stands before a body."""
        self.left = _HEAD

    def body(self) -> None:
        """Expect a body; what goes between its parts may be as long as itself."""
        self.left = 2 * self.limits.size + _HEAD

    def came(self, count: int) -> None:
        """Count bytes that came; raise NoAnswerError when there are too many."""
        self.left -= count
        if self.left < 0:
            raise NoAnswerError(Unanswered(Fault.LARGE, msg("its server sends more than can be meant")))

    def too_large(self, *, unpacked: bool) -> NoAnswerError:
        """Return what ends a request whose body is too large."""
        most = Number(self.limits.size)
        why = (
            msg("it has more than {most} bytes when it is unpacked", most=most)
            if unpacked
            else msg("it has more than {most} bytes", most=most)
        )
        return NoAnswerError(Unanswered(Fault.LARGE, why))
