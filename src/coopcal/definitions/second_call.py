"""The second call of an assembly: when it meets where the first one has no quorum."""

from coopcal.definitions.codes.events import BAD_SECOND_CALL
from coopcal.definitions.source.node import Node
from coopcal.definitions.when import WhenContext, decode_when
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problems
from coopcal.model.when import Deadline, Imprecise, Timed, When, days_of


def second_call(node: Node, first: When | None, around: WhenContext, problems: Problems) -> When | None:
    """Read a second call, which is after the first; None, with a problem noted, where it cannot be."""
    second = decode_when(node, None, around, problems, "second_call")
    if second is None or first is None:
        return None
    if isinstance(second, Deadline | Imprecise):
        problems.tell(
            node.position,
            BAD_SECOND_CALL,
            msg("A second call is a day, or a day and a time"),
            msg("write it as second_call: 2026-04-25 10:00"),
        )
        return None
    if not _later(first, second):
        problems.tell(
            node.position,
            BAD_SECOND_CALL,
            msg("The second call is not after the first"),
            msg("write under “when” the first call, and under “second_call” the later one"),
        )
        return None
    return second


def no_second_call(position: Position, problems: Problems) -> None:
    """Note that what recurs has no second call."""
    problems.tell(
        position,
        BAD_SECOND_CALL,
        msg("A second call is that of one date, and this event recurs"),
        msg("write it under “changes”, below the date that it is for"),
    )


def _later(first: When, second: When) -> bool:
    if isinstance(first, Timed) and isinstance(second, Timed):
        return second.start > first.start
    both_days = not isinstance(first, Timed) and not isinstance(second, Timed)
    begins, ends = days_of(first)[0], days_of(second)[0]
    return ends > begins if both_days else ends >= begins
