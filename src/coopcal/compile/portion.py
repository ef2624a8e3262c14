"""What a compile makes of an organisation by itself, or of some; the whole site is joined of such portions.

The large part is of plain values alone, so that it is written and read fast, and only where somebody looks at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from coopcal.compile.render.stamped import PlainEntry
from coopcal.model.change import EventChange
from coopcal.selection.until import Turns

Line = tuple[int, int, str, int]
"""An entry, and first what it is sorted by: its start (microseconds since 1970), its depth and its UID; then the ordinal
of its last local day."""

Lines = tuple[int, ...]
"""Numbers of lines, in order."""


class Members(NamedTuple):
    """What stands in a feed: in its window, and in each year of its archive."""

    standing: Lines
    years: Mapping[int, Lines]


class Marks(NamedTuple):
    """Digests of the same: they differ where anything of it does, its order or its bytes in any rendering."""

    standing: bytes
    years: Mapping[int, bytes]


class Shown(NamedTuple):
    """What feeds hold: ``lines`` of entries, their numbers by feed, and entries by the key of a rendering and number."""

    lines: tuple[Line, ...]
    feeds: Mapping[str, Members]
    entries: Mapping[str, Mapping[int, PlainEntry]]


Recorded = tuple[int, int, str, str, tuple[bytes, ...]]
"""An event: what it is sorted by, the address of its page, and its records as they are stored, its own one first."""


class Written(NamedTuple):
    """What is written of events: their records in order, and by UID how each was published, and what is seen of it.

    ``owners`` are the organisations of these by UID; ``former`` are rows of what was published once, and is not now.
    """

    records: tuple[Recorded, ...]
    published: Mapping[str, bytes]
    facts: Mapping[str, bytes]
    owners: Mapping[str, str]
    former: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Portion:
    """What is compiled of some organisations; ``shown`` and ``written`` give what is large.

    ``uids`` are those of all that is, or was once, published of them. ``feeds`` are those that hold anything of them, by id. ``changes`` are what is seen otherwise than before; ``hidden``
    are the UIDs of what the public does not see. ``documents`` are files that are published: the organisation and the path
    of each by its address. ``events`` counts those that have a page. ``is_new``: anything of it has another stamp than before. ``private`` are what stands of them in private feeds, by id.
    """

    organisations: frozenset[str]
    uids: tuple[str, ...]
    feeds: Mapping[str, Marks]
    changes: tuple[EventChange, ...]
    hidden: frozenset[str]
    documents: Mapping[str, tuple[str, str]]
    turns: Turns
    events: int
    is_new: bool
    shown: Callable[[], Shown]
    written: Callable[[], Written]
    private: "Mapping[str, Portion]" = field(default_factory=dict)

    def as_made(self, changes: tuple[EventChange, ...], *, is_new: bool) -> "Portion":
        """Return the same, with what a compile changes by it."""
        return replace(self, changes=changes, is_new=is_new)
