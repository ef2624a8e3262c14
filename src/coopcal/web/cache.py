"""A bounded memory of bodies that were made for a request."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from coopcal.site.index import Body

Bodies = dict[str, Body]

OVERHEAD = 1_000
"""Bytes that an entry takes beside its bodies: what it was asked by is kept as a digest, however long it was."""


class Cache:
    """Bodies by what they were asked by, at most so many bytes with all that belongs to them.

    What was not asked for longest goes first.
    """

    def __init__(self, most: int = 32_000_000) -> None:
        self._most = most
        self._size = 0
        self._lock = Lock()
        self._found: OrderedDict[bytes, Bodies] = OrderedDict()

    def get(self, asked: tuple[object, ...], make: Callable[[], Bodies]) -> Bodies:
        """Return what was made for what is asked, which is told apart by how it is written (``repr``); or make it."""
        key = hashlib.sha256(repr(asked).encode("utf-8", "backslashreplace")).digest()
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._found.move_to_end(key)
                return known
        made = make()
        with self._lock:
            if key not in self._found:
                self._found[key] = made
                self._size += _size(made)
            while self._size > self._most and self._found:
                _, gone = self._found.popitem(last=False)
                self._size -= _size(gone)
        return made


def _size(bodies: Bodies) -> int:
    return OVERHEAD + sum(body.length for body in bodies.values())
