"""What is wrong with a rule: raised where it is met, and noted once."""

from collections.abc import Callable
from typing import TypeVar

from coopcal.definitions.context import Context
from coopcal.definitions.source.node import Node
from coopcal.model.message import Message
from coopcal.model.problem import Code, Position

Value = TypeVar("Value")


class WrongRule(Exception):  # noqa: N818 - said as people would
    """A rule that is none, or that clients read differently: where, with the code, the sentence and the mend."""

    def __init__(self, position: Position, code: Code, message: Message, mend: str) -> None:
        """Keep what is to be noted."""
        super().__init__(message)
        self.told = (position, code, message, mend)


def noted(read: Callable[[Node, Context], Value]) -> Callable[[Node, Context], Value | None]:
    """Return a function that notes what is wrong with a part of a rule, and returns None for it."""

    def reading(node: Node, context: Context) -> Value | None:
        try:
            return read(node, context)
        except WrongRule as wrong:
            context.problems.tell(*wrong.told)
            return None

    return reading
