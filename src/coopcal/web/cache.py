"""A bounded memory of bodies that were made for a request."""

import hashlib
from collections.abc import Callable

from coopcal.site.index import Body
from coopcal.text.bounded_cache import Bounded

Bodies = dict[str, Body]

OVERHEAD = 600
"""Bytes that the bodies of an entry take beside their content."""


class Cache:
    """Bodies by what they were asked by, at most so many bytes with all that belongs to them; all threads share it."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._bodies = Bounded(most, _size)

    def get(self, asked: tuple[object, ...], make: Callable[[], Bodies]) -> Bodies:
        """Return what was made for what is asked, which is told apart by how it is written (``repr``); or make it.

        What is kept of that is a digest, however long it is.
        """
        return self._bodies.get(
            hashlib.sha256(repr(asked).encode("utf-8", "backslashreplace")).digest(), make
        )


def _size(bodies: Bodies) -> int:
    return OVERHEAD + sum(body.length for body in bodies.values())
