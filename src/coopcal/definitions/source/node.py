"""A YAML file as a tree in which every scalar is text and everything knows its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from coopcal.model.problem import Position


class Scalar(NamedTuple):
    """A text as written; ``plain`` is False where quotes or a block (``|``, ``>``) held it.

    A value left empty is a plain scalar with the text ``""``, placed just behind its key. It is a named tuple, as there
    are twenty in an event, and a frozen dataclass takes twice the time to make.
    """

    text: str
    position: Position
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order written; no key stands twice. The place is that of the first key."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    position: Position

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """Return the key as written, with its place, or None."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None


@dataclass(frozen=True, slots=True)
class Listing:
    """Items in the order written. The place is that of the first item's dash or of the bracket."""

    items: tuple["Node", ...]
    position: Position


Node = Scalar | Mapping | Listing


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every text below a node in the order written, keys among them."""
    match node:
        case Scalar():
            yield node
        case Listing(items):
            for item in items:
                yield from scalars(item)
        case Mapping(entries):
            for name, value in entries:
                yield name
                yield from scalars(value)
