"""A bounded memory of bodies that were made for a request."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from coopcal.site.reader import Body

Bodies = dict[str, Body]


class Cache:
    """Bodies by what they were asked by, at most so many bytes of them; what was not asked for longest goes first."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._most = most
        self._size = 0
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Bodies] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Bodies]) -> Bodies:
        """Give what was made for a key, or make it."""
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
    return sum(body.length for body in bodies.values())
