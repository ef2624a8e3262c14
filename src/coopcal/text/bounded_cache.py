"""A memory of what was made, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Callable
from sys import getsizeof
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")

ENTRY = 400
"""Bytes that an entry takes beside its key and its value."""


class Bounded(Generic[Value]):
    """Values by what they were made of, at most ``most`` bytes with their keys; what was not asked for longest goes first.

    All threads of a process may share it, as a lock guards it while it changes and nobody can change a value. Two that miss
    the same at once both make it.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = getsizeof) -> None:
        self._most = most
        self._size = size
        self._taken = 0
        self._lock = Lock()
        self._values: OrderedDict[str | bytes, Value] = OrderedDict()

    def get(self, key: str | bytes, make: Callable[[], Value]) -> Value:
        """Return the value that a key has, or make it; one that alone is larger than all may be is not kept."""
        known = self.known(key)
        if known is not None:
            return known
        made = make()
        self.keep(key, made)
        return made

    def known(self, key: str | bytes) -> Value | None:
        """Return the value that a key has, None where there is none."""
        with self._lock:
            known = self._values.get(key)
            if known is not None:
                self._values.move_to_end(key)
            return known

    def keep(self, key: str | bytes, value: Value) -> None:
        """Let a key have a value, whatever it had before."""
        with self._lock:
            if key in self._values:
                self._taken -= self._bytes_of(key, self._values.pop(key))
            self._values[key] = value
            self._taken += self._bytes_of(key, value)
            while self._taken > self._most:
                self._taken -= self._bytes_of(*self._values.popitem(last=False))

    def _bytes_of(self, key: str | bytes, value: Value) -> int:
        return ENTRY + getsizeof(key) + self._size(value)
