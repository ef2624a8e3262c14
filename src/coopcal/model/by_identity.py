"""What is made of values by themselves, each once: values that are large, and slow to compare."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Made = TypeVar("Made")


class ByIdentity(Generic[Value, Made]):
    """What a function makes of values; it keeps these, so that no other one is taken for them."""

    def __init__(self, make: Callable[[Value], Made]) -> None:
        """Take a function whose results depend on nothing but its argument."""
        self._make = make
        self._known: dict[int, tuple[Value, Made]] = {}

    def __call__(self, value: Value) -> Made:
        """Return what is made of a value; the same object again for the same one."""
        try:
            return self._known[id(value)][1]
        except KeyError:
            made = self._make(value)
            self._known[id(value)] = value, made
            return made
